// The body block that a header names by hash: it can be withheld, fetched later or erased without breaking a log.

import { type Bytes, requireLength } from './bytes.js'
import { checkStrict, decode, encode } from './codec.js'
import { isMap, type Value } from './value.js'
import { FormatError } from './format-error.js'
import { isKind } from './kind.js'

/** Largest body block, inclusive. Larger things are documents, named by hash. */
export const MAX_BODY_BYTES = 65_536
/** Bytes of salt in front of every body, new for each, so that a short body can't be guessed from its hash. */
export const SALT_BYTES = 16

/**
 * `[salt, body]`, or `[salt, kind, body]` for a private record. The salt is 16 bytes from a cryptographic generator.
 * Throws FormatError: `length`, `kind_grammar`, `body_oversize`, and what `encode` throws.
 */
export function encodeBody(salt: Bytes, body: { [key: string]: Value }, privateKind?: string): Bytes {
  requireLength(salt, SALT_BYTES, 'salt')
  if (!isMap(body)) throw new FormatError('body_form')
  if (privateKind !== undefined && !isKind(privateKind)) throw new FormatError('kind_grammar')
  const block = encode(privateKind === undefined ? [salt, body] : [salt, privateKind, body])
  if (block.length > MAX_BODY_BYTES) throw new FormatError('body_oversize')
  return block
}

/**
 * Reads a body block of a record with the given `vis`. Throws FormatError: `body_oversize`, `body_form` (not the list
 * it must be), `kind_grammar`, and what `decode` throws.
 */
export function decodeBody(
  block: Bytes,
  vis: 0 | 1,
): { salt: Uint8Array; kind?: string; body: { [key: string]: Value } } {
  if (block.length > MAX_BODY_BYTES) throw new FormatError('body_oversize')
  const list = decode(block)
  if (!Array.isArray(list) || list.length !== 2 + vis) throw new FormatError('body_form')
  const salt = list[0]
  const body = list[1 + vis]
  if (!(salt instanceof Uint8Array) || salt.length !== SALT_BYTES || !isMap(body)) throw new FormatError('body_form')
  if (vis === 0) return { salt, body }
  const kind = list[1]
  if (typeof kind !== 'string') throw new FormatError('body_form')
  if (!isKind(kind)) throw new FormatError('kind_grammar')
  return { salt, kind, body }
}

/** Like `decodeBody` for a public record, with the same refusals, but builds nothing. */
export function checkPublicBody(block: Bytes): void {
  if (block.length > MAX_BODY_BYTES) throw new FormatError('body_oversize')
  // 0x82: a list of two. 0x50: 16 bytes. 0xa0 … 0xbf: a map.
  checkStrict(block)
  if (block[0] !== 0x82 || block[1] !== 0x50 || block[18]! >> 5 !== 5) throw new FormatError('body_form')
}
