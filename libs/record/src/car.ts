// The frame of an export: CAR v1. A varint-length header that names the roots, then blocks, each behind its CID: always
// CIDv1, raw, SHA-256, so a header's CID is its id and a body's the hash that its header names.

import { sha256 } from '#primitives'
import { type Bytes, concat, concatAll, equalBytes, view } from './bytes.js'
import { encode } from './codec.js'
import { INTEGER, LIST } from './value.js'
import { Reader } from './value-reader.js'
import { FormatError } from './format-error.js'

/** CIDv1 (1), raw (0x55), SHA-256 (0x12), 32 bytes (0x20); the digest follows. */
const CID_PREFIX = Uint8Array.of(0x01, 0x55, 0x12, 0x20)
const CID_BYTES = 36

/** Largest block that is read; the largest that is written, a fork proof, is about half of it. */
const MAX_BLOCK_BYTES = 1_048_576
/** Largest CAR header that is read: about 1.6 million roots. */
const MAX_CAR_HEADER_BYTES = 67_108_864

const MAX_VARINT_BYTES = 5

/** The map {roots, version}: its head, keys and version, and each root's tag 42 with the zero byte before a binary CID. */
const MAP_OF_TWO = Uint8Array.of(0xa2)
const ROOTS = encode('roots')
const VERSION = encode('version')
const CID_TAG = Uint8Array.of(0xd8, 0x2a, 0x58, 0x25, 0x00)

/** A block and the SHA-256 of its bytes. */
export interface Block {
  hash: Uint8Array
  bytes: Uint8Array
}

/** The CAR header with its length in front. */
export function frameRoots(roots: readonly Bytes[]): Bytes {
  const links = roots.flatMap((root) => [CID_TAG, CID_PREFIX, root])
  const count = encodeCount(roots.length)
  const header = concatAll([MAP_OF_TWO, ROOTS, count, ...links, VERSION, encode(1)])
  return concat(varint(header.length), header)
}

/** A block with its length and CID in front, in parts to be joined. */
export function frameBlock({ hash, bytes }: Block): Bytes[] {
  return [varint(CID_BYTES + bytes.length), CID_PREFIX, hash, bytes]
}

/**
 * Reads a CAR file from chunks of any size: first its roots, then block after block, each checked against its CID.
 * Holds one block and one chunk at a time. Throws FormatError `car_truncated`, `car_varint`, `car_header`,
 * `car_oversize`, `car_cid` (another codec or hash), `car_hash` (bytes that are not the CID's).
 */
export async function* readCar(source: AsyncIterable<Bytes>): AsyncGenerator<{ roots: Bytes[] } | Block> {
  const input = new ChunkReader(source)
  const headerLength = await input.varint()
  if (headerLength === undefined) throw new FormatError('car_truncated')
  yield { roots: parseRoots(await input.take(headerLength, MAX_CAR_HEADER_BYTES)) }
  for (let length = await input.varint(); length !== undefined; length = await input.varint()) {
    const section = await input.take(length, CID_BYTES + MAX_BLOCK_BYTES)
    if (length < CID_BYTES || !equalBytes(view(section, 0, 4), CID_PREFIX)) throw new FormatError('car_cid')
    const hash = view(section, 4, CID_BYTES)
    const bytes = view(section, CID_BYTES, length)
    if (!equalBytes(sha256(bytes), hash)) throw new FormatError('car_hash')
    yield { hash, bytes }
  }
}

function parseRoots(header: Bytes): Bytes[] {
  const reader = new Reader(header)
  const expect = (item: Bytes) => {
    const start = reader.skip(item.length)
    if (!equalBytes(view(header, start, reader.offset), item)) throw new FormatError('car_header')
  }
  try {
    expect(MAP_OF_TWO)
    expect(ROOTS)
    const roots: Bytes[] = []
    for (let left = reader.head(LIST); left > 0; left--) {
      expect(CID_TAG)
      expect(CID_PREFIX)
      const start = reader.skip(32)
      roots.push(view(header, start, start + 32))
    }
    expect(VERSION)
    if (reader.head(INTEGER) !== 1) throw new FormatError('car_header')
    reader.end()
    return roots
  } catch (error) {
    if (error instanceof FormatError) throw new FormatError('car_header', error.message)
    throw error
  }
}

/** The head of a list: that of an integer with the major type of lists in its upper 3 bits. */
function encodeCount(count: number): Bytes {
  const head = encode(count)
  head[0]! |= LIST << 5
  return head
}

/** Unsigned LEB128. */
function varint(value: number): Bytes {
  const bytes: number[] = []
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80)
  return Uint8Array.of(...bytes, value)
}

/** Takes exact lengths from chunks of any length. Waits only when it has to. */
class ChunkReader {
  private readonly chunks: AsyncIterator<Bytes>
  private buffer: Bytes = new Uint8Array()
  private offset = 0

  constructor(source: AsyncIterable<Bytes>) {
    this.chunks = source[Symbol.asyncIterator]()
  }

  /** The next length; undefined at the end of the file. Lengths are written shortest, in at most 5 bytes. */
  async varint(): Promise<number | undefined> {
    if (this.available < MAX_VARINT_BYTES) await this.fill(MAX_VARINT_BYTES)
    if (this.available === 0) return undefined
    let value = 0
    for (let scale = 1, count = 1; count <= MAX_VARINT_BYTES; scale *= 0x80, count++) {
      const byte = this.buffer[this.offset++]
      if (byte === undefined) throw new FormatError('car_truncated')
      value += (byte & 0x7f) * scale
      if (byte >= 0x80) continue
      if (byte === 0 && count > 1) break
      return value
    }
    throw new FormatError('car_varint')
  }

  async take(length: number, limit: number): Promise<Bytes> {
    if (length > limit) throw new FormatError('car_oversize')
    if (this.available < length) await this.fill(length)
    if (this.available < length) throw new FormatError('car_truncated')
    const start = this.offset
    this.offset += length
    return view(this.buffer, start, this.offset)
  }

  private get available(): number {
    return this.buffer.length - this.offset
  }

  /** Reads on until `length` bytes are there, or the end. */
  private async fill(length: number): Promise<void> {
    const parts = [view(this.buffer, this.offset, this.buffer.length)]
    let total = this.available
    while (total < length) {
      const { done, value } = await this.chunks.next()
      if (done) break
      parts.push(value)
      total += value.length
    }
    this.buffer = concatAll(parts)
    this.offset = 0
  }
}
