// Values: all that a record can say, and the names of CBOR's types in which it is written.

/**
 * What a record's body is made of: integers from −(2^53 − 1) to 2^53 − 1, text without lone surrogates, bytes,
 * booleans, null, lists, and maps with text keys (no empty key, no `__proto__`).
 */
export type Value = number | string | boolean | null | Uint8Array | Value[] | { [key: string]: Value }

/** At most this many lists and maps inside one another, counting the outermost. */
export const MAX_DEPTH = 16

/** Whether a value is a map. */
export function isMap(value: Value | undefined): value is { [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}

/** Major types of CBOR: the upper 3 bits of an item's first byte. */
export const INTEGER = 0
export const NEGATIVE = 1
export const BYTES = 2
export const TEXT = 3
export const LIST = 4
export const MAP = 5
export const TAG = 6
