/**
 * Indexing what was accepted in bulk: which subjects the records concern, and which folds that makes dirty. It follows
 * acceptance in transactions of its own; until it has come to a record, its row stands in `unindexed`, and whoever folds or
 * judges waits for it.
 */
import type { Rules } from '#libs/fold'
import type { EntityManager } from 'typeorm'
import { markDirty } from './accepted-rows.shell.js'
import { type RecordOfNetwork, writeConcerns } from './concerning.shell.js'
import { lockIndex } from './locks.shell.js'
import { knownRecordOf, plainBytes, type RecordBytes } from './stored-record.js'

/** A stretch of a log. */
export interface Stretch {
  log: number
  first: number
  last: number
}

/** Stretches that are looked at in one pass. */
const STRETCHES = 1_000

/** Notes records that are accepted, and not indexed, in the transaction that accepts them. */
export async function noteUnindexed(manager: EntityManager, stretches: readonly Stretch[]): Promise<void> {
  await manager.query(
    `insert into unindexed (log, first, last) select * from unnest($1::integer[], $2::bigint[], $3::bigint[])`,
    [stretches.map(({ log }) => log), stretches.map(({ first }) => first), stretches.map(({ last }) => last)],
  )
}

/** How many records are not indexed. */
export async function countUnindexed(manager: EntityManager): Promise<number> {
  const [row]: { count: number }[] = await manager.query(
    `select coalesce(sum(last - first + 1), 0)::bigint as count from unindexed`,
  )
  return row!.count
}

/** Indexes all that is left, inside a transaction that is about to fold or to take records back. */
export async function indexRest(manager: EntityManager, rules: Rules): Promise<void> {
  const some: unknown[] = await manager.query(`select 1 from unindexed limit 1`)
  if (some.length === 0) return
  await lockIndex(manager)
  while ((await indexSome(manager, rules, 4_000)) > 0);
}

/** Indexes about so many records, the oldest first; the caller holds the lock. Returns how many those were. */
export async function indexSome(manager: EntityManager, rules: Rules, most: number): Promise<number> {
  const waiting: (Stretch & { no: number })[] = await manager.query(
    `select no, log, first, last from unindexed order by no limit ${STRETCHES}`,
  )
  const now: (Stretch & { no: number })[] = []
  let count = 0
  for (const stretch of waiting) {
    if (count >= most) break
    const last = Math.min(stretch.last, stretch.first + (most - count) - 1)
    now.push({ ...stretch, last })
    count += last - stretch.first + 1
  }
  if (now.length === 0) return 0
  const records = await readStretches(manager, now)
  const subjects = await writeConcerns(manager, rules, records)
  await writeOnRecords(manager, records, subjects)
  await markDirty(manager, subjects.flat())
  await manager.query(
    `with done as (delete from unindexed u using unnest($1::bigint[], $2::bigint[]) d(no, last)
       where u.no = d.no and u.last = d.last)
     update unindexed u set first = d.last + 1 from unnest($1::bigint[], $2::bigint[]) d(no, last)
       where u.no = d.no and u.last > d.last`,
    [now.map(({ no }) => no), now.map(({ last }) => last)],
  )
  return count
}

async function readStretches(manager: EntityManager, stretches: readonly Stretch[]): Promise<RecordOfNetwork[]> {
  const rows: (RecordBytes & { id: Uint8Array; net: Uint8Array })[] = await manager.query(
    `select r.id, l.net, r.header, r.body, null as signature
     from unnest($1::integer[], $2::bigint[], $3::bigint[]) s(log, first, last)
     join record r on r.log = s.log and r.seq between s.first and s.last join log l on l.no = s.log`,
    [stretches.map(({ log }) => log), stretches.map(({ first }) => first), stretches.map(({ last }) => last)],
  )
  return rows.map((row) => ({ net: plainBytes(row.net), record: knownRecordOf(plainBytes(row.id), row) }))
}

/** What a record concerns beside its own subject is written on it, too; for most that is nothing. */
async function writeOnRecords(
  manager: EntityManager,
  records: readonly RecordOfNetwork[],
  subjects: readonly Uint8Array[][],
): Promise<void> {
  const others = records.flatMap(({ record }, index) =>
    subjects[index]!.slice(1).map((subject) => ({ id: record.id, subject })),
  )
  if (others.length === 0) return
  await manager.query(
    `update record r set concerns = c.others from (
       select id, array_agg(subject) as others from unnest($1::bytea[], $2::bytea[]) o(id, subject) group by id) c
     where r.id = c.id`,
    [others.map(({ id }) => id), others.map(({ subject }) => subject)],
  )
}
