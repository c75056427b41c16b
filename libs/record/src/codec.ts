// The value codec: a strict subset of DAG-CBOR, decided while reading and never by encoding again. There is exactly
// one encoding of a value and one value of an encoding, so a hash names a value and nobody can restate it otherwise.

import { type Bytes, compareBytes, view } from './bytes.js'
import { FormatError } from './format-error.js'

/**
 * What a record's body is made of: integers from −(2^53 − 1) to 2^53 − 1, text without lone surrogates, bytes,
 * booleans, null, lists, and maps with text keys (no empty key, no `__proto__`).
 */
export type Value = number | string | boolean | null | Uint8Array | Value[] | { [key: string]: Value }

/** At most this many lists and maps inside one another, counting the outermost. */
export const MAX_DEPTH = 16

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

/** Whether a value is a map. */
export function isMap(value: Value | undefined): value is { [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}

/** Major types of CBOR. */
export const INTEGER = 0
const NEGATIVE = 1
const BYTES = 2
const TEXT = 3
export const LIST = 4
export const MAP = 5
const TAG = 6

const utf8Encoder = new TextEncoder()
const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

class Writer {
  private bytes = new Uint8Array(256)
  private length = 0

  finish(): Bytes {
    return this.bytes.slice(0, this.length)
  }

  value(value: unknown, depth: number): void {
    switch (typeof value) {
      case 'number':
        if (!Number.isSafeInteger(value)) throw new FormatError('integer_range', String(value))
        if (value >= 0) this.head(INTEGER, value)
        else this.head(NEGATIVE, -1 - value)
        return
      case 'string':
        this.block(TEXT, utf8(value))
        return
      case 'boolean':
        this.byte(value ? 0xf5 : 0xf4)
        return
      case 'object':
        if (value === null) this.byte(0xf6)
        else if (value instanceof Uint8Array) this.block(BYTES, value)
        else this.container(value, depth + 1)
        return
      default:
        throw new FormatError('not_a_value', typeof value)
    }
  }

  private container(value: object, depth: number): void {
    if (depth > MAX_DEPTH) throw new FormatError('depth')
    if (Array.isArray(value)) {
      this.head(LIST, value.length)
      for (let i = 0; i < value.length; i++) this.value(value[i], depth)
      return
    }
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) throw new FormatError('not_a_value', 'class instance')
    const items = Object.entries(value).map(([key, item]) => ({ key: keyBytes(key), item: item as unknown }))
    items.sort((a, b) => a.key.length - b.key.length || compareBytes(a.key, b.key))
    this.head(MAP, items.length)
    for (const { key, item } of items) {
      this.block(TEXT, key)
      this.value(item, depth)
    }
  }

  private block(major: number, content: Bytes): void {
    this.head(major, content.length)
    this.reserve(content.length)
    this.bytes.set(content, this.length)
    this.length += content.length
  }

  private head(major: number, argument: number): void {
    const type = major << 5
    if (argument < 24) {
      this.byte(type | argument)
    } else if (argument < 0x100) {
      this.byte(type | 24)
      this.byte(argument)
    } else if (argument < 0x1_0000) {
      this.byte(type | 25)
      this.word(argument, 2)
    } else if (argument < 0x1_0000_0000) {
      this.byte(type | 26)
      this.word(argument, 4)
    } else {
      this.byte(type | 27)
      this.word(Math.floor(argument / 0x1_0000_0000), 4)
      this.word(argument % 0x1_0000_0000, 4)
    }
  }

  private word(value: number, size: number): void {
    for (let shift = (size - 1) * 8; shift >= 0; shift -= 8) this.byte((value >>> shift) & 0xff)
  }

  private byte(byte: number): void {
    this.reserve(1)
    this.bytes[this.length++] = byte
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }
}

function utf8(text: string): Bytes {
  // With the u flag a surrogate matches only where it has no partner; TextEncoder would replace it in silence.
  if (/\p{Surrogate}/u.test(text)) throw new FormatError('lone_surrogate')
  return utf8Encoder.encode(text)
}

function keyBytes(key: string): Bytes {
  if (key === '') throw new FormatError('key_empty')
  if (key === '__proto__') throw new FormatError('key_forbidden')
  return utf8(key)
}

/** Reads strict values one after another. The header's fixed-layout parser reads single items with it. */
export class Reader {
  offset = 0

  constructor(readonly bytes: Bytes) {}

  /** Throws `trailing_bytes` unless everything was read. */
  end(): void {
    if (this.offset !== this.bytes.length) throw new FormatError('trailing_bytes')
  }

