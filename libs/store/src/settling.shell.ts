/**
 * How a forked log goes on: a certificate at or above the fork, a settlement by the steward or a continuation names a head, and
 * the branch that leads to it becomes the log. Whichever came first, the head or its branch: it is looked for again whenever
 * the other comes.
 */
import type { EntityManager } from 'typeorm'
import type { Acceptance } from './acceptance.shell.js'
import { markDirty } from './accepted-rows.shell.js'
import type { LogState } from './log-state.shell.js'
import { suspendAnew } from './side-table.shell.js'
import { type KnownRecord, knownRecord, type RecordBytes } from './stored-record.js'

/** A head that counts: the record at `seq` of a log is `id`. */
export interface SettledHead {
  seq: number
  id: Uint8Array
}

/**
 * Settles a disputed log by every head that is known to count, the highest first, as far as its branch is held. Writes the
 * acceptance. Returns the marks of `dirty_subject`; none when nothing settles it yet.
 */
export async function settleLog(
  manager: EntityManager,
  acceptance: Acceptance,
  net: Uint8Array,
  author: Uint8Array,
): Promise<number[]> {
  const marks: number[] = []
  for (;;) {
    const [log] = await acceptance.load([{ net, author }])
    if (!log || log.disputedFrom === null) return marks
    const settled = await settleBy(manager, acceptance, log, await headsThatCount(manager, log))
    if (settled === null) return marks
    marks.push(...settled)
  }
}

/** Heads at or above the lowest unsettled fork: certified ones, then those that the steward or a continuation names. */
export async function headsThatCount(
  manager: EntityManager,
  { net, author, disputedFrom }: LogState,
): Promise<SettledHead[]> {
  return manager.query(
    `select seq, id from (
       select 0 as rank, seq, id from certificate_apart where net = $1 and author = $2 and seq >= $3
       union all select 1, after_seq, after_id from continuation
         where net = $1 and old = $2 and after_seq >= $3 and in_effect
       union all select 2, seq, id from settlement where net = $1 and author = $2 and seq >= $3) heads
     order by rank, seq desc, id`,
    [net, author, disputedFrom],
  )
}

/** Tries one head after the other; null when the branch of none is held. */
async function settleBy(
  manager: EntityManager,
  acceptance: Acceptance,
  log: LogState,
  heads: readonly SettledHead[],
): Promise<number[] | null> {
  if (heads.length === 0) return null
  const side = await sideOf(manager, log.net, log.author)
  for (const head of heads) {
    const branch = branchOf(side, head.id, log)
    if (branch !== null) return goOn(manager, acceptance, log, head, branch)
  }
  return null
}

/** Makes a branch the log, up to the next unsettled fork. */
async function goOn(
  manager: EntityManager,
  acceptance: Acceptance,
  log: LogState,
  { seq }: SettledHead,
  branch: readonly KnownRecord[],
): Promise<number[]> {
  const { net, author } = log
  await manager.query(`update fork set settled = true where net = $1 and author = $2 and seq <= $3`, [net, author, seq])
  const [next]: { seq: number | null }[] = await manager.query(
    `select min(seq) as seq from fork where net = $1 and author = $2 and not settled`,
    [net, author],
  )
  log.disputedFrom = next!.seq
  await manager.query(`update log set disputed_from = $2 where no = $1`, [log.no, log.disputedFrom])
  const back = branch.filter(({ header }) => log.disputedFrom === null || header.seq < log.disputedFrom)
  await manager.query(`delete from suspended where id = any($1::bytea[])`, [back.map((record) => record.id)])
  const touched = await suspendAnew(manager)
  for (const record of back) acceptance.offer(log, record)
  await acceptance.settle([log])
  await acceptance.write()
  return markDirty(manager, touched)
}

/** All that is held beside one log. */
export async function sideOf(manager: EntityManager, net: Uint8Array, author: Uint8Array): Promise<KnownRecord[]> {
  const rows: RecordBytes[] = await manager.query(
    `select header, signature, body from suspended where net = $1 and author = $2`,
    [net, author],
  )
  return rows.map(knownRecord)
}

/** The records of the side table that lead from a log's head to `id`, and what follows it; null when some are missing. */
function branchOf(side: readonly KnownRecord[], id: Uint8Array, log: LogState): KnownRecord[] | null {
  const branch = chainTo(side, id)
  const [first] = branch
  if (!first || first.header.seq !== log.length) return null
  const { prev } = first.header
  const fits = prev === null ? log.head === null : log.head !== null && hex(prev) === hex(log.head)
  if (!fits) return null
  const byPrev = new Map(side.map((record) => [record.header.prev && hex(record.header.prev), record]))
  for (let last = branch.at(-1)!, next = byPrev.get(hex(last.id)); next; next = byPrev.get(hex(last.id)))
    branch.push((last = next))
  return branch
}

/** The records of a side table that lead to one of them, as far down as they are held; none when it is not held itself. */
export function chainTo(side: readonly KnownRecord[], id: Uint8Array): KnownRecord[] {
  const byId = new Map(side.map((record) => [hex(record.id), record]))
  const chain: KnownRecord[] = []
  for (
    let record = byId.get(hex(id));
    record;
    record = record.header.prev ? byId.get(hex(record.header.prev)) : undefined
  )
    chain.unshift(record)
  return chain
}

/** Whether a record stands on the way to another of its log: both accepted, or in the side table with what leads there. */
export async function leadsTo(
  manager: EntityManager,
  net: Uint8Array,
  author: Uint8Array,
  from: SettledHead,
  to: Uint8Array,
): Promise<boolean> {
  const accepted: { seq: number; id: Uint8Array }[] = await manager.query(
    `select r.seq, r.id from record r join log l on l.no = r.log
     where l.net = $1 and l.author = $2 and (r.seq = $3 or r.id = $4)`,
    [net, author, from.seq, to],
  )
  const isAccepted = accepted.some(({ seq, id }) => seq === from.seq && hex(id) === hex(from.id))
  const head = accepted.find(({ id }) => hex(id) === hex(to))
  if (head) return isAccepted && from.seq <= head.seq
  const chain = chainTo(await sideOf(manager, net, author), to)
  const [first] = chain
  if (!first) return false
  if (from.seq >= first.header.seq) return chain.some(({ id }) => hex(id) === hex(from.id))
  const before: unknown[] = await manager.query(`select 1 from record where id = $1`, [first.header.prev])
  return isAccepted && before.length > 0
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
