import fc from 'fast-check'
import { PeerError } from './errors.js'
import { Assembler, PIECE_BYTES, piecesOf } from './pieces.js'
import { decodeWire, encodeWire, type WireMessage } from './wire.js'

const integer = fc.maxSafeNat()
const body = fc.oneof(
  fc.constant(undefined),
  fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown),
  fc.uint8Array({ maxLength: 300 }),
)
const message: fc.Arbitrary<WireMessage> = fc.oneof(
  fc.record({
    type: fc.constant('hello' as const),
    least: integer,
    most: integer,
    windowBytes: integer,
    maxMessageBytes: integer,
  }),
  fc.record({ type: fc.constant('refused' as const), reason: fc.string() }),
  fc.record({ type: fc.constant('request' as const), id: integer, pattern: fc.string(), metadata: body, body }),
  fc.record({ type: fc.constant('event' as const), pattern: fc.string(), metadata: body, body }),
  fc.record({ type: fc.constant('value' as const), id: integer, last: fc.boolean(), body }),
  fc.record({ type: fc.constant('error' as const), id: integer, body }),
  fc.record({ type: fc.constant('end' as const), id: integer }),
  fc.record({ type: fc.constant('credit' as const), id: integer, bytes: integer }),
)

describe('messages', () => {
  it('read as they were written', () => {
    fc.assert(
      fc.property(message, (each) => {
        expect(decodeWire(encodeWire(each))).toEqual(each)
      }),
      { numRuns: 500 },
    )
  })

  it('are refused with a name when they are something else, and skipped when they are of a later version', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          const read = decodeWire(bytes)
          expect(read === null || 'type' in read).toBe(true)
        } catch (error) {
          expect((error as PeerError).code).toBe('protocol_broken')
        }
      }),
      { numRuns: 1_000 },
    )
    expect(decodeWire(Uint8Array.of(77, 1, 2))).toBeNull()
    expect(() => decodeWire(Uint8Array.of())).toThrow(PeerError)
  })
})

describe('pieces', () => {
  it('carry messages of any length, however many, and are never longer than 64 KiB', () => {
    const messages = fc.array(
      fc
        .oneof({ weight: 5, arbitrary: fc.nat(300) }, fc.nat(200_000), fc.constant(PIECE_BYTES - 4))
        .map((length) => new Uint8Array(length).map((_, i) => i % 251)),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(messages, (sent) => {
        const pieces = [...piecesOf(sent)]
        expect(pieces.every(({ length }) => length > 0 && length <= PIECE_BYTES)).toBe(true)
        const assembler = new Assembler(200_000)
        const heard = pieces.flatMap((piece) => assembler.push(piece))
        expect(heard.length).toBe(sent.length)
        expect(heard.every((bytes, i) => Buffer.compare(bytes, sent[i]!) === 0)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('may be cut anywhere on their way', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        (sent, cut) => {
          const stream = Buffer.concat([...piecesOf(sent)])
          const assembler = new Assembler(20)
          const heard: Uint8Array[] = []
          for (let at = 0; at < stream.length; at += cut) heard.push(...assembler.push(stream.subarray(at, at + cut)))
          expect(heard).toEqual(sent)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('are refused for a message that is too long as soon as its length is known', () => {
    const assembler = new Assembler(1_000)
    const before = process.memoryUsage().arrayBuffers
    expect(() => assembler.push(Uint8Array.of(0xff, 0xff, 0xff, 0x7f))).toThrow(/2147483647 bytes/)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000)
  })
})