  /** The next value; without `build` it is checked and null is returned. */
  value(depth: number, build: boolean): Value {
    const first = this.byte()
    const info = first & 0x1f
    switch (first >> 5) {
      case INTEGER:
        return this.argument(info)
      case NEGATIVE: {
        const argument = this.argument(info)
        if (argument === Number.MAX_SAFE_INTEGER) throw new FormatError('integer_range')
        return -1 - argument
      }
      case BYTES: {
        const start = this.skip(this.argument(info))
        return build ? view(this.bytes, start, this.offset) : null
      }
      case TEXT: {
        const start = this.skip(this.argument(info))
        return this.text(start, build)
      }
      case LIST:
        return this.list(this.argument(info), depth + 1, build)
      case MAP:
        return this.map(this.argument(info), depth + 1, build)
      case TAG:
        throw new FormatError('tag')
      default:
        return simple(info)
    }
  }

  /** The argument of an item of one major type: an integer, or a length. Throws `unexpected_type` on another type. */
  head(major: number): number {
    const first = this.byte()
    if (first >> 5 !== major) throw new FormatError('unexpected_type')
    return this.argument(first & 0x1f)
  }

  byte(): number {
    const byte = this.bytes[this.offset]
    if (byte === undefined) throw new FormatError('truncated')
    this.offset++
    return byte
  }

  /** Moves past `length` bytes, which must be there, and returns where they start. */
  skip(length: number): number {
    const start = this.offset
    if (length > this.bytes.length - start) throw new FormatError('truncated')
    this.offset = start + length
    return start
  }

  private argument(info: number): number {
    if (info < 24) return info
    if (info === 24) {
      const argument = this.byte()
      if (argument < 24) throw new FormatError('not_shortest')
      return argument
    }
    if (info > 27) throw new FormatError(info === 31 ? 'indefinite_length' : 'reserved')
    if (info === 25) {
      const argument = this.word(2)
      if (argument < 0x100) throw new FormatError('not_shortest')
      return argument
    }
    const high = this.word(4)
    if (info === 26) {
      if (high < 0x1_0000) throw new FormatError('not_shortest')
      return high
    }
    if (high === 0) throw new FormatError('not_shortest')
    if (high > 0x1f_ffff) throw new FormatError('integer_range')
    return high * 0x1_0000_0000 + this.word(4)
  }

  private word(size: number): number {
    const start = this.skip(size)
    let word = 0
    for (let i = start; i < this.offset; i++) word = word * 256 + this.bytes[i]!
    return word
  }

  private text(start: number, build: boolean): string {
    const { bytes, offset: end } = this
    // Most text is short ASCII: no need for the decoder.
    if (end - start <= 64) {
      let text = ''
      let i = start
      for (; i < end && bytes[i]! < 0x80; i++) if (build) text += String.fromCharCode(bytes[i]!)
      if (i === end) return text
    }
    try {
      return utf8Decoder.decode(view(bytes, start, end))
    } catch {
      throw new FormatError('utf8')
    }
  }

  private list(length: number, depth: number, build: boolean): Value[] {
    this.open(length, depth)
    const list: Value[] = []
    for (let i = 0; i < length; i++) {
      const item = this.value(depth, build)
      if (build) list.push(item)
    }
    return list
  }

  private map(size: number, depth: number, build: boolean): { [key: string]: Value } {
    this.open(size, depth)
    const map: { [key: string]: Value } = {}
    let lastStart = 0
    let lastEnd = 0
    for (let i = 0; i < size; i++) {
      const first = this.byte()
      if (first >> 5 !== TEXT) throw new FormatError('key_not_text')
      const start = this.skip(this.argument(first & 0x1f))
      const end = this.offset
      if (end === start) throw new FormatError('key_empty')
      if (i > 0) this.requireKeyAbove(lastStart, lastEnd, start, end)
      lastStart = start
      lastEnd = end
      const isProto = end - start === 9 && this.bytes[start] === 0x5f && this.text(start, true) === '__proto__'
      if (isProto) throw new FormatError('key_forbidden')
      const key = this.text(start, build)
      const item = this.value(depth, build)
      if (build) map[key] = item
    }
    return map
  }

  private open(count: number, depth: number): void {
    if (depth > MAX_DEPTH) throw new FormatError('depth')
    // Each item takes a byte or more, so a claimed count is bounded before anything is made for it.
    if (count > this.bytes.length - this.offset) throw new FormatError('truncated')
  }

  private requireKeyAbove(lastStart: number, lastEnd: number, start: number, end: number): void {
    const longer = end - start - (lastEnd - lastStart)
    const order = longer || compareBytes(view(this.bytes, start, end), view(this.bytes, lastStart, lastEnd))
    if (order === 0) throw new FormatError('key_duplicate')
    if (order < 0) throw new FormatError('key_order')
  }
}

function simple(info: number): boolean | null {
  if (info === 20) return false
  if (info === 21) return true
  if (info === 22) return null
  if (info >= 25 && info <= 27) throw new FormatError('float')
  if (info === 31) throw new FormatError('indefinite_length')
  throw new FormatError(info >= 28 ? 'reserved' : 'simple_value')
}
