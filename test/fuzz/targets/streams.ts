/** What comes over connections and from files, in the form in which it comes: runs, frames, books, calls. */
import {
  checkRun,
  FormatError,
  importCar,
  PackedRun,
  sha256,
  WireError,
  WireReader,
  WireWriter,
  writeRecord,
} from '#libs/record'
import { frameBlock, frameRoots } from '../../../libs/record/src/car.js'
import { frame, FrameSplitter } from '../../../libs/replication/src/protocol/frames.js'
import { decodeMessage, encodeMessage } from '../../../libs/replication/src/protocol/messages.js'
import { PeerError } from '../../../libs/swarm/src/transport/errors.js'
import { decodeWire, encodeWire } from '../../../libs/swarm/src/transport/wire.js'
import { assertSame, type Target, taken } from '../target.js'
import { bytesOf, vectorBytes, vectors } from './vectors.js'

interface RunVector {
  net: string
  author: string
  records: { header: string; signature: string | null; body: string | null }[]
}

/** Runs of the vectors: the network's id, then the run as it is sent. */
const packedRuns = (): Uint8Array[] =>
  vectors<{ cases: RunVector[] }>('runs').cases.map(({ net, author, records }) => {
    const of = (hex: string | null) => (hex === null ? null : bytesOf(hex))
    const stored = records.map((each) => ({
      ...{ header: bytesOf(each.header), signature: of(each.signature), body: of(each.body) },
    }))
    const writer = new WireWriter().fixed(bytesOf(net))
    PackedRun.of(bytesOf(author), 0, stored).write(writer)
    return writer.finish()
  })

const run: Target = {
  reads: 'a run as it is sent, and judges it',
  seeds: packedRuns,
  run: (input) =>
    taken(() => {
      const reader = new WireReader(input)
      const net = reader.fixed(32)
      const packed = PackedRun.read(reader, 4_096)
      reader.end()
      const rewritten = new WireWriter().fixed(net).fixed(packed.author).uint(packed.from).uint(packed.count)
      for (const record of packed.records) writeRecord(rewritten, record)
      assertSame(rewritten.finish(), input)
      checkRun({ net, author: packed.author, records: packed.records }, undefined)
    }, WireError),
}

/** The number of the message that holds runs alone. */
const PUSH = 7

const message: Target = {
  reads: 'a message of the protocol',
  seeds: () => [
    encodeMessage('ping', { nonce: 7 }),
    encodeMessage('bye', { reason: 'shutting_down' }),
    encodeMessage('standing', { standing: 'stranger', reason: '' }),
    ...packedRuns().map((bytes) => Uint8Array.of(PUSH, 1, ...bytes.subarray(32))),
    ...vectorBytes('forks').map((proof) => encodeMessage('forks', { proofs: [proof] })),
    ...vectorBytes('certificates').map((certificate) => encodeMessage('certificates', { certificates: [certificate] })),
    ...vectorBytes('branches').map((branch) => encodeMessage('branches', { branches: [branch] })),
  ],
  run: (input) =>
    taken(
      () => {
        const heard = decodeMessage(input)
        if (heard) assertSame(encodeMessage(heard.name, heard), input)
      },
      WireError,
      FormatError,
    ),
}

/** The first byte says how the rest is cut. */
const frames: Target = {
  reads: 'frames in a stream, cut anywhere',
  seeds: () => [
    Uint8Array.of(3, ...frame(encodeMessage('ping', { nonce: 7 })), ...frame(encodeMessage('pong', { nonce: 7 }))),
    Uint8Array.of(1, 0, 0, 16, 0),
    Uint8Array.of(1, 255, 255, 255, 255),
  ],
  run: ([cut = 1, ...rest]) =>
    taken(() => {
      const splitter = new FrameSplitter()
      const bytes = Uint8Array.from(rest)
      let length = 0
      for (let at = 0; at < bytes.length; at += cut + 1)
        for (const whole of splitter.push(bytes.subarray(at, at + cut + 1))) length += 4 + whole.length
      if (length > bytes.length) throw new Error('more came out than went in')
    }, WireError),
}

async function readBook(file: Uint8Array, cut: number): Promise<boolean> {
  try {
    for await (const item of importCar(chunks(file, cut)))
      if (item.type === 'roots' && item.ids.length > 1e6) return true
    return true
  } catch (error) {
    if (error instanceof FormatError) return false
    throw error
  }
}

async function* chunks(file: Uint8Array, cut: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += cut) yield file.subarray(at, at + cut)
}

/** The first byte says how large the chunks are that the file comes in. */
const car: Target = {
  reads: 'a CAR file',
  seeds: () => vectorBytes('loan-books').map((file) => Uint8Array.of(63, ...file)),
  run: ([cut = 63, ...file]) => readBook(Uint8Array.from(file), cut * 16 + 1),
}

/** Blocks, each after its length in two bytes, put into a file with hashes that fit: what comes after the frame is reached. */
const book: Target = {
  reads: 'the blocks of a loan book',
  seeds: () =>
    ['headers', 'bodies', 'certificates', 'forks', 'branches'].flatMap((file) =>
      vectorBytes(file).map((block) => Uint8Array.of(block.length >> 8, block.length & 255, ...block)),
    ),
  run: (input) => {
    const parts = [frameRoots([sha256(input)])]
    for (let at = 0; at + 2 <= input.length;) {
      const length = (input[at]! << 8) | input[at + 1]!
      const bytes = input.subarray(at + 2, at + 2 + length)
      parts.push(...frameBlock({ hash: sha256(bytes), bytes }))
      at += 2 + length
    }
    return readBook(new Uint8Array(Buffer.concat(parts)), 4_096)
  },
}

const call: Target = {
  reads: 'a message of the transport that operators use from elsewhere',
  seeds: () => [
    encodeWire({ type: 'hello', least: 1, most: 1, windowBytes: 65_536, maxMessageBytes: 65_536 }),
    encodeWire({ type: 'request', id: 1, pattern: 'node.status', metadata: undefined, body: { actor: null } }),
    encodeWire({ type: 'value', id: 1, last: true, body: Uint8Array.of(1, 2, 3) }),
    encodeWire({ type: 'credit', id: 1, bytes: 300 }),
  ],
  run: (input) => taken(() => void decodeWire(input), PeerError),
}

export const streams: Readonly<Record<string, Target>> = { run, message, frames, car, book, call }
