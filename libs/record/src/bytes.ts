// What the formats share: joining, ordering and fixed-width numbers. Nothing here knows Buffer.

import { FormatError } from './format-error.js'

export type Bytes = Uint8Array

/** The largest time the format carries: 9999-12-31T23:59:59.999Z in ms since the Unix epoch. */
export const MAX_TIME_MS = 253_402_300_799_999

/** 32 zero bytes: the network in a genesis header, the hash of an empty set of entries. */
export const ZERO_32: Bytes = new Uint8Array(32)

export function concat(...parts: Bytes[]): Bytes {
  return concatAll(parts)
}

/** `concat` for lists that are too long to be arguments. */
export function concatAll(parts: readonly Bytes[]): Bytes {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Ascending by unsigned bytes; a prefix comes first. Negative, zero or positive like a sort's comparator. */
export function compareBytes(a: Bytes, b: Bytes): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const difference = a[i]! - b[i]!
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

export function equalBytes(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Whether each is above the one before: ascending by bytes, without duplicates. */
export function areAscending(list: readonly Bytes[]): boolean {
  for (let i = 1; i < list.length; i++) if (compareBytes(list[i - 1]!, list[i]!) >= 0) return false
  return true
}

/** A view that is a plain Uint8Array even where `bytes` is a subclass of it. Shares memory. */
export function view(bytes: Bytes, start: number, end: number): Bytes {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start)
}

/** Writes a safe non-negative integer as 8 bytes, big-endian. Throws FormatError `integer_range` on any other number. */
export function writeU64(target: Bytes, offset: number, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new FormatError('integer_range', `${value} as u64`)
  const words = new DataView(target.buffer, target.byteOffset + offset, 8)
  words.setUint32(0, Math.floor(value / 0x1_0000_0000))
  words.setUint32(4, value % 0x1_0000_0000)
}

/** Reads 8 bytes, big-endian. Throws FormatError `integer_range` above 2^53 − 1. */
export function readU64(source: Bytes, offset: number): number {
  const words = new DataView(source.buffer, source.byteOffset + offset, 8)
  const value = words.getUint32(0) * 0x1_0000_0000 + words.getUint32(4)
  if (!Number.isSafeInteger(value)) throw new FormatError('integer_range', 'u64 above 2^53 - 1')
  return value
}

export function u64(value: number): Bytes {
  const bytes = new Uint8Array(8)
  writeU64(bytes, 0, value)
  return bytes
}

/** ASCII text as bytes, followed by one zero byte: what every signed message starts with. */
export function domain(text: string): Bytes {
  const bytes = new Uint8Array(text.length + 1)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

/** Throws FormatError `length` unless `bytes` is a Uint8Array of exactly `length` bytes. */
export function requireLength(bytes: unknown, length: number, what: string): asserts bytes is Bytes {
  if (!(bytes instanceof Uint8Array) || bytes.length !== length) {
    throw new FormatError('length', `${what} must be ${length} bytes`)
  }
}
