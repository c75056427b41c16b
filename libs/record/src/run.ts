// A run: consecutive records of one log, as sent, stored or exported. It costs one hash per record and one signature
// check at its end. This is the hottest path of a node that catches up.

import { sha256 } from '#primitives'
import { checkPublicBody, MAX_BODY_BYTES } from './body.js'
import { type Bytes, equalBytes } from './bytes.js'
import { FormatError } from './format-error.js'
import { decodeHeader, type Header, isGenesis, recordId } from './header.js'
import { verifyHeader } from './signature.js'

/** A record as stored, sent and exported. Between signed records the signature may be dropped. */
export interface StoredRecord {
  header: Uint8Array
  signature: Uint8Array | null
  body: Uint8Array | null
}

/** Consecutive records of the log (net, author), ascending by seq. */
export interface Run {
  net: Uint8Array
  author: Uint8Array
  records: StoredRecord[]
}

/** Where a log stands before a run: its last record, and how many records at its end carry no signature (default 0). */
export interface LogPosition {
  seq: number
  id: Uint8Array
  at: number
  sinceSigned?: number
}

/** A record whose place in its log, body hash and authenticity are checked. */
export interface CheckedRecord {
  id: Uint8Array
  header: Header
  headerBytes: Uint8Array
  signature: Uint8Array | null
  body: Uint8Array | null
}

/**
 * `index` is the first record at fault. `provable`: an honest sender can't have sent this; otherwise a newer version,
 * a fork or a misunderstood range explains it too.
 */
export type RunCheck =
  { ok: true; records: CheckedRecord[] } | { ok: false; reason: string; index: number; provable: boolean }

/** At most this many records without a signature in a row. */
export const MAX_UNSIGNED = 63

/**
 * Checks a run that continues a log after a position, or from seq 0: every header, hash, the chain, limits, every
 * signature that it carries, and the hash of every body that it carries. A public body block must be strict and
 * `[salt, map]`; a private one is not read (malformed ones are void for those who read them, not refused).
 * A reference to an own record is found when that is in the run or the position; for older ones the caller compares
 * with its log.
 *
 * Reasons: those of `decodeHeader` and `decodeBody`, `run_empty`, `author_mismatch`, `net_mismatch`, `seq_unexpected`,
 * `prev_mismatch`, `at_backwards`, `ref_own_record`, `body_hash`, `signature_invalid`, `too_many_unsigned`,
 * `end_unsigned`.
 */
export function checkRun(run: Run, after: LogPosition | undefined): RunCheck {
  if (run.records.length === 0) return { ok: false, reason: 'run_empty', index: 0, provable: false }
  const records: CheckedRecord[] = []
  const own = new OwnIds(records)
  let unsigned = after?.sinceSigned ?? 0
  let index = 0
  try {
    for (; index < run.records.length; index++) {
      const record = checkRecord(run, index, own, after)
      unsigned = record.signature === null ? unsigned + 1 : 0
      if (unsigned > MAX_UNSIGNED) throw new FormatError('too_many_unsigned')
      records.push(record)
    }
    index--
    if (unsigned > 0) throw new FormatError('end_unsigned')
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return { ok: false, reason: error.reason, index, provable: isProvable(error.reason, index) }
  }
  return { ok: true, records }
}

/**
 * The records without the signatures that a run can do without: the last one stays, and so many others that no more
 * than 63 in a row have none (`sinceSigned` more precede the first). A receiver checks every signature that it is sent,
 * so a sender drops what proves nothing more.
 */
export function thinSignatures(records: readonly StoredRecord[], sinceSigned = 0): StoredRecord[] {
  let next = records.length
  let kept = -1 - sinceSigned
  const nextSigned = records.map(() => 0)
  for (let index = records.length - 1; index >= 0; index--) {
    nextSigned[index] = next
    if (records[index]!.signature !== null) next = index
  }
  return records.map((record, index) => {
    if (record.signature === null) return record
    const isNeeded = nextSigned[index] === records.length || nextSigned[index]! - kept > MAX_UNSIGNED + 1
    if (!isNeeded) return { ...record, signature: null }
    kept = index
    return record
  })
}

