/** Passwords, hashed with Argon2id (RFC 9106) off the event loop: 64 MiB, 2 passes. */
import sodium from 'sodium-native'

const PASSES = 2
const MEMORY_BYTES = 64 * 1024 * 1024
/** The thread pool and the memory are shared with everything else. */
const AT_ONCE = 2

/** Fewest characters of a password. */
export const MIN_PASSWORD_LENGTH = 10

let running = 0
const waiting: (() => void)[] = []

/** A hash with its parameters and salt inside, as text. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(async () => {
    const hash = new Uint8Array(sodium.crypto_pwhash_STRBYTES)
    await sodium.crypto_pwhash_str_async(hash, bytesOf(password), PASSES, MEMORY_BYTES)
    return new TextDecoder().decode(hash.subarray(0, hash.indexOf(0)))
  })
}

/** Whether a password is the hashed one. Without a hash the same work is done, so that the time does not tell who exists. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  if (hash === null) {
    await hashPassword(password)
    return false
  }
  return inTurn(() => {
    const padded = new Uint8Array(sodium.crypto_pwhash_STRBYTES)
    padded.set(new TextEncoder().encode(hash))
    return sodium.crypto_pwhash_str_verify_async(padded, bytesOf(password))
  })
}

/** One written form of each character (NFKC); never empty, which libsodium would not take. */
const bytesOf = (password: string): Uint8Array => new TextEncoder().encode(`${password.normalize('NFKC')}\0`)

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}
