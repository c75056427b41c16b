/**
 * Checks all that is stored against itself: every hash, signature and chain; every fold against its digest and verdicts;
 * every row of every projection against one made anew. What other parts know to check follows.
 */
import { digestOf, type Rules } from '#libs/fold'
import { checkRun, equalBytes, type LogPosition, type StoredRecord, toText } from '#libs/record'
import type { DataSource, EntityManager, QueryRunner } from 'typeorm'
import { foldTargets } from './folding.shell.js'
import type { Indexer } from './indexer.service.js'
import { lockLogs } from './locks.shell.js'
import type { VerifyProgress, VerifyStep } from './ports.js'
import type { Projector } from './projector.service.js'
import { derive } from './rebuilding.shell.js'
import { plainBytes, type RecordBytes } from './stored-record.js'

const RECORDS_PER_PAGE = 1_000
const SUBJECTS_PER_PAGE = 200
/** Problems that are listed; more are counted as one. */
const MOST_PROBLEMS = 1_000

type Finding = { checked: number } | { problem: string }

/** Runs every check, whatever earlier ones found, and ends with the sum of it. Writers go on meanwhile. */
export async function* verify(
  database: DataSource,
  rules: Rules,
  indexer: Indexer,
  projector: Projector,
  more: readonly VerifyStep[],
): AsyncGenerator<VerifyProgress> {
  const steps: VerifyStep[] = [
    { name: 'records', run: checkLogs },
    { name: 'folds', run: (manager) => checkFolds(manager, rules) },
    ...more,
    // It puts tables of its own in the place of those that the steps before read.
    { name: 'projections', run: (manager) => checkProjections(manager, rules, projector) },
  ]
  const problems: string[] = []
  const checked = new Map<string, number>()
  const runner = await snapshot(database, indexer, projector, problems)
  try {
    for (const step of steps) {
      await runner.query(`savepoint step`)
      try {
        for await (const finding of step.run(runner.manager)) {
          if ('problem' in finding) {
            if (problems.length < MOST_PROBLEMS) problems.push(`${step.name}: ${finding.problem}`)
            continue
          }
          checked.set(step.name, (checked.get(step.name) ?? 0) + finding.checked)
          yield { step: step.name, checked: finding.checked }
        }
      } catch (error) {
        problems.push(`${step.name}: could not finish: ${error instanceof Error ? error.message : String(error)}`)
        await runner.query(`rollback to savepoint step`)
      }
    }
  } finally {
    await runner.rollbackTransaction()
    await runner.release()
  }
  const [records, subjects] = [checked.get('records') ?? 0, checked.get('folds') ?? 0]
  yield { done: true, ok: problems.length === 0, records, subjects, problems }
}

/** A transaction that sees one moment at which every projection is up to date. Writers wait for that moment only. */
async function snapshot(
  database: DataSource,
  indexer: Indexer,
  projector: Projector,
  problems: string[],
): Promise<QueryRunner> {
  const writers = database.createQueryRunner()
  const reader = database.createQueryRunner()
  try {
    await writers.startTransaction()
    await lockLogs(writers.manager)
    await indexer.caughtUp()
    await projector.idle().catch((error: unknown) => problems.push(`projection: ${String(error)}`))
    await reader.startTransaction('REPEATABLE READ')
    await reader.query(`select 1`)
    return reader
  } catch (error) {
    await reader.release()
    throw error
  } finally {
    await writers.rollbackTransaction()
    await writers.release()
  }
}

interface LogRow {
  no: number
  net: Uint8Array
  author: Uint8Array
  length: number
  head: Uint8Array | null
}

interface RecordRow extends RecordBytes {
  id: Uint8Array
  seq: number
  at: number
  kind: string
  vis: number
  subject: Uint8Array
  refs: Uint8Array[]
}

async function* checkLogs(manager: EntityManager): AsyncGenerator<Finding> {
  const logs: LogRow[] = await manager.query(`select no, net, author, length, head from log order by no`)
  for (const log of logs) yield* checkLog(manager, log)
  const [orphans]: { count: number }[] = await manager.query(
    `select count(*) as count from record r where not exists (select 1 from log l where l.no = r.log)`,
  )
  if (orphans!.count > 0) yield { problem: `${orphans!.count} records belong to no log` }
}

