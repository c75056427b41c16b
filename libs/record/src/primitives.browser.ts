// SHA-256 and Ed25519 without Node, for browsers and other engines: the functions of primitives.node.ts. The curve is
// @noble's; verification is ours, because @noble accepts more than the format does (it multiplies by the cofactor).

import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 as digest, sha512 } from '@noble/hashes/sha2.js'

const { Point } = ed25519
const ORDER = Point.Fn.ORDER

/** SHA-256. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return digest(bytes)
}

/** From a 32-byte seed (RFC 8032): the public key, 32 bytes, and the secret key, 64 bytes: seed ‖ public key. */
export function keyPairFromSeed(seed: Uint8Array): { publicKey: Uint8Array; secretKey: Uint8Array } {
  const publicKey = ed25519.getPublicKey(seed)
  const secretKey = new Uint8Array(64)
  secretKey.set(seed)
  secretKey.set(publicKey, 32)
  return { publicKey, secretKey }
}

/** Ed25519, deterministic. The secret key is seed ‖ public key. */
export function sign(message: Uint8Array, secretKey: Uint8Array): Uint8Array {
  return ed25519.sign(message, secretKey.subarray(0, 32))
}

/** Ed25519 by the strict rules of docs/record-format.md; false for anything of the wrong length. */
export function verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false
  const encodedR = signature.subarray(0, 32)
  const scalar = littleEndian(signature.subarray(32))
  if (scalar >= ORDER) return false
  const key = strictPoint(publicKey)
  if (!key || !strictPoint(encodedR)) return false
  const challenge = littleEndian(sha512.create().update(encodedR).update(publicKey).update(message).digest()) % ORDER
  // R = S·B − k·A, compared as bytes: the equation without the cofactor.
  const expected = Point.BASE.multiplyUnsafe(scalar).subtract(key.multiplyUnsafe(challenge)).toBytes()
  return expected.every((byte, i) => byte === encodedR[i])
}

/** The point of a canonical encoding, unless its order is small. */
function strictPoint(encoded: Uint8Array): InstanceType<typeof Point> | undefined {
  try {
    const point = Point.fromBytes(encoded, false)
    return point.isSmallOrder() ? undefined : point
  } catch {
    return undefined
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!)
  return value
}
