/** Keys from one seed: SLIP-0010 for Ed25519, which knows hardened children only. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha512 } from '@noble/hashes/sha2.js'

const MASTER = new TextEncoder().encode('ed25519 seed')
const HARDENED = 0x8000_0000

/**
 * The Ed25519 seed (32 bytes) at a path below `seed` (16 to 64 bytes); every step is hardened. Source: SLIP-0010,
 * "Private parent key → private child key", curve ed25519.
 */
export function deriveSeed(seed: Uint8Array, path: readonly number[]): Uint8Array {
  let node = hmac(sha512, MASTER, seed)
  for (const step of path) {
    const data = new Uint8Array(37)
    data.set(node.subarray(0, 32), 1)
    new DataView(data.buffer).setUint32(33, HARDENED + step)
    node = hmac(sha512, node.subarray(32), data)
  }
  return node.slice(0, 32)
}

/** SLIP-0044 coin types of this size are not registered; the number says what the keys are for. */
const MUTUO = 0x6d75_7475

/**
 * Where an identity's keys are below the seed: m/44'/1836414069'/identity'/key'. Key 0 signs first, key 1 is the one that
 * may continue the identity, and so on.
 */
export const identityPath = (identity: number, key: number): number[] => [44, MUTUO, identity, key]
