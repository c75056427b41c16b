import fc from 'fast-check'
import { BinaryWriter, binaryRows, type Cell, COPY_HEAD, readRow } from './copy-format.js'

const number = (cell: Uint8Array | null | undefined) => Number(Buffer.from(cell!).readBigInt64BE())

it('writes rows that come back cell by cell, however large they are', () => {
  const bytes = fc.uint8Array({ maxLength: 40 })
  const row = fc.tuple(bytes, fc.maxSafeInteger(), fc.string(), fc.option(bytes), fc.nat(400_000))
  fc.assert(
    fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
      const cells = rows.map(([id, seq, text, body, size]): Cell[] => [id, seq, text, body, new Uint8Array(size)])
      const file = Buffer.concat([...binaryRows(['bytea', 'int8', 'text', 'bytea', 'bytea'], cells)])
      let offset = COPY_HEAD.length
      for (const [id, seq, text, body, size] of rows) {
        const read = readRow(file, offset)
        expect(read.cells[0]).toEqual(id)
        expect(number(read.cells[1])).toBe(seq)
        expect(Buffer.from(read.cells[2]!).toString()).toBe(text)
        expect(read.cells[3]).toEqual(body)
        expect(read.cells[4]).toHaveLength(size)
        offset = read.next
      }
      expect([...file.subarray(offset)]).toEqual([0xff, 0xff])
    }),
    { numRuns: 60 },
  )
})

it('keeps what it wrote when it grows in the middle of a number', () => {
  const writer = new BinaryWriter()
  for (let i = 0; i < 400_001; i++) writer.int16(i % 1_000)
  writer.int32(7)
  writer.int64(2 ** 40 + 1)
  const written = writer.take()
  expect(written.readInt16BE(2 * 327_680)).toBe(327_680 % 1_000)
  expect(written.readInt32BE(800_002)).toBe(7)
  expect(Number(written.readBigInt64BE(800_006))).toBe(2 ** 40 + 1)
})

it('writes amounts beyond safe integers, and dates as days since 2000', () => {
  const cells: Cell[][] = [
    [2n ** 62n, '2000-01-01'],
    [-(2n ** 62n), '2026-02-28'],
    [-1, '1999-12-31'],
  ]
  const file = Buffer.concat([...binaryRows(['int8', 'date'], cells)])
  let offset = COPY_HEAD.length
  const read = cells.map(() => {
    const row = readRow(file, offset)
    offset = row.next
    return [Buffer.from(row.cells[0]!).readBigInt64BE(), Buffer.from(row.cells[1]!).readInt32BE()]
  })
  expect(read).toEqual([
    [2n ** 62n, 0],
    [-(2n ** 62n), 9_555],
    [-1n, -1],
  ])
})
