/** The logs that one transaction touches: where each stands, and what of it is staged. */
import { type Entry, toText } from '#libs/record'
import type { EntityManager } from 'typeorm'
import { type KnownRecord, knownRecord, plainBytes, type RecordBytes } from './stored-record.js'

/** A log is (network, author). */
export interface LogName {
  net: Uint8Array
  author: Uint8Array
}

/** What a log's next record waits for. `admission`: for the member.admitted that refs it; `body`: for its public body. */
export type Block = { missing: Uint8Array } | { untilMs: number } | { admission: true } | { body: true }

/** A staged record; `stored` when its row was there before this transaction. */
export interface StagedRecord {
  record: KnownRecord
  stored: boolean
}

/** Where a log stands in this transaction. */
export class LogState implements LogName {
  /** Row number; null until the log is first written. */
  no: number | null = null
  length = 0
  head: Uint8Array | null = null
  headAt = 0
  certifiedLength = 0
  /** Records from this seq on are suspended; null when there is no unsettled fork. */
  disputedFrom: number | null = null
  forked = false
  /** Its identity writes elsewhere, or nowhere: another key continues the log, or this node closed it. */
  endsHere = false
  /** Its identity was removed from the network. */
  isRemoved = false
  /** A certificate is held for a record that is not accepted yet. */
  awaitsCertified = false
  readonly staged = new Map<number, StagedRecord>()
  block: Block | null = null
  /** Whether rows of this log are in `waiting`, and which rows in `staged` are to go. */
  waits = false
  readonly unstaged: number[] = []
  grew = false

  constructor(
    readonly net: Uint8Array,
    readonly author: Uint8Array,
  ) {}

  /** Drops what is staged from a seq on. */
  drop(from: number): void {
    for (const [seq, { stored }] of this.staged) {
      if (seq < from) continue
      this.staged.delete(seq)
      if (stored) this.unstaged.push(seq)
    }
  }

  entry(): Entry | null {
    if (this.head === null) return null
    const { author, length, head, certifiedLength, forked } = this
    return { author, length, head, finalLength: Math.min(certifiedLength, length), forked }
  }
}

/** The key of a log in maps. */
export const logKey = ({ net, author }: LogName): string => toText(net) + toText(author)

interface LogRow extends LogName {
  no: number | null
  length: number
  head: Uint8Array | null
  head_at: number
  certified_length: number
  disputed_from: number | null
  forked: boolean
  awaits_certified: boolean
  has_staged: boolean
  ends_here: boolean
  is_removed: boolean
}

interface StagedRow extends LogName, RecordBytes {
  seq: number
}

/** Loads logs with what is staged of them; those without a row stand at the beginning. */
export async function loadLogs(manager: EntityManager, names: readonly LogName[]): Promise<LogState[]> {
  const logs = new Map(names.map((name) => [logKey(name), new LogState(plainBytes(name.net), plainBytes(name.author))]))
  const rows: LogRow[] = await manager.query(
    `select n.net, n.author, l.no, l.length, l.head, l.head_at, l.certified_length, l.disputed_from, l.forked,
       exists (
         select 1 from certificate_apart c
         where c.net = n.net and c.author = n.author and c.seq >= coalesce(l.length, 0))
         as awaits_certified,
       exists (select 1 from staged s where s.net = n.net and s.author = n.author) as has_staged,
       exists (select 1 from continuation c where c.net = n.net and c.old = n.author)
         or exists (select 1 from closed_log x where x.net = n.net and x.author = n.author) as ends_here,
       exists (select 1 from removal x where x.log = l.no) as is_removed
     from unnest($1::bytea[], $2::bytea[]) n(net, author) left join log l on l.net = n.net and l.author = n.author`,
    [names.map(({ net }) => net), names.map(({ author }) => author)],
  )
  for (const row of rows) {
    const log = logs.get(logKey(row))!
    log.awaitsCertified = row.awaits_certified
    log.waits = row.has_staged
    log.endsHere = row.ends_here
    log.isRemoved = row.is_removed
    if (row.no === null) continue
    log.no = row.no
    log.length = row.length
    log.head = row.head && plainBytes(row.head)
    log.headAt = row.head_at
    log.certifiedLength = row.certified_length
    log.disputedFrom = row.disputed_from
    log.forked = row.forked
  }
  await loadStaged(manager, logs)
  return [...logs.values()]
}

async function loadStaged(manager: EntityManager, logs: ReadonlyMap<string, LogState>): Promise<void> {
  const waiting = [...logs.values()].filter(({ waits }) => waits)
  if (waiting.length === 0) return
  const rows: StagedRow[] = await manager.query(
    `select s.* from staged s join unnest($1::bytea[], $2::bytea[]) n(net, author)
     on s.net = n.net and s.author = n.author`,
    [waiting.map(({ net }) => net), waiting.map(({ author }) => author)],
  )
  for (const row of rows) logs.get(logKey(row))!.staged.set(row.seq, { record: knownRecord(row), stored: true })
}
