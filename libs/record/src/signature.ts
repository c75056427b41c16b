// Ed25519 signatures over records. Every signed message of Mutuo starts with a name of its own and a zero byte, so
// that a signature for one purpose is never one for another.

import { sign, verify } from '#primitives'
import { type Bytes, concat, domain } from './bytes.js'

/** An Ed25519 key pair. */
export interface KeyPair {
  /** 32 bytes. */
  publicKey: Uint8Array
  /** 64 bytes: the 32-byte seed followed by the public key (libsodium's form). */
  secretKey: Uint8Array
}

const RECORD = domain('mutuo/record/1')

/** The author's signature (64 bytes) over a header. */
export function signHeader(headerBytes: Bytes, secretKey: Bytes): Bytes {
  return sign(concat(RECORD, headerBytes), secretKey)
}

/** Whether `signature` is `author`'s over this header. False also for wrong lengths. */
export function verifyHeader(signature: Bytes, headerBytes: Bytes, author: Bytes): boolean {
  return verify(signature, concat(RECORD, headerBytes), author)
}

/** The exact bytes that an author signs, for signers that hold the key elsewhere (a phone, WebCrypto). */
export function recordMessage(headerBytes: Bytes): Bytes {
  return concat(RECORD, headerBytes)
}