function checkRecord(run: Run, index: number, own: OwnIds, after: LogPosition | undefined): CheckedRecord {
  const { header: headerBytes, signature, body } = run.records[index]!
  const header = decodeHeader(headerBytes)
  const id = recordId(headerBytes)
  checkPlace(header, id, run, own, after)
  if (body !== null) checkBody(header, body)
  if (signature !== null && !verifyHeader(signature, headerBytes, run.author))
    throw new FormatError('signature_invalid')
  return { id, header, headerBytes, signature, body }
}

/** What the log up to here shows about a header. */
function checkPlace(header: Header, id: Bytes, run: LogName, own: OwnIds, after: LogPosition | undefined): void {
  if (!equalBytes(header.author, run.author)) throw new FormatError('author_mismatch')
  if (!equalBytes(isGenesis(header) ? id : header.net, run.net)) throw new FormatError('net_mismatch')
  const { last } = own
  const before = last ? { seq: last.header.seq, id: last.id, at: last.header.at } : after
  if (header.seq !== (before ? before.seq + 1 : 0)) throw new FormatError('seq_unexpected')
  if (before) {
    if (!equalBytes(header.prev!, before.id)) throw new FormatError('prev_mismatch')
    if (header.at < before.at) throw new FormatError('at_backwards')
  }
  for (const ref of header.refs) {
    if (own.has(ref) || (after && equalBytes(after.id, ref))) throw new FormatError('ref_own_record')
  }
}

interface LogName {
  net: Uint8Array
  author: Uint8Array
}

interface Placed {
  id: Uint8Array
  header: Header
}

/** The records of a run so far. A long run with references asks often, so ids are looked up by their first 48 bits. */
class OwnIds {
  private readonly beginnings = new Set<number>()
  private read = 0

  constructor(private readonly records: readonly Placed[]) {}

  get last(): Placed | undefined {
    return this.records[this.records.length - 1]
  }

  has(id: Bytes): boolean {
    for (; this.read < this.records.length; this.read++) this.beginnings.add(beginning(this.records[this.read]!.id))
    return this.beginnings.has(beginning(id)) && this.records.some((own) => equalBytes(own.id, id))
  }
}

const beginning = (id: Bytes): number =>
  ((id[0]! << 16) | (id[1]! << 8) | id[2]!) * 0x100_0000 + ((id[3]! << 16) | (id[4]! << 8) | id[5]!)

function checkBody(header: Header, block: Bytes): void {
  if (block.length > MAX_BODY_BYTES) throw new FormatError('body_oversize')
  if (!equalBytes(sha256(block), header.body)) throw new FormatError('body_hash')
  if (header.vis === 0) checkPublicBody(block)
}

/** Another version, or a first record that fits elsewhere, is no breach: the sender may be newer or hold a fork. */
function isProvable(reason: string, index: number): boolean {
  if (reason === 'version_unknown') return false
  return !(index === 0 && (reason === 'seq_unexpected' || reason === 'prev_mismatch'))
}

/**
 * The chain of a fork proof or a branch: 1 to 64 headers of one log, consecutive, the last one signed. Returns them,
 * or throws FormatError with the names of `checkRun`, or `chain_length`.
 */
export function checkChain(headers: Bytes[], signature: Bytes, net: Bytes): Placed[] {
  if (headers.length === 0 || headers.length > MAX_UNSIGNED + 1) throw new FormatError('chain_length')
  const first = decodeHeader(headers[0]!)
  const before = first.prev === null ? undefined : { seq: first.seq - 1, id: first.prev, at: 0 }
  const log = { net, author: first.author }
  const placed: Placed[] = []
  const own = new OwnIds(placed)
  for (const headerBytes of headers) {
    const header = decodeHeader(headerBytes)
    const id = recordId(headerBytes)
    checkPlace(header, id, log, own, before)
    placed.push({ id, header })
  }
  if (!verifyHeader(signature, headers[headers.length - 1]!, first.author)) throw new FormatError('signature_invalid')
  return placed
}
