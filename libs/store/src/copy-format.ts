/**
 * The file format of COPY BINARY (PostgreSQL manual, COPY, "Binary Format"): a signature, rows of cells with their lengths,
 * and a trailer.
 */

/** Postgres types that the store's tables use. Cells of `date` are texts, YYYY-MM-DD. */
export type ColumnType = 'bytea' | 'bytea[]' | 'text' | 'int2' | 'int4' | 'int8' | 'bool' | 'date'
export type Cell = Uint8Array | readonly Uint8Array[] | string | number | bigint | boolean | null

const BYTEA_OID = 17
const DAY_MS = 86_400_000
/** From 1970-01-01 to 2000-01-01, from where Postgres counts dates. */
const EPOCH_DAYS = 10_957
const CHUNK_BYTES = 262_144
/** A chunk with room for the row that fills it. */
const FIRST_BYTES = 327_680

/** What precedes the rows: the signature, no flags, no extension. */
export const COPY_HEAD = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
/** What follows the rows. */
export const COPY_TAIL = Buffer.from([0xff, 0xff])

/** A whole file, in chunks of about 256 KiB. */
export function* binaryRows(types: readonly ColumnType[], rows: readonly Cell[][]): Generator<Buffer> {
  const writer = new BinaryWriter()
  writer.bytes(COPY_HEAD)
  for (const row of rows) {
    writer.int16(row.length)
    row.forEach((cell, index) => writeCell(writer, types[index]!, cell))
    if (writer.length > CHUNK_BYTES) yield writer.take()
  }
  writer.bytes(COPY_TAIL)
  yield writer.take()
}

/** The cells of a row of bytes, from the row's place on; null cells are null. `next`: where the next row begins. */
export function readRow(bytes: Uint8Array, start: number): { cells: (Uint8Array | null)[]; next: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const cells: (Uint8Array | null)[] = []
  let offset = start + 2
  for (let left = view.getInt16(start); left > 0; left--) {
    const length = view.getInt32(offset)
    offset += 4
    cells.push(length < 0 ? null : new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length))
    offset += Math.max(0, length)
  }
  return { cells, next: offset }
}

function writeCell(writer: BinaryWriter, type: ColumnType, cell: Cell): void {
  if (cell === null) return writer.int32(-1)
  switch (type) {
    case 'bytea':
      return writer.block(cell as Uint8Array)
    case 'text':
      return writer.text(cell as string)
    case 'bool':
      writer.int32(1)
      return writer.int8(cell ? 1 : 0)
    case 'int2':
      writer.int32(2)
      return writer.int16(cell as number)
    case 'int4':
      writer.int32(4)
      return writer.int32(cell as number)
    case 'int8':
      writer.int32(8)
      return typeof cell === 'bigint' ? writer.bigInt64(cell) : writer.int64(cell as number)
    case 'date':
      writer.int32(4)
      return writer.int32(Date.parse(cell as string) / DAY_MS - EPOCH_DAYS)
    case 'bytea[]':
      return writer.blocks(cell as readonly Uint8Array[])
  }
}

/** A buffer that grows; integers are big-endian. */
export class BinaryWriter {
  private buffer = Buffer.allocUnsafeSlow(FIRST_BYTES)
  length = 0

  /** What was written so far; writing starts afresh. */
  take(): Buffer {
    const taken = this.buffer.subarray(0, this.length)
    this.buffer = Buffer.allocUnsafeSlow(FIRST_BYTES)
    this.length = 0
    return taken
  }

  int8(value: number): void {
    const at = this.room(1)
    this.length = this.buffer.writeInt8(value, at)
  }

  int16(value: number): void {
    const at = this.room(2)
    this.length = this.buffer.writeInt16BE(value, at)
  }

  int32(value: number): void {
    const at = this.room(4)
    this.length = this.buffer.writeInt32BE(value, at)
  }

  /** A safe integer. */
  int64(value: number): void {
    const high = Math.floor(value / 0x1_0000_0000)
    const at = this.room(8)
    this.length = this.buffer.writeInt32BE(high, at)
    this.length = this.buffer.writeUInt32BE(value - high * 0x1_0000_0000, this.length)
  }

  bigInt64(value: bigint): void {
    const at = this.room(8)
    this.length = this.buffer.writeBigInt64BE(value, at)
  }

  /** Its length, then the bytes. */
  block(bytes: Uint8Array): void {
    this.int32(bytes.length)
    this.bytes(bytes)
  }

  /** A block, or the length of no value. */
  optional(bytes: Uint8Array | null): void {
    if (bytes === null) this.int32(-1)
    else this.block(bytes)
  }

  text(text: string): void {
    const at = this.room(4 + 3 * text.length)
    const size = this.buffer.write(text, at + 4, 'utf8')
    this.buffer.writeInt32BE(size, at)
    this.length = at + 4 + size
  }

  /** Text of ASCII characters only, without a detour over a buffer of its own. */
  ascii(text: string): void {
    this.int32(text.length)
    const at = this.room(text.length)
    for (let i = 0; i < text.length; i++) this.buffer[at + i] = text.charCodeAt(i)
    this.length = at + text.length
  }

  /** A bytea[], as array_recv reads it: dimensions, a flag for nulls, the element type, then size and lower bound of the one. */
  blocks(items: readonly Uint8Array[]): void {
    const header = items.length === 0 ? 12 : 20
    this.int32(items.reduce((size, item) => size + 4 + item.length, header))
    this.int32(items.length === 0 ? 0 : 1)
    this.int32(0)
    this.int32(BYTEA_OID)
    if (items.length === 0) return
    this.int32(items.length)
    this.int32(1)
    for (const item of items) this.block(item)
  }

  bytes(bytes: Uint8Array): void {
    const at = this.room(bytes.length)
    this.buffer.set(bytes, at)
    this.length = at + bytes.length
  }

  /** Makes room for `count` more bytes; returns where they go. */
  private room(count: number): number {
    if (this.length + count > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.length + count))
      this.buffer.copy(larger, 0, 0, this.length)
      this.buffer = larger
    }
    return this.length
  }
}
