/**
 * The keys of a node, in one directory of mode 0700. `identities` is sealed and holds one 32-byte seed, from which the keys of
 * all identities here derive (24 BIP39 words can carry it). `node` holds the seed of the node's own Noise key, apart and not
 * sealed, so that a locked node still replicates; losing it loses nothing but the node's name.
 */
import { randomBytes } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Refusal } from '#libs/fold'
import { IdentityKeys } from '#libs/network'
import { keyPairFromSeed, sha256, sign, toText, type Value } from '#libs/record'
import type { Signer } from '#libs/store'
import { type Opener, readIfThere, readSealed, type SealedFile, writeSealed, writeWhole } from './sealed-file.shell.js'
import { deriveSeed, identityPath } from './slip10.js'

/** The open secret: the seed and the secret keys (64 bytes) by public key in text form. */
interface Unlocked {
  seed: Uint8Array
  opener: Opener
  secretKeys: Map<string, Uint8Array>
}

/** The keys of an identity that were made here, in text form, in the order of their numbers: the first one is its name. */
type Keys = [string, ...string[]]

/** Signs for the identities at home here, as long as it is unlocked. */
export class Keyring extends IdentityKeys implements Signer {
  private keys: Keys[] = []
  private unlocked: Unlocked | null = null
  private writing: Promise<unknown> = Promise.resolve()
  readonly nodeKey: Uint8Array

  private constructor(
    private readonly path: string,
    private readonly keyFile: string,
    /** Seed of the node's Noise key pair, 32 bytes. */
    readonly nodeSeed: Uint8Array,
  ) {
    super()
    this.nodeKey = keyPairFromSeed(nodeSeed).publicKey
  }

  /**
   * Opens the keyring of a directory, and makes it at the first time: sealed by the passphrase if there is one, by a key file
   * otherwise. One that was sealed by its key file is sealed anew when a passphrase comes. With a missing or wrong
   * passphrase it stays locked. Throws when a file is damaged.
   */
  static async open(directory: string, passphrase?: string): Promise<Keyring> {
    const node = join(directory, 'node')
    if (!(await readIfThere(node))) await writeWhole(node, randomBytes(32))
    const seed = new Uint8Array(await readFile(node))
    const keyring = new Keyring(join(directory, 'identities'), join(directory, 'unseal'), seed)
    const sealed = await readSealed(keyring.path)
    if (!sealed) await keyring.begin(passphrase)
    else if (sealed.by === 'file') await keyring.unlockByFile(sealed, passphrase)
    else if (passphrase === undefined) keyring.keys = keysOf(sealed)
    else await keyring.unlock(passphrase)
    return keyring
  }

  get here(): readonly string[] {
    return this.keys.map(([first]) => first)
  }

  holds(key: string): boolean {
    return this.keys.some((keys) => keys.includes(key))
  }

  get locked(): boolean {
    return this.unlocked === null
  }

  /** Refuses passphrase_wrong. */
  async unlock(passphrase: string): Promise<{ unlocked: true } | Refusal> {
    const sealed = await readSealed(this.path)
    if (!sealed) throw new Error('the keyring has vanished')
    this.keys = keysOf(sealed)
    const opener = { passphrase }
    const secret = await sealed.open(opener)
    if (secret === null) return { refused: 'passphrase_wrong' }
    this.hold(secret, opener)
    return { unlocked: true }
  }

  create(): Promise<{ key: Uint8Array; next: Uint8Array } | Refusal> {
    return this.inTurn(async () => this.make(this.keys.length, 0))
  }

  /** Keys between the last one made and this one are made along: the network may know of some that this keyring lost. */
  next(identity: string, number: number): Promise<{ key: Uint8Array; next: Uint8Array } | Refusal> {
    return this.inTurn(async () => {
      const place = this.here.indexOf(identity)
      if (place < 0) return { refused: 'identity_not_here' }
      return this.make(place, number)
    })
  }

  sign(author: string, message: Uint8Array): Uint8Array | null {
    const secretKey = this.unlocked?.secretKeys.get(author)
    return secretKey ? sign(message, secretKey) : null
  }

  /** The key is on the disk before anything can be signed with it: a seed and counts are all there is to keep. */
  private async make(identity: number, number: number): Promise<{ key: Uint8Array; next: Uint8Array } | Refusal> {
    if (!this.unlocked) return { refused: 'keys_locked' }
    const { seed, opener, secretKeys } = this.unlocked
    const pairOf = (of: number) => keyPairFromSeed(deriveSeed(seed, identityPath(identity, of)))
    const before = this.keys[identity] ?? []
    const made = Array.from({ length: Math.max(0, number + 1 - before.length) }, (_, i) => pairOf(before.length + i))
    if (made.length > 0) {
      const keys = [...this.keys]
      keys[identity] = [...before, ...made.map(({ publicKey }) => toText(publicKey))] as Keys
      await writeSealed(this.path, clearOf(keys), { seed }, opener)
      this.keys = keys
      for (const { publicKey, secretKey } of made) secretKeys.set(toText(publicKey), secretKey)
    }
    return { key: pairOf(number).publicKey, next: sha256(pairOf(number + 1).publicKey) }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.writing.then(work)
    this.writing = done.catch(() => undefined)
    return done
  }

  private async begin(passphrase: string | undefined): Promise<void> {
    const opener = passphrase === undefined ? { keyFile: this.keyFile } : { passphrase }
    const secret = { seed: new Uint8Array(randomBytes(32)) }
    await writeSealed(this.path, [], secret, opener)
    this.hold(secret, opener)
  }

  private async unlockByFile(sealed: SealedFile, passphrase: string | undefined): Promise<void> {
    const byFile = { keyFile: this.keyFile }
    const secret = await sealed.open(byFile)
    if (secret === null) throw new Error(`${this.keyFile} does not open ${this.path}`)
    this.keys = keysOf(sealed)
    if (passphrase === undefined) return this.hold(secret, byFile)
    await writeSealed(this.path, sealed.clear, secret, { passphrase })
    await rm(this.keyFile)
    this.hold(secret, { passphrase })
  }

  private hold(secret: Value, opener: Opener): void {
    const { seed } = secret as { seed: Uint8Array }
    const pairs = this.keys.flatMap((keys, identity) =>
      keys.map((_, number) => keyPairFromSeed(deriveSeed(seed, identityPath(identity, number)))),
    )
    const secretKeys = new Map(pairs.map(({ publicKey, secretKey }) => [toText(publicKey), secretKey]))
    const strange = this.keys.flat().find((key) => !secretKeys.has(key))
    if (strange !== undefined) throw new Error(`the seed in ${this.path} does not make the key ${strange}`)
    this.unlocked = { seed, opener, secretKeys }
  }
}

/** An identity with one key is written as that key, one with more as the list of them. */
const clearOf = (keys: readonly Keys[]): Value => keys.map((of) => (of.length === 1 ? of[0] : of))

const keysOf = (sealed: SealedFile): Keys[] =>
  (sealed.clear as (string | Keys)[]).map((of) => (typeof of === 'string' ? [of] : of))
