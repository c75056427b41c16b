// Writes values as canonical DAG-CBOR, and only what is in the format.

import { type Bytes, compareBytes } from './bytes.js'
import { FormatError } from './format-error.js'
import { BYTES, INTEGER, LIST, MAP, MAX_DEPTH, NEGATIVE, TEXT } from './value.js'

const utf8Encoder = new TextEncoder()

/** Collects the bytes of values. Throws what `encode` throws. */
export class Writer {
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
