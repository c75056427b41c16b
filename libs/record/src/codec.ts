// The value codec: a strict subset of DAG-CBOR. There is exactly one encoding of a value and one value of an encoding,
// so a hash names a value and nobody can restate it otherwise.

import type { Bytes } from './bytes.js'
import type { Value } from './value.js'
import { Reader } from './value-reader.js'
import { Writer } from './value-writer.js'

/**
 * The canonical bytes of a value. Throws FormatError: `integer_range` (no safe integer), `lone_surrogate`, `depth`,
 * `key_empty`, `key_forbidden`, `not_a_value` (undefined, bigint, functions, class instances, holes in a list).
 * Minus zero is written as zero.
 */
export function encode(value: Value): Bytes {
  const writer = new Writer()
  writer.value(value, 0)
  return writer.finish()
}

/**
 * The value of canonical bytes; bytes within are views into `bytes`. Throws FormatError with the names of what is not
 * in the format: `truncated`, `trailing_bytes`, `not_shortest`, `integer_range`, `float`, `tag`, `simple_value`,
 * `indefinite_length`, `reserved`, `utf8`, `key_not_text`, `key_empty`, `key_forbidden`, `key_duplicate`, `key_order`,
 * `depth`.
 */
export function decode(bytes: Bytes): Value {
  const reader = new Reader(bytes)
  const value = reader.value(0, true)
  reader.end()
  return value
}

/** Like `decode`, with the same refusals, but builds nothing. */
export function checkStrict(bytes: Bytes): void {
  const reader = new Reader(bytes)
  reader.value(0, false)
  reader.end()
}
