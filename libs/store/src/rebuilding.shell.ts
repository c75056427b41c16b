/** Everything that is derived from records, made anew: concerned subjects, verdicts, digests, projections. */
import type { Rules } from '#libs/fold'
import { compareBytes, sha256, toText } from '#libs/record'
import type { DataSource, EntityManager } from 'typeorm'
import { writeConcerns } from './concerning.shell.js'
import { foldTargets } from './folding.shell.js'
import { lockIndex, lockLogs, lockProjections } from './locks.shell.js'
import type { Digests, RebuildProgress } from './ports.js'
import type { Projector } from './projector.service.js'
import { knownRecord, type RecordBytes } from './stored-record.js'

const RECORDS_PER_PAGE = 2_000
const SUBJECTS_PER_PAGE = 200

/** Rebuilds in one transaction: readers see the old rows until it ends. */
export async function* rebuild(
  database: DataSource,
  rules: Rules,
  projector: Projector,
): AsyncGenerator<RebuildProgress> {
  const runner = database.createQueryRunner()
  try {
    await runner.startTransaction()
    await lockLogs(runner.manager)
    await lockIndex(runner.manager)
    await lockProjections(runner.manager)
    const tables = ['unindexed', 'concern', 'subject', 'void_record', 'dirty_subject', ...projector.tables]
    for (const table of tables) await runner.query(`delete from ${table}`)
    let subjects = 0
    for await (const progress of derive(runner.manager, rules, projector)) {
      if (progress.step === 'subjects') subjects = progress.done
      yield progress
    }
    // What a record concerns is written on it, too.
    await runner.query(
      `update record r set concerns = c.others from (
         select r.id, coalesce(array_agg(c.subject order by c.subject) filter (where c.subject <> r.subject), '{}') as others
         from record r join concern c on c.record = r.id group by r.id) c
       where c.id = r.id and not (r.concerns @> c.others and c.others @> r.concerns)`,
    )
    await runner.commitTransaction()
    yield { done: true, subjects }
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction()
    await runner.release()
  }
}

/** Derives everything inside the caller's transaction, into tables that are empty. */
export async function* derive(
  manager: EntityManager,
  rules: Rules,
  projector: Projector,
): AsyncGenerator<{ step: string; done: number; total: number }> {
  yield* deriveConcerns(manager, rules)
  yield* deriveSubjects(manager, rules, projector)
}

interface PageRow extends RecordBytes {
  net: Uint8Array
  id: Uint8Array
}

async function* deriveConcerns(manager: EntityManager, rules: Rules) {
  const total = await count(manager, 'record')
  let done = 0
  for (let after: Uint8Array = new Uint8Array(); ;) {
    const rows: PageRow[] = await manager.query(
      `select r.id, l.net, r.header, r.body, null as signature from record r join log l on l.no = r.log
       where r.id > $1 order by r.id limit ${RECORDS_PER_PAGE}`,
      [after],
    )
    if (rows.length === 0) return
    const records = rows.map((row) => ({ net: row.net, record: knownRecord(row) }))
    await writeConcerns(manager, rules, records)
    done += rows.length
    yield { step: 'records', done, total }
    after = rows[rows.length - 1]!.id
  }
}

async function* deriveSubjects(manager: EntityManager, rules: Rules, projector: Projector) {
  const total = await count(manager, 'subject')
  let done = 0
  for (const { name: type, rank } of rules.typesByRank()) {
    for (let after: Uint8Array = new Uint8Array(); ;) {
      const rows: { id: Uint8Array; net: Uint8Array }[] = await manager.query(
        `select id, net from subject where type = $1 and id > $2 order by id limit ${SUBJECTS_PER_PAGE}`,
        [type, after],
      )
      if (rows.length === 0) break
      const targets = rows.map(({ id, net }) => ({ subject: toText(id), type, rank, net: toText(net) }))
      const folds = await foldTargets(manager, rules, targets)
      await projector.write(manager, folds.targets)
      done += rows.length
      yield { step: 'subjects', done, total }
      after = rows[rows.length - 1]!.id
    }
  }
  await manager.query(`delete from dirty_subject`)
}

async function count(manager: EntityManager, table: string): Promise<number> {
  const [row]: { count: number }[] = await manager.query(`select count(*) as count from ${table}`)
  return row!.count
}

/** The digests that the last projection of each subject left. */
export async function readDigests(database: DataSource): Promise<Digests> {
  const rows: { id: Uint8Array; type: string; digest: Uint8Array }[] = await database.query(
    `select id, type, digest from subject where digest is not null`,
  )
  rows.sort((a, b) => compareBytes(a.id, b.id) || (a.type < b.type ? -1 : 1))
  const subjects = rows.map(({ id, type, digest }) => ({ subject: toText(id), type, digest: toText(digest) }))
  return { digest: toText(sha256(Buffer.concat(rows.flatMap(({ id, digest }) => [id, digest])))), subjects }
}
