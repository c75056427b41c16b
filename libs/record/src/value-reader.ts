// Reads values strictly: what is not canonical is refused on the way, never by encoding again.

import { type Bytes, compareBytes, view } from './bytes.js'
import { FormatError } from './format-error.js'
import { BYTES, INTEGER, LIST, MAP, MAX_DEPTH, NEGATIVE, TAG, TEXT, type Value } from './value.js'

const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

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
