// A run in the form in which it is sent: the bytes of its records one behind the other. It is passed on, cut and joined as
// it is; only whoever judges the records takes them apart.

import { concat } from './bytes.js'
import type { StoredRecord } from './run.js'
import { WireError, WireReader, WireWriter } from './wire.js'

const SIGNED = 1
const WITH_BODY = 2

/** Consecutive records of one author's log, packed. */
export class PackedRun {
  /** `from`: the seq of the first record, as the sender says. `bytes`: `count` records as `writeRecord` writes them. */
  constructor(
    readonly author: Uint8Array,
    readonly from: number,
    readonly count: number,
    readonly bytes: Uint8Array,
  ) {}

  static of(author: Uint8Array, from: number, records: readonly StoredRecord[]): PackedRun {
    const writer = new WireWriter()
    for (const record of records) writeRecord(writer, record)
    return new PackedRun(author, from, records.length, writer.finish())
  }

  /** Reads author, place and records of at most `most`. Throws WireError as WireReader does, and `choice_unknown`. */
  static read(reader: WireReader, most: number): PackedRun {
    const author = reader.fixed(32)
    const from = reader.uint()
    const count = reader.count(most)
    const start = reader.position
    for (let i = 0; i < count; i++) skipRecord(reader)
    return new PackedRun(author, from, count, reader.since(start))
  }

  write(to: WireWriter): void {
    to.fixed(this.author).uint(this.from).uint(this.count).fixed(this.bytes)
  }

  /** The seq after its last record. */
  get end(): number {
    return this.from + this.count
  }

  /** Unpacks it; the bytes of the records are views. */
  get records(): StoredRecord[] {
    const reader = new WireReader(this.bytes)
    return Array.from({ length: this.count }, () => readRecord(reader))
  }

  /** The bytes of the first header. There is one: `count` is not 0. */
  get firstHeader(): Uint8Array {
    return readRecord(new WireReader(this.bytes)).header
  }

  /** The run without what is below a seq. */
  startingAt(seq: number): PackedRun {
    if (seq <= this.from) return this
    if (seq >= this.end) return new PackedRun(this.author, this.end, 0, new Uint8Array())
    const reader = new WireReader(this.bytes)
    for (let at = this.from; at < seq; at++) skipRecord(reader)
    return new PackedRun(this.author, seq, this.end - seq, this.bytes.subarray(reader.position))
  }

  /** One run of several of one log, each of which goes on where the one before ends. */
  static joined(runs: readonly PackedRun[]): PackedRun {
    const [first] = runs
    if (!first || runs.length === 1) return first!
    const count = runs.reduce((sum, run) => sum + run.count, 0)
    return new PackedRun(first.author, first.from, count, concat(...runs.map(({ bytes }) => bytes)))
  }
}

/** A record: bit 0 signed, bit 1 with body; the header, the signature, the body. */
export function writeRecord(to: WireWriter, { header, signature, body }: StoredRecord): void {
  to.uint((signature ? SIGNED : 0) + (body ? WITH_BODY : 0)).block(header)
  if (signature) to.fixed(signature)
  if (body) to.block(body)
}

/** Reads what `writeRecord` wrote, as views. Throws WireError. */
export function readRecord(from: WireReader): StoredRecord {
  const parts = partsOf(from)
  const header = from.block()
  const signature = parts & SIGNED ? from.fixed(64) : null
  return { header, signature, body: parts & WITH_BODY ? from.block() : null }
}

function skipRecord(from: WireReader): void {
  const parts = partsOf(from)
  from.skip(from.uint())
  if (parts & SIGNED) from.skip(64)
  if (parts & WITH_BODY) from.skip(from.uint())
}

function partsOf(from: WireReader): number {
  const parts = from.uint()
  if (parts > (SIGNED | WITH_BODY)) throw new WireError('choice_unknown')
  return parts
}
