import * as record from '#libs/record'
import {
  type BookPart,
  concat,
  encode,
  encodeBody,
  exportCar,
  FormatError,
  importCar,
  makeFork,
  recordId,
  sha256,
} from '#libs/record'
import { inChunks, itemToJson } from '../check.js'
import { certificateOf } from './witnesses.js'
import { extendLog, fill, hex, makeGenesisLog, makeLog, rawHeader, recordsOf, unhex } from './sample.js'

/** The items of a CAR file, or the reason for which it is refused. */
async function readBook(car: Uint8Array): Promise<{ items: unknown[] } | { reason: string }> {
  const items: unknown[] = []
  try {
    for await (const item of importCar(inChunks(car))) items.push(itemToJson(record, item))
    return { items }
  } catch (error) {
    if (error instanceof FormatError) return { reason: error.reason }
    throw error
  }
}

async function carOf(roots: Uint8Array[], parts: BookPart[]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of exportCar(roots, parts)) chunks.push(chunk)
  return concat(...chunks)
}

const genesis = makeGenesisLog(1, 2)
const trunk = makeLog(2, 2, () => ({ net: genesis.net }))
const inNet = { ...trunk, net: genesis.net }
const left = extendLog(inNet, 2, 1)
const right = extendLog(inNet, 2, 1, () => ({ at: 1_800_000_000_000 }))
const head = (headers: Uint8Array[]) => recordId(headers[headers.length - 1]!)

export async function loanBooks(): Promise<unknown> {
  const body = encodeBody(fill(0x5a, 16), {})
  const first = { ...genesis, records: recordsOf(genesis, 0, 2) }
  const second = {
    ...inNet,
    records: recordsOf(
      inNet,
      0,
      2,
      (seq) => seq === 1,
      (seq) => (seq === 0 ? null : body),
    ),
  }
  const roots = [head(genesis.headers), head(inNet.headers)]
  const fork = makeFork([[left.headers[2]!], left.signatures[2]!], [[right.headers[2]!], right.signatures[2]!])
  const branch = { type: 'branch' as const, headers: [right.headers[2]!], signature: right.signatures[2]! }
  const simple = await carOf(roots, [first, second])
  const cars: [string, Uint8Array][] = [
    ['a network of its genesis alone', await carOf([genesis.net], [{ ...genesis, records: recordsOf(genesis, 0, 1) }])],
    ['two logs', simple],
    [
      'two logs, a certificate, a fork and a branch',
      await carOf(roots, [first, second, certificateOf(), fork, branch]),
    ],
    ['no logs', await carOf([], [])],
    ['a block of unknown type, skipped', concat(simple, block(encode({ type: 'weather' })))],
    ['a header of another version, skipped', concat(simple, block(rawHeader({ v: 2 })))],
    ['nothing', new Uint8Array()],
    ['cut off within the header', simple.slice(0, 20)],
    ['cut off within a block', simple.slice(0, -1)],
    ['a flipped bit in a block', simple.map((byte, i) => (i === simple.length - 1 ? byte ^ 1 : byte))],
    ['a block with another codec', concat(simple, block(encode([]), '01711220'))],
    ['a block with another hash function', concat(simple, block(encode([]), '01551320'))],
    ['a block shorter than a CID', concat(simple, Uint8Array.of(3, 1, 0x55, 0x12))],
    ['a length not shortest', concat(simple, unhex('a500'), block(encode([])).slice(1))],
    ['a block of more than 1 MiB', concat(simple, unhex('a5808001'), fill(0, 10))],
    [
      'roots in descending order',
      withRoots(
        [...roots].sort((a, b) => (hex(a) < hex(b) ? 1 : -1)),
        simple,
        roots,
      ),
    ],
    ['version 2 of CAR', simple.map((byte, i) => (i === endOfHeader(simple) - 1 ? 2 : byte))],
    ['signatures in descending order', concat(simple, block(unsortedSignatures()))],
    ['no signatures in their block', concat(simple, block(encode({ type: 'signatures', items: [] })))],
    ['a block that is an integer', concat(simple, block(encode(1)))],
    ['a map without a type', concat(simple, block(encode({ kind: 'x' })))],
    ['a header that breaks a rule', concat(simple, block(rawHeader({ kind: 'x' })))],
    ['a certificate without its keys', concat(simple, block(encode({ type: 'certificate' })))],
  ]
  const read = await Promise.all(cars.map(async ([name, car]) => ({ name, hex: hex(car), ...(await readBook(car)) })))
  return {
    about:
      'Loan books: CAR v1 files and what is in them, block by block, or the reason for which a reader refuses. Chains and signatures are not looked at here.',
    valid: read.filter((item) => 'items' in item),
    invalid: read.filter((item) => 'reason' in item),
  }
}

function block(bytes: Uint8Array, prefix = '01551220'): Uint8Array {
  if (bytes.length + 36 > 16_383) throw new Error('longer than a varint of two bytes')
  const length = bytes.length + 36
  const varint = length < 128 ? [length] : [(length % 128) | 128, length >> 7]
  return concat(Uint8Array.from(varint), unhex(prefix), sha256(bytes), bytes)
}

/** A CAR header of less than 128 bytes has its length in the first byte. */
function endOfHeader(car: Uint8Array): number {
  return car[0]! < 128 ? 1 + car[0]! : 2 + (car[0]! % 128) + car[1]! * 128
}

function withRoots(unsorted: Uint8Array[], car: Uint8Array, roots: Uint8Array[]): Uint8Array {
  const link = (id: Uint8Array) => `d82a58250001551220${hex(id)}`
  const sorted = [...roots].sort((a, b) => (hex(a) < hex(b) ? -1 : 1))
  const changed = hex(car).replace(sorted.map(link).join(''), unsorted.map(link).join(''))
  return unhex(changed)
}

function unsortedSignatures(): Uint8Array {
  const items = [left, right].map((log) => [recordId(log.headers[2]!), log.signatures[2]!])
  items.sort(([a], [b]) => (hex(a!) < hex(b!) ? 1 : -1))
  return encode({ type: 'signatures', items })
}
