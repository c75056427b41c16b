/**
 * Verifies runs as they came over the wire: layout, hashes, chain and signatures of each, in itself. What is in order comes
 * back as ready rows and a summary, so that whoever accepts it never takes a record apart.
 */
import {
  type CheckedRecord,
  checkRun,
  decodeHeader,
  equalBytes,
  FormatError,
  type Header,
  type LogPosition,
  type PackedRun,
  PRIVATE_KIND,
  type Run,
  thinSignatures,
} from '#libs/record'
import { ADMISSION, FOUNDING, NEWCOMER as FIRST } from '../admission.js'
import { BinaryWriter } from '../copy-format.js'
import { keyOf } from './lane.js'
import {
  ADMITS,
  FOUNDS,
  NEWCOMER,
  OF_NETWORK,
  type RefusedRun,
  SIGNED,
  SPECIAL,
  type VerifiedBatch,
  type VerifiedRun,
} from './verified.js'

/** Checks every run of a network in itself; how it fits its log is for acceptance to see. */
export function verifyRuns(net: Uint8Array, runs: readonly PackedRun[]): VerifiedBatch {
  const summary = new Summary()
  const sound: VerifiedRun[] = []
  const refused: RefusedRun[] = []
  for (const { author, records } of runs) {
    const run = { net, author, records }
    const check = checkRun(run, anchorOf(run))
    if (check.ok) sound.push(summary.add(author, check.records))
    else refused.push({ author, reason: check.reason, provable: check.provable })
  }
  return { verified: summary.finish(), runs: sound, refused }
}

/** A run is checked from its own first record on. */
export function anchorOf({ records }: Run): LogPosition | undefined {
  if (records.length === 0) return undefined
  try {
    const { seq, prev } = decodeHeader(records[0]!.header)
    return prev === null ? undefined : { seq: seq - 1, id: prev, at: 0 }
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

class Summary {
  private readonly ids: Uint8Array[] = []
  private readonly ats: number[] = []
  private readonly flags: number[] = []
  private readonly rowEnds: number[] = []
  private readonly nameOf: number[] = []
  private readonly names: Uint8Array[] = []
  private readonly nameIsRef: number[] = []
  private readonly rows = new BinaryWriter()

  add(author: Uint8Array, records: readonly CheckedRecord[]): VerifiedRun {
    const first = this.ids.length
    const firstName = this.names.length
    const [subjects, refs] = [new Set<string>(), new Set<string>()]
    const stored = thinSignatures(
      records.map(({ headerBytes: header, signature, body }) => ({ header, signature, body })),
    )
    for (const [index, record] of records.entries()) {
      const { id, header } = record
      const { signature } = stored[index]!
      if (header.subj !== null) this.name(header.subj, 0, subjects)
      for (const ref of header.refs) this.name(ref, 1, refs)
      subjects.add(keyOf(id))
      this.ids.push(id)
      this.ats.push(header.at)
      this.flags.push((signature ? SIGNED : 0) | flagsOf(header, record.body))
      writeRow(this.rows, record, signature)
      this.rowEnds.push(this.rows.length)
    }
    const { seq, prev } = records[0]!.header
    const names = this.names.length - firstName
    return {
      author: author.slice(),
      from: seq,
      count: records.length,
      prev: prev && prev.slice(),
      first,
      firstName,
      names,
    }
  }

  /** Notes a name that is not noted yet. An own record that is in the run may be a subject; in `refs` it was refused. */
  private name(id: Uint8Array, isRef: 0 | 1, named: Set<string>): void {
    const key = keyOf(id)
    if (named.has(key)) return
    named.add(key)
    this.nameOf.push(this.ids.length)
    this.names.push(id)
    this.nameIsRef.push(isRef)
  }

  finish(): VerifiedBatch['verified'] {
    return {
      ids: joined(this.ids),
      ats: Float64Array.from(this.ats),
      flags: Uint8Array.from(this.flags),
      rows: this.rows.take(),
      rowEnds: Uint32Array.from(this.rowEnds),
      nameOf: Uint32Array.from(this.nameOf),
      names: joined(this.names),
      nameIsRef: Uint8Array.from(this.nameIsRef),
    }
  }
}

function joined(ids: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(ids.length * 32)
  ids.forEach((id, index) => bytes.set(id, index * 32))
  return bytes
}

function flagsOf({ net, seq, kind, vis, subj, refs }: Header, body: Uint8Array | null): number {
  if (vis === 0 && body === null) return SPECIAL
  if (seq === 0) {
    if (vis !== 0 || subj !== null || refs.length > 0) return SPECIAL
    return kind === FOUNDING ? FOUNDS | OF_NETWORK : kind === FIRST ? NEWCOMER : SPECIAL
  }
  const isOfNetwork = subj !== null && equalBytes(subj, net)
  if (kind === ADMISSION) return isOfNetwork && vis === 0 && refs.length === 1 ? ADMITS | OF_NETWORK : SPECIAL
  return isOfNetwork || refs.some((ref) => equalBytes(ref, net)) ? OF_NETWORK : 0
}

/** A row of `record` without its log's number, which verification does not know; it concerns its own subject only, so far. */
function writeRow(
  to: BinaryWriter,
  { id, header, headerBytes, body }: CheckedRecord,
  signature: Uint8Array | null,
): void {
  const { seq, at, kind, vis, subj, refs } = header
  to.int16(13)
  to.block(id)
  to.int32(4)
  to.int32(0)
  to.int32(8)
  to.int64(seq)
  to.int32(8)
  to.int64(at)
  to.ascii(kind)
  to.int32(2)
  to.int16(vis)
  to.block(subj ?? id)
  to.blocks([])
  to.blocks(refs)
  to.int32(1)
  to.int8(0)
  to.block(headerBytes)
  to.optional(signature)
  // Who may read it asks for it (private.bodies); nobody else keeps what a peer should not have sent.
  to.optional(kind === PRIVATE_KIND ? null : body)
}

/** Where the number of the log stands in a row that `writeRow` wrote; and which cell its header is, before signature and body. */
export const LOG_NUMBER_AT = 2 + 4 + 32 + 4
export const HEADER_CELL = 10
