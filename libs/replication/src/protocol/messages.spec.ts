import c from 'compact-encoding'
import fc from 'fast-check'
import { WireReader, WireWriter } from '#libs/record'
import { frame, FrameSplitter, MAX_FRAME_BYTES } from './frames.js'
import { decodeMessage, encodeMessage, type Messages, type ProtocolMessage } from './messages.js'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const seq = fc.nat()
const record = fc.record({
  header: fc.uint8Array({ maxLength: 300 }),
  signature: fc.option(bytes(64)),
  body: fc.option(fc.uint8Array({ minLength: 1, maxLength: 300 })),
})
const runs = fc.array(fc.record({ author: bytes(32), from: seq, records: fc.array(record, { maxLength: 5 }) }), {
  maxLength: 4,
})

describe('the wire', () => {
  it('writes integers and byte strings as compact-encoding does', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.uint8Array({ maxLength: 400 }), (value, block) => {
        expect(new WireWriter().uint(value).finish()).toEqual(new Uint8Array(c.encode(c.uint, value)))
        expect(new WireReader(new WireWriter().uint(value).finish()).uint()).toBe(value)
        if (block.length > 0) {
          expect(new WireWriter().block(block).finish()).toEqual(new Uint8Array(c.encode(c.buffer, block)))
        }
      }),
    )
  })

  it('reads an integer in its shortest form only', () => {
    for (const longer of [
      [0xfd, 0xfc, 0],
      [0xfe, 0xff, 0xff, 0, 0],
      [0xff, 1, 0, 0, 0, 0, 0, 0, 0],
    ]) {
      expect(() => new WireReader(Uint8Array.from(longer)).uint()).toThrow('not_shortest')
    }
    expect(() => new WireReader(new Uint8Array(9).fill(0xff)).uint()).toThrow('integer_range')
  })

  it('makes nothing for a list that claims more than is there', () => {
    expect(() => new WireReader(Uint8Array.of(0xfe, 0, 0, 0, 1)).list(2 ** 31, () => 0)).toThrow('list_length')
  })
})

/** With the records of packed runs taken out. */
function plainly(message: ProtocolMessage | null) {
  if (message === null || !('runs' in message)) return message
  return { ...message, runs: message.runs.map(({ author, from, records }) => ({ author, from, records })) }
}

describe('messages', () => {
  it('come back as they were sent', () => {
    const check = <Name extends keyof Messages>(name: Name, message: Messages[Name]) =>
      expect(plainly(decodeMessage(encodeMessage(name, message)))).toEqual({ name, ...message })
    fc.assert(
      fc.property(runs, bytes(32), bytes(64), seq, fc.string(), (some, key, signature, number, text) => {
        check('hello', { version: 1, net: key, as: 'invite', key, genesis: key, signature })
        check('standing', { standing: 'refused', reason: text })
        check('walk', {
          steps: [
            { kind: 'root', hash: key },
            { kind: 'children', prefix: [1, 15], bitmap: 0x8001, tags: [key.subarray(0, 16), key.subarray(16)] },
            {
              kind: 'list',
              prefix: [],
              entries: [{ author: key, length: number + 1, head: key, finalLength: 0, forked: true }],
            },
            {
              kind: 'brief',
              prefix: [7],
              entries: [{ author: key, length: number + 1, finalLength: number, forked: true }],
            },
          ],
        })
        check('announce', { claims: [{ author: key, length: number, head: key }] })
        check('want', { request: number, ranges: [{ author: key, from: number, count: 1 }] })
        check('records', { request: number, last: true, runs: some })
        check('push', { runs: some })
        check('attestation', {
          cfg: key,
          witness: key,
          atMs: number,
          heads: [{ author: key, seq: 1, id: key }],
          signature,
        })
        check('certified', {
          cfg: key,
          heads: [{ author: key, seq: 1, id: key }],
          trees: [
            {
              witness: key,
              atMs: number,
              size: 9,
              signature,
              leaves: [
                { head: 0, index: 3 },
                { head: 2, index: 4 },
              ],
              hashes: [key],
            },
          ],
        })
        check('recall', { oldKey: key, newKey: key })
        check('recalled', { oldKey: key, newKey: key, cfg: key, isKnown: true })
        check('idsWanted', { author: key, seqs: [number] })
        check('relays', { keys: [key] })
        check('bye', { reason: 'silent' })
      }),
    )
  })

  it('of an unknown number are ignored, so that newer nodes may say more', () => {
    expect(decodeMessage(Uint8Array.of(200, 1, 2, 3))).toBeNull()
  })

  it('end where they end', () => {
    const ping = encodeMessage('ping', { nonce: 7 })
    expect(() => decodeMessage(Uint8Array.of(...ping, 0))).toThrow('trailing_bytes')
    expect(() => decodeMessage(ping.subarray(0, 1))).toThrow('truncated')
  })
})

describe('frames', () => {
  it('come out whole however the bytes are cut', () => {
    const messages = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 8 })
    fc.assert(
      fc.property(messages, fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), (sent, cuts) => {
        const stream = Uint8Array.from(sent.flatMap((message) => [...frame(message)]))
        const splitter = new FrameSplitter()
        const received: Uint8Array[] = []
        for (let offset = 0, i = 0; offset < stream.length; i++) {
          const end = offset + cuts[i % cuts.length]!
          received.push(...splitter.push(stream.subarray(offset, end)))
          offset = end
        }
        expect(received).toEqual(sent)
      }),
    )
  })

  it('above 1 MiB are refused by their length alone', () => {
    const head = new Uint8Array(4)
    new DataView(head.buffer).setUint32(0, MAX_FRAME_BYTES + 1, true)
    expect(() => new FrameSplitter().push(head)).toThrow('frame_oversize')
    expect(() => frame(new Uint8Array(MAX_FRAME_BYTES + 1))).toThrow(RangeError)
  })
})
