/**
 * A small secret in a file: XChaCha20-Poly1305 under a key that Argon2id makes from a passphrase, or under a key file of
 * mode 0600 that can be kept elsewhere.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import sodium from 'sodium-native'
import { decode, encode, type Value } from '#libs/record'

// libsodium's "moderate" memory would keep a small machine from unlocking: the same cost as a login.
const PASSES = 3
const MEMORY_BYTES = 64 * 1024 * 1024
const TAG_BYTES = 16

/** What opens a sealed file. */
export type Opener = { passphrase: string } | { keyFile: string }

type Seal = { by: 'file' } | { by: 'passphrase'; salt: Uint8Array; passes: number; memory: number }

/** A sealed file's content: what anyone may read, bound to the seal, and the secret while it is open. */
export interface SealedFile {
  readonly clear: Value
  readonly by: Seal['by']
  /** The secret, or null when the opener doesn't fit. Throws when the key file is missing. */
  open(opener: Opener): Promise<Value | null>
}

/** Reads a sealed file; null when there is none. Throws when it is not one. */
export async function readSealed(path: string): Promise<SealedFile | null> {
  const bytes = await readIfThere(path)
  if (!bytes) return null
  const { seal, clear, nonce, box } = unpacked(path, bytes)
  const open = async (opener: Opener): Promise<Value | null> => {
    if ('passphrase' in opener !== (seal.by === 'passphrase')) return null
    const key = await keyOf(seal, opener)
    const secret = new Uint8Array(box.length - TAG_BYTES)
    try {
      sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(secret, null, box, bound(seal, clear), nonce, key)
    } catch {
      return null
    }
    return decode(secret)
  }
  return { clear, by: seal.by, open }
}

function unpacked(path: string, bytes: Uint8Array) {
  try {
    return decode(bytes) as { seal: Seal; clear: Value; nonce: Uint8Array; box: Uint8Array }
  } catch (error) {
    throw new Error(`${path} is damaged`, { cause: error })
  }
}

/** Writes a sealed file: whole or not at all, and on the disk before it resolves. Makes the key file when there is none. */
export async function writeSealed(path: string, clear: Value, secret: Value, opener: Opener): Promise<void> {
  const seal: Seal =
    'passphrase' in opener
      ? { by: 'passphrase', salt: randomBytes(16), passes: PASSES, memory: MEMORY_BYTES }
      : { by: 'file' }
  if ('keyFile' in opener && !(await readIfThere(opener.keyFile))) await writeWhole(opener.keyFile, randomBytes(32))
  const key = await keyOf(seal, opener)
  const message = encode(secret)
  const nonce = randomBytes(24)
  const box = new Uint8Array(message.length + TAG_BYTES)
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(box, message, bound(seal, clear), null, nonce, key)
  await writeWhole(path, encode({ v: 1, seal, clear, nonce, box }))
}

/** The bytes of a file, or null when there is none. */
export async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Writes a file of mode 0600 beside its place, flushes it, and moves it there; then flushes the directory. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const directory = dirname(path)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const beside = `${path}.new`
  await rm(beside, { force: true })
  const file = await open(beside, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(beside, path)
  const holder = await open(directory)
  try {
    await holder.sync()
  } finally {
    await holder.close()
  }
}

const bound = (seal: Seal, clear: Value): Uint8Array => encode({ v: 1, seal, clear })

async function keyOf(seal: Seal, opener: Opener): Promise<Uint8Array> {
  if ('keyFile' in opener) return new Uint8Array(await readFile(opener.keyFile))
  if (seal.by === 'file') throw new Error('a file sealed by a key file has no passphrase')
  const key = new Uint8Array(32)
  // One zero byte in front lets an empty passphrase be wrong instead of an error.
  const password = new TextEncoder().encode(`\0${opener.passphrase.normalize('NFKC')}`)
  const { salt, passes, memory } = seal
  await sodium.crypto_pwhash_async(key, password, salt, passes, memory, sodium.crypto_pwhash_ALG_ARGON2ID13)
  return key
}
