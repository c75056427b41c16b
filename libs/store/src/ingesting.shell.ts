/**
 * Others' records: each run is checked in itself, compared with what is held, and put up for acceptance. What conflicts with
 * a held record at the same place is a fork, and both sides' signatures prove it.
 */
import {
  type CheckedRecord,
  checkRun,
  decodeHeader,
  equalBytes,
  type ForkProof,
  makeFork,
  type Run,
  type SignedChain,
  toText,
} from '#libs/record'
import type { EntityManager } from 'typeorm'
import type { Acceptance } from './acceptance.shell.js'
import { keyOf } from './ingest/lane.js'
import { anchorOf } from './ingest/verify.js'
import type { RefusedRun } from './ingest/verified.js'
import { headsThatCount } from './settling.shell.js'
import { keepInSideTable } from './side-table.shell.js'
import type { LogState } from './log-state.shell.js'
import { foldRecord, type KnownRecord, plainBytes, type RecordBytes } from './stored-record.js'

/** Records that are taken in in one transaction, about. */
const RECORDS_PER_INGEST = 2_000

/** What placing runs found beside what acceptance counts. */
export interface Placed {
  known: number
  forks: ForkProof[]
  /** The authors of records that were put beside their logs. */
  beside: Uint8Array[]
}

/** A run whose hashes, chain and signatures are in order. */
export interface SoundRun {
  author: Uint8Array
  records: KnownRecord[]
}

/** … with the state of its log. */
interface PlacedRun {
  log: LogState
  records: KnownRecord[]
}

/** Checks runs of one network, each in itself. */
export function checkRuns(net: Uint8Array, runs: readonly Run[]): { sound: SoundRun[]; refused: RefusedRun[] } {
  const sound: SoundRun[] = []
  const refused: RefusedRun[] = []
  for (const run of runs) {
    const { author } = run
    const check = checkRun({ ...run, net }, anchorOf(run))
    if (check.ok) sound.push({ author, records: check.records.map(known) })
    else refused.push({ author, reason: check.reason, provable: check.provable })
  }
  return { sound, refused }
}

/** Offers what is new of sound runs to acceptance; records of disputed stretches go to the side table. */
export async function placeRuns(
  manager: EntityManager,
  acceptance: Acceptance,
  net: Uint8Array,
  runs: readonly SoundRun[],
): Promise<Placed> {
  const placed: Placed = { known: 0, forks: [], beside: [] }
  const names = [...new Map(runs.map(({ author }) => [keyOf(author), { net, author }])).values()]
  const logs = await acceptance.load(names)
  const logOf = new Map(logs.map((log) => [keyOf(log.author), log]))
  const sound = runs.map(({ author, records }) => ({ log: logOf.get(keyOf(author))!, records }))
  const heldIds = await loadOverlaps(manager, sound)
  const disputed: KnownRecord[] = []
  for (const { log, records } of sound) {
    const conflict = placeRun(acceptance, log, records, heldIds, placed, disputed)
    if (conflict === null) continue
    const proof = await proveFork(manager, log, records, conflict)
    if (proof) {
      placed.forks.push(proof)
      disputed.push(...records.slice(conflict))
    }
    if (!proof) acceptance.refused.push({ author: log.author, reason: 'fork_below', provable: false })
  }
  placed.beside = [...new Map(disputed.map(({ header: { author } }) => [keyOf(author), author])).values()]
  const kept = await withinLimit(manager, acceptance, net, disputed, placed.beside)
  acceptance.nowHeld(await keepInSideTable(manager, net, kept))
  await acceptance.settle(logs)
  return placed
}

function known({ id, header, headerBytes, signature, body }: CheckedRecord): KnownRecord {
  return { id, header, headerBytes, signature, body, fold: foldRecord(id, header, body) }
}

/** Offers what is new of a run. Returns the index of the first record that conflicts with a held one, or null. */
function placeRun(
  acceptance: Acceptance,
  log: LogState,
  records: readonly KnownRecord[],
  heldIds: ReadonlyMap<string, Uint8Array>,
  placed: Placed,
  disputed: KnownRecord[],
): number | null {
  for (const [index, record] of records.entries()) {
    const { seq } = record.header
    if (log.disputedFrom !== null && seq >= log.disputedFrom) {
      disputed.push(record)
      continue
    }
    const staged = log.staged.get(seq)
    const held = seq < log.length ? heldIds.get(`${log.no} ${seq}`) : staged?.record.id
    if (held && !equalBytes(held, record.id)) return index
    if (!held) acceptance.offer(log, record)
    else if (staged && staged.record.body === null && record.body !== null) acceptance.offer(log, record)
    else placed.known++
  }
  return null
}