async function* checkLog(manager: EntityManager, log: LogRow): AsyncGenerator<Finding> {
  const name = toText(log.author)
  let position: LogPosition | undefined
  for (let next = 0; next < log.length;) {
    const rows = await readRows(manager, log, next)
    const records = rows.map((row): StoredRecord => ({
      header: plainBytes(row.header),
      signature: row.signature && plainBytes(row.signature),
      body: row.body && plainBytes(row.body),
    }))
    const check = checkRun({ net: plainBytes(log.net), author: plainBytes(log.author), records }, position)
    if (!check.ok) {
      yield { problem: `${name} seq ${next + check.index}: ${check.reason}` }
      return
    }
    for (const [index, { id, header }] of check.records.entries()) {
      const row = rows[index]!
      // What follows the accepted end is staged: it is there for its signature.
      if (next + index >= log.length) break
      const same =
        equalBytes(row.id, id) &&
        row.at === header.at &&
        row.kind === header.kind &&
        row.vis === header.vis &&
        equalBytes(row.subject, header.subj ?? id) &&
        row.refs.length === header.refs.length &&
        row.refs.every((ref, place) => equalBytes(ref, header.refs[place]!))
      if (!same) yield { problem: `${name} seq ${header.seq}: columns differ from the header` }
    }
    const last = check.records[check.records.length - 1]!
    position = { seq: last.header.seq, id: last.id, at: last.header.at }
    yield { checked: Math.min(rows.length, log.length - next) }
    if (last.header.seq === log.length - 1 && !(log.head && equalBytes(last.id, log.head)))
      yield { problem: `${name}: the head is not the last record` }
    next += rows.length
  }
  const [rows]: { count: number }[] = await manager.query(`select count(*) as count from record where log = $1`, [
    log.no,
  ])
  if (rows!.count !== log.length) yield { problem: `${name}: ${rows!.count} records, length ${log.length}` }
}

/** A page of a log that ends in a signed record: the staged ones that cover its end come along. */
async function readRows(manager: EntityManager, log: LogRow, from: number): Promise<RecordRow[]> {
  const rows: RecordRow[] = await manager.query(
    `select id, seq, at, kind, vis, subject, refs, header, signature, body from record where log = $1 and seq >= $2
     union all
     select id, seq, 0, '', 0, id, '{}', header, signature, body from staged where net = $3 and author = $4 and seq >= $5
     order by seq limit $6`,
    [log.no, from, log.net, log.author, log.length, RECORDS_PER_PAGE],
  )
  const lastSigned = rows.findLastIndex(({ signature }) => signature !== null)
  return lastSigned < 0 ? rows : rows.slice(0, lastSigned + 1)
}

async function* checkFolds(manager: EntityManager, rules: Rules): AsyncGenerator<Finding> {
  for (const { name: type, rank } of rules.typesByRank()) {
    for (let after: Uint8Array = new Uint8Array(); ;) {
      const rows: { id: Uint8Array; net: Uint8Array; digest: Uint8Array | null }[] = await manager.query(
        `select id, net, digest from subject where type = $1 and id > $2 order by id limit ${SUBJECTS_PER_PAGE}`,
        [type, after],
      )
      if (rows.length === 0) break
      const digests = new Map(rows.map(({ id, digest }) => [toText(id), digest]))
      const targets = rows.map(({ id, net }) => ({ subject: toText(id), type, rank, net: toText(net) }))
      for (const { subject, folded, storedVoids } of (await foldTargets(manager, rules, targets)).targets) {
        if (!digests.has(subject)) continue
        const digest = folded.applied.includes(subject) ? digestOf(folded.state) : null
        const stored = digests.get(subject) ?? null
        const equal = digest === null ? stored === null : stored !== null && equalBytes(digest, stored)
        if (!equal) yield { problem: `${type} ${subject}: its digest is not that of its records` }
        const sameVoids =
          storedVoids.size === folded.voids.size && [...folded.voids].every(([id, why]) => storedVoids.get(id) === why)
        if (!sameVoids) yield { problem: `${type} ${subject}: its void records are not what the rules say` }
      }
      yield { checked: rows.length }
      after = rows[rows.length - 1]!.id
    }
  }
}

/**
 * Derives everything anew, into temporary tables that stand in front of the real ones for this transaction, and compares
 * row by row.
 */
async function* checkProjections(manager: EntityManager, rules: Rules, projector: Projector): AsyncGenerator<Finding> {
  const compared = ['concern', 'subject', 'void_record', ...projector.tables]
  for (const table of [...compared, 'dirty_subject'])
    await manager.query(`create temp table ${table} (like ${table} including all) on commit drop`)
  for await (const { step } of derive(manager, rules, projector)) if (step === 'subjects') yield { checked: 0 }
  for (const table of compared) {
    const [row]: { rows: number; lost: number; extra: number }[] = await manager.query(
      `select (select count(*) from pg_temp.${table}) as rows,
         (select count(*) from (table pg_temp.${table} except all table public.${table}) x) as lost,
         (select count(*) from (table public.${table} except all table pg_temp.${table}) x) as extra`,
    )
    const { rows, lost, extra } = row!
    if (lost + extra > 0)
      yield { problem: `${table}: ${lost} rows are missing or differ, ${extra} should not be there` }
    yield { checked: rows }
  }
}
