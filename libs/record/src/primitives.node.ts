// SHA-256 and Ed25519 for Node: the only file of this library that needs it. primitives.browser.ts exports the same
// functions and passes the same vectors.

import { hash } from 'node:crypto'
import sodium from 'sodium-native'

/** SHA-256. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const digest = hash('sha256', bytes, 'buffer')
  return new Uint8Array(digest.buffer, digest.byteOffset, 32)
}

/** From a 32-byte seed (RFC 8032): the public key, 32 bytes, and the secret key, 64 bytes: seed ‖ public key. */
export function keyPairFromSeed(seed: Uint8Array): { publicKey: Uint8Array; secretKey: Uint8Array } {
  const publicKey = new Uint8Array(32)
  const secretKey = new Uint8Array(64)
  sodium.crypto_sign_seed_keypair(publicKey, secretKey, seed)
  return { publicKey, secretKey }
}

/** Ed25519, deterministic. The secret key is seed ‖ public key. */
export function sign(message: Uint8Array, secretKey: Uint8Array): Uint8Array {
  const signature = new Uint8Array(64)
  sodium.crypto_sign_detached(signature, message, secretKey)
  return signature
}

/** Ed25519 by the strict rules of docs/record-format.md; false for anything of the wrong length. */
export function verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false
  return sodium.crypto_sign_verify_detached(signature, message, publicKey)
}