/** The ids that are held where runs overlap their logs, by row number of the log and seq. */
async function loadOverlaps(manager: EntityManager, runs: readonly PlacedRun[]): Promise<Map<string, Uint8Array>> {
  const overlaps = runs.filter(({ log, records }) => log.no !== null && records[0]!.header.seq < log.length)
  if (overlaps.length === 0) return new Map()
  const rows: { log: number; seq: number; id: Uint8Array }[] = await manager.query(
    `select r.log, r.seq, r.id from record r join unnest($1::integer[], $2::bigint[], $3::bigint[]) o(log, first, last)
     on r.log = o.log and r.seq between o.first and o.last`,
    [
      overlaps.map(({ log }) => log.no),
      overlaps.map(({ records }) => records[0]!.header.seq),
      overlaps.map(({ records }) => records[records.length - 1]!.header.seq),
    ],
  )
  return new Map(rows.map(({ log, seq, id }) => [`${log} ${seq}`, id]))
}

/** The proof that a run and what is held part at `index`; null when they part further below. */
async function proveFork(
  manager: EntityManager,
  log: LogState,
  records: readonly KnownRecord[],
  index: number,
): Promise<ForkProof | null> {
  const held = await heldChain(manager, log, records[index]!.header.seq)
  const other = chainOf(records.slice(index).map(({ headerBytes: header, signature }) => ({ header, signature })))
  if (!held || !other) return null
  const [one, two] = [decodeHeader(held[0][0]!), records[index]!.header]
  const samePrev = one.prev === null ? two.prev === null : two.prev !== null && equalBytes(one.prev, two.prev)
  return samePrev ? makeFork(held, other) : null
}

/** What is held of a log from a seq on, accepted, then staged, up to the first signature. */
async function heldChain(manager: EntityManager, log: LogState, from: number): Promise<SignedChain | null> {
  const rows: Omit<RecordBytes, 'body'>[] = await manager.query(
    `select header, signature from record where log = $1 and seq >= $2 order by seq limit 64`,
    [log.no, from],
  )
  const staged = [...log.staged.entries()]
    .filter(([seq]) => seq >= Math.max(from, log.length))
    .sort(([a], [b]) => a - b)
  const waiting = staged.map(([, { record }]) => ({ header: record.headerBytes, signature: record.signature }))
  return chainOf([...rows, ...waiting])
}

function chainOf(records: readonly Omit<RecordBytes, 'body'>[]): SignedChain | null {
  const end = records.findIndex(({ signature }) => signature !== null)
  if (end < 0 || end > 63) return null
  const chain = records.slice(0, end + 1)
  return [chain.map(({ header }) => plainBytes(header)), plainBytes(chain[end]!.signature!)]
}

/**
 * The side table is bounded per author like the staging area; what is beyond is refused. What leads to a head that
 * counts always has a place: else who forks could fill the table with one branch, and the other could never become the log.
 */
async function withinLimit(
  manager: EntityManager,
  acceptance: Acceptance,
  net: Uint8Array,
  disputed: readonly KnownRecord[],
  authors: readonly Uint8Array[],
): Promise<KnownRecord[]> {
  if (disputed.length === 0) return []
  const rows: { author: Uint8Array; kept: number }[] = await manager.query(
    `select author, count(*) as kept from suspended where net = $1 and author = any($2::bytea[]) group by author`,
    [net, authors],
  )
  const kept = new Map(rows.map((row) => [toText(row.author), row.kept]))
  const counting = new Set<string>()
  for (const log of await acceptance.load(authors.map((author) => ({ net, author }))))
    for (const { id } of await headsThatCount(manager, log)) counting.add(toText(id))
  const certain = leadingTo(disputed, counting)
  const refused = new Map<string, Uint8Array>()
  const within = disputed.filter(({ fold, header }) => {
    if (certain.has(fold.id)) return true
    const count = (kept.get(fold.author) ?? 0) + 1
    kept.set(fold.author, count)
    if (count > acceptance.limits.perAuthor) refused.set(fold.author, header.author)
    return count <= acceptance.limits.perAuthor
  })
  for (const author of refused.values()) acceptance.refused.push({ author, reason: 'staging_full', provable: false })
  return within
}

/** The ids of those records that are among `ids`, or before one of them in their log. */
function leadingTo(records: readonly KnownRecord[], ids: ReadonlySet<string>): Set<string> {
  const found = new Set(ids)
  for (const { fold, header } of [...records].sort((a, b) => b.header.seq - a.header.seq))
    if (found.has(fold.id) && header.prev) found.add(toText(header.prev))
  return found
}

/** Runs in groups that are taken in together; one empty group when there is none. */
export function* groupsOf(runs: readonly SoundRun[]): Generator<SoundRun[]> {
  if (runs.length === 0) yield []
  let part: SoundRun[] = []
  let records = 0
  for (const run of runs) {
    part.push(run)
    records += run.records.length
    if (records < RECORDS_PER_INGEST) continue
    yield part
    part = []
    records = 0
  }
  if (part.length > 0) yield part
}
