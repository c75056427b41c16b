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

/** Signs for the identities at home here, as long as it is unlocked. */
export class Keyring extends IdentityKeys implements Signer {
  private keys: string[] = []
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
    return this.keys
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
    const created = this.writing.then(() => this.createNext())
    this.writing = created.catch(() => undefined)
    return created
  }

  sign(author: string, message: Uint8Array): Uint8Array | null {
    const secretKey = this.unlocked?.secretKeys.get(author)
    return secretKey ? sign(message, secretKey) : null
  }

  /** The key is on the disk before anything can be signed with it: a seed and a count are all there is to keep. */
  private async createNext(): Promise<{ key: Uint8Array; next: Uint8Array } | Refusal> {
    if (!this.unlocked) return { refused: 'keys_locked' }
    const identity = this.keys.length
    const { seed, opener, secretKeys } = this.unlocked
    const { publicKey, secretKey } = keyPairFromSeed(deriveSeed(seed, identityPath(identity, 0)))
    const next = keyPairFromSeed(deriveSeed(seed, identityPath(identity, 1)))
    const keys = [...this.keys, toText(publicKey)]
    await writeSealed(this.path, keys, { seed }, opener)
    this.keys = keys
    secretKeys.set(toText(publicKey), secretKey)
    return { key: publicKey, next: sha256(next.publicKey) }
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
    const pairs = this.keys.map((_, identity) => keyPairFromSeed(deriveSeed(seed, identityPath(identity, 0))))
    const secretKeys = new Map(pairs.map(({ publicKey, secretKey }) => [toText(publicKey), secretKey]))
    const strange = this.keys.find((key) => !secretKeys.has(key))
    if (strange !== undefined) throw new Error(`the seed in ${this.path} does not make the key ${strange}`)
    this.unlocked = { seed, opener, secretKeys }
  }
}

const keysOf = (sealed: SealedFile): string[] => sealed.clear as string[]
