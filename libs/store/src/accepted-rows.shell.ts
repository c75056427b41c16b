/** The rows of accepted records: log, record, concern, subject, and the marks of what must be projected anew. */
import { type Rules, typesStartedBy } from '#libs/fold'
import { toText } from '#libs/record'
import type { EntityManager } from 'typeorm'
import { bulkInsertAll, type BulkTable, type Cell } from './bulk-insert.shell.js'
import type { LogState } from './log-state.shell.js'
import type { KnownRecord } from './stored-record.js'

/** A record to be written, with the subjects that it belongs to or concerns, its own first. */
export interface AcceptedRecord {
  log: LogState
  record: KnownRecord
  suspended: boolean
  subjects: Uint8Array[]
}

export const RECORD: BulkTable = {
  name: 'record',
  columns: {
    id: 'bytea',
    log: 'int4',
    seq: 'int8',
    at: 'int8',
    kind: 'text',
    vis: 'int2',
    subject: 'bytea',
    concerns: 'bytea[]',
    refs: 'bytea[]',
    suspended: 'bool',
    header: 'bytea',
    signature: 'bytea',
    body: 'bytea',
  },
}
export const CONCERN: BulkTable = { name: 'concern', columns: { subject: 'bytea', record: 'bytea' } }
export const SUBJECT: BulkTable = {
  name: 'subject',
  columns: { id: 'bytea', type: 'text', net: 'bytea', rank: 'int4' },
}

/** Writes accepted records and moves the heads of their logs. Returns the marks of the subjects that they dirtied. */
export async function writeAccepted(
  manager: EntityManager,
  rules: Rules,
  accepted: readonly AcceptedRecord[],
): Promise<number[]> {
  const logs = [...new Set(accepted.map(({ log }) => log))]
  await writeFreshLogs(
    manager,
    logs.filter(({ no }) => no === null),
  )
  const started = accepted.flatMap(({ log, record }) => subjectRows(rules, log.net, record))
  const concerned = accepted.flatMap(({ subjects }) => subjects)
  const marks = await bulkInsertAll<{ mark: number }>(
    manager,
    [
      { table: RECORD, rows: accepted.map(recordRow) },
      {
        table: CONCERN,
        rows: accepted.flatMap(({ record, subjects }) => subjects.map((subject): Cell[] => [subject, record.id])),
      },
      { table: SUBJECT, rows: started },
    ],
    (parameters, few) => [movedHeads(logs, parameters), newMarks(concerned, few ? started : [], parameters)],
  )
  await certifyLogs(
    manager,
    logs.filter(({ awaitsCertified }) => awaitsCertified),
  )
  return marks.map(({ mark }) => mark)
}

/** The cells of RECORD. */
export function recordRow({ log, record, suspended, subjects }: AcceptedRecord): Cell[] {
  const { id, header, headerBytes, signature, body } = record
  const { seq, at, kind, vis, refs, subj } = header
  const concerns = subjects.slice(1)
  return [id, log.no, seq, at, kind, vis, subj ?? id, concerns, refs, suspended, headerBytes, signature, body]
}

/** The cells of SUBJECT for each type of subject that a record starts. */
export function subjectRows(rules: Rules, net: Uint8Array, { id, fold }: KnownRecord): Cell[][] {
  if (fold.subj !== null) return []
  return typesStartedBy(fold, rules).map((type) => [id, type, net, rules.type(type).rank])
}

/** Marks every fold of these subjects as in need of projection. Returns the marks. */
export async function markDirty(manager: EntityManager, subjects: readonly Uint8Array[]): Promise<number[]> {
  if (subjects.length === 0) return []
  const parameters: unknown[] = []
  const sql = newMarks(subjects, [], parameters)
  const rows: { mark: number }[] = await manager.query(sql, parameters)
  return rows.map(({ mark }) => mark)
}

/** The statement that marks subjects, and those of rows of SUBJECT that it can't see yet. */
function newMarks(subjects: readonly Uint8Array[], unseen: readonly Cell[][], parameters: unknown[]): string {
  const distinct = [...new Map(subjects.map((subject) => [toText(subject), subject])).values()]
  const at =
    parameters.push(
      distinct,
      unseen.map(([id]) => id),
      unseen.map(([, type]) => type),
      unseen.map((row) => row[3]),
    ) - 3
  return `insert into dirty_subject (subject, type, rank)
    select id, type, rank from subject where id = any($${at}::bytea[])
    union all select * from unnest($${at + 1}::bytea[], $${at + 2}::text[], $${at + 3}::integer[]) returning mark`
}

/** Writes logs that have no row yet, and numbers them. */
export async function writeFreshLogs(manager: EntityManager, logs: readonly LogState[]): Promise<void> {
  if (logs.length === 0) return
  const rows: { no: number }[] = await manager.query(
    `insert into log (net, author, length, head_at)
     select net, author, 0, 0 from unnest($1::bytea[], $2::bytea[]) with ordinality n(net, author, place) order by place
     returning no`,
    [logs.map(({ net }) => net), logs.map(({ author }) => author)],
  )
  rows.forEach(({ no }, index) => (logs[index]!.no = no))
}

/** Moves the heads of logs to where they stand in this transaction. */
export async function moveHeads(manager: EntityManager, logs: readonly LogState[]): Promise<void> {
  const parameters: unknown[] = []
  const sql = movedHeads(logs, parameters)
  await manager.query(sql, parameters)
}

/** The statement that moves the heads of logs to where they stand in this transaction. */
function movedHeads(logs: readonly LogState[], parameters: unknown[]): string {
  const at =
    parameters.push(
      logs.map(({ no }) => no),
      logs.map(({ length }) => length),
      logs.map(({ head }) => head),
      logs.map(({ headAt }) => headAt),
    ) - 3
  return `update log set length = v.length, head = v.head, head_at = v.head_at
    from unnest($${at}::integer[], $${at + 1}::bigint[], $${at + 2}::bytea[], $${at + 3}::bigint[])
      v(no, length, head, head_at)
    where log.no = v.no`
}

/** Certificates may be here before what they certify. */
export async function certifyLogs(manager: EntityManager, logs: readonly LogState[]): Promise<void> {
  if (logs.length === 0) return
  const rows: { no: number; certified: number }[] = await manager.query(
    `with fitting as (
       delete from certificate_apart c using record r where r.id = c.id and r.seq = c.seq and r.log = any($1::integer[])
       returning r.log, c.net, c.author, c.cfg, c.seq, c.id, c.bytes)
     , kept as (
       insert into certificate as c (net, author, cfg, seq, id, bytes)
       select distinct on (net, author, cfg) net, author, cfg, seq, id, bytes from fitting
       order by net, author, cfg, seq desc
       on conflict (net, author, cfg) do update set seq = excluded.seq, id = excluded.id, bytes = excluded.bytes
       where c.seq < excluded.seq)
     , best as (select log, max(seq) + 1 as certified from fitting group by log)
     , raised as (
       update log set certified_length = best.certified from best
       where log.no = best.log and log.certified_length < best.certified returning no, certified_length)
     select no, certified_length as certified from raised`,
    [logs.map(({ no }) => no)],
  )
  for (const { no, certified } of rows) logs.find((log) => log.no === no)!.certifiedLength = certified
}
