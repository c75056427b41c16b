// Bytes of messages: the encodings of compact-encoding (integers little-endian in 1, 3, 5 or 9 bytes, byte strings with
// their length before them), read strictly: shortest integers only, nothing left over, lengths checked before anything
// is made for them.

/** A message that is not in the protocol's form. `reason` is a stable snake_case name. */
export class WireError extends Error {
  constructor(readonly reason: string) {
    super(reason)
    this.name = 'WireError'
  }
}

const utf8Encoder = new TextEncoder()
const utf8Decoder = new TextDecoder('utf-8', { fatal: true })

/** Memory that writers are done with. Few write at the same time: a message, and what is put into it. */
const spares: Uint8Array[] = []
const MOST_SPARES = 4
const SPARE_BYTES = 4_096
const NOTHING = new Uint8Array(0)

/** Writes values one after another; once it is finished, no more. */
export class WireWriter {
  private bytes: Uint8Array
  private length = 0

  constructor() {
    this.bytes = spares.pop() ?? new Uint8Array(SPARE_BYTES)
  }

  /** A safe non-negative integer. */
  uint(value: number): this {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no unsigned integer`)
    if (value <= 0xfc) return this.little(value, 1)
    if (value <= 0xffff) return this.little(0xfd, 1).little(value, 2)
    if (value <= 0xffff_ffff) return this.little(0xfe, 1).little(value, 4)
    return this.little(0xff, 1)
      .little(value % 0x1_0000_0000, 4)
      .little(Math.floor(value / 0x1_0000_0000), 4)
  }

  /** Bytes whose length the reader knows. */
  fixed(bytes: Uint8Array): this {
    this.reserve(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
    return this
  }

  block(bytes: Uint8Array): this {
    return this.uint(bytes.length).fixed(bytes)
  }

  text(text: string): this {
    return this.block(utf8Encoder.encode(text))
  }

  list<T>(items: readonly T[], write: (item: T) => void): this {
    this.uint(items.length)
    for (const item of items) write(item)
    return this
  }

  /** What was written. */
  finish(): Uint8Array {
    const written = this.bytes.slice(0, this.length)
    if (this.bytes.length === SPARE_BYTES && spares.length < MOST_SPARES) spares.push(this.bytes)
    this.bytes = NOTHING
    return written
  }

  private little(value: number, size: number): this {
    this.reserve(size)
    if (size === 1) {
      this.bytes[this.length++] = value
      return this
    }
    for (let i = 0, rest = value; i < size; i++, rest = Math.floor(rest / 256)) this.bytes[this.length++] = rest % 256
    return this
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }
}

/** Reads values one after another; byte strings are views. Throws WireError: truncated, not_shortest, integer_range, trailing_bytes, list_length, utf8. */
export class WireReader {
  private offset = 0

  constructor(private readonly bytes: Uint8Array) {}

  /** How many bytes were read so far. */
  get position(): number {
    return this.offset
  }

  uint(): number {
    const first = this.little(1)
    if (first <= 0xfc) return first
    if (first === 0xfd) return this.atLeast(0xfd, this.little(2))
    if (first === 0xfe) return this.atLeast(0x1_0000, this.little(4))
    const low = this.little(4)
    const value = this.little(4) * 0x1_0000_0000 + low
    if (!Number.isSafeInteger(value)) throw new WireError('integer_range')
    return this.atLeast(0x1_0000_0000, value)
  }

  fixed(length: number): Uint8Array {
    const start = this.offset
    this.skip(length)
    return new Uint8Array(this.bytes.buffer, this.bytes.byteOffset + start, length)
  }

  block(): Uint8Array {
    return this.fixed(this.uint())
  }

  /** What was read since a position. */
  since(position: number): Uint8Array {
    return this.bytes.subarray(position, this.offset)
  }

  /** Moves past bytes, which must be there. */
  skip(length: number): void {
    if (length > this.bytes.length - this.offset) throw new WireError('truncated')
    this.offset += length
  }

  text(): string {
    try {
      return utf8Decoder.decode(this.block())
    } catch (error) {
      throw error instanceof WireError ? error : new WireError('utf8')
    }
  }

  /** The length of a list: at most `most`; each item takes a byte or more, so it is bounded by what is there, too. */
  count(most: number): number {
    const length = this.uint()
    if (length > most || length > this.bytes.length - this.offset) throw new WireError('list_length')
    return length
  }

  list<T>(most: number, read: () => T): T[] {
    const length = this.count(most)
    const items: T[] = []
    for (let i = 0; i < length; i++) items.push(read())
    return items
  }

  end(): void {
    if (this.offset !== this.bytes.length) throw new WireError('trailing_bytes')
  }

  private atLeast(least: number, value: number): number {
    if (value < least) throw new WireError('not_shortest')
    return value
  }

  private little(size: number): number {
    const start = this.offset
    this.skip(size)
    if (size === 1) return this.bytes[start]!
    let value = 0
    for (let i = size - 1; i >= 0; i--) value = value * 256 + this.bytes[start + i]!
    return value
  }
}
