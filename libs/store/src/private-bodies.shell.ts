/**
 * Bodies of private records: they come after their records, or never. Whoever holds one folds its subject; to all others a
 * private record is its header, which stops nothing but its own subject.
 */
import type { Rules } from '#libs/fold'
import { equalBytes, MAX_BODY_BYTES, sha256 } from '#libs/record'
import type { EntityManager } from 'typeorm'
import { markDirty, subjectRows } from './accepted-rows.shell.js'
import { knownRecordOf, plainBytes, type RecordBytes } from './stored-record.js'

/** The body block of a private record. */
export interface PrivateBody {
  id: Uint8Array
  block: Uint8Array
}

/** An accepted private record; `author` is the identity (first key), `block` null where its body is not held. */
export interface PrivateRecord {
  id: Uint8Array
  author: Uint8Array
  block: Uint8Array | null
}

/** Private records of one identity (first key), in the order in which it wrote them, whose bodies are not held. */
export interface MissingBodies {
  author: Uint8Array
  ids: Uint8Array[]
}

/** Writes the bodies that are missing and are what their headers name, and marks their subjects; the caller holds the locks. */
export async function keepPrivateBodies(
  manager: EntityManager,
  rules: Rules,
  bodies: readonly PrivateBody[],
): Promise<{ kept: number; marks: number[] }> {
  const rows: (RecordBytes & { id: Uint8Array; net: Uint8Array })[] = await manager.query(
    `select r.id, l.net, r.header, r.signature, r.body from record r join log l on l.no = r.log
     where r.id = any($1::bytea[]) and r.vis = 1 and r.body is null`,
    [bodies.map(({ id }) => id)],
  )
  const kept = rows.flatMap((row) => {
    const id = plainBytes(row.id)
    const body = bodies.find((each) => equalBytes(each.id, id))?.block ?? null
    const record = knownRecordOf(id, { ...row, header: plainBytes(row.header), body })
    const isTheOne = body && body.length <= MAX_BODY_BYTES && equalBytes(sha256(body), record.header.body)
    return isTheOne ? [{ net: plainBytes(row.net), record }] : []
  })
  if (kept.length === 0) return { kept: 0, marks: [] }
  await manager.query(
    `update record r set body = b.body from unnest($1::bytea[], $2::bytea[]) b(id, body) where r.id = b.id`,
    [kept.map(({ record }) => record.id), kept.map(({ record }) => record.body)],
  )
  // Which subject a private record starts shows in its body alone.
  const started = kept.flatMap(({ net, record }) => subjectRows(rules, net, record))
  await manager.query(
    `insert into subject (id, type, net, rank)
     select * from unnest($1::bytea[], $2::text[], $3::bytea[], $4::integer[]) on conflict do nothing`,
    [0, 1, 2, 3].map((column) => started.map((row) => row[column])),
  )
  const subjects = kept.map(({ record }) => record.header.subj ?? record.id)
  return { kept: kept.length, marks: await markDirty(manager, subjects) }
}

/** Private records of a network among some ids. */
export async function readPrivateRecords(
  manager: EntityManager,
  net: Uint8Array,
  ids: readonly Uint8Array[],
): Promise<PrivateRecord[]> {
  const rows: { id: Uint8Array; author: Uint8Array; body: Uint8Array | null }[] = await manager.query(
    `select r.id, coalesce(s.identity, l.author) as author, r.body from record r join log l on l.no = r.log
     left join speaker s on s.log = l.no
     where r.id = any($1::bytea[]) and r.vis = 1 and l.net = $2`,
    [ids, net],
  )
  return rows.map(({ id, author, body }) => ({
    id: plainBytes(id),
    author: plainBytes(author),
    block: body && plainBytes(body),
  }))
}

/** Per identity (first key) that has any, at most `most` private records whose bodies are not held, the oldest first. */
export async function readMissingBodies(
  manager: EntityManager,
  net: Uint8Array,
  authors: readonly Uint8Array[],
  most: number,
): Promise<MissingBodies[]> {
  const rows: { author: Uint8Array; ids: Uint8Array[] }[] = await manager.query(
    `select author, (array_agg(id order by place))[1:$3] as ids from (
       select l.author, r.id, r.seq as place from log l join record r on r.log = l.no
       where l.net = $1 and l.author = any($2::bytea[]) and r.vis = 1 and r.body is null
       union all
       select s.identity, r.id, s.start + r.seq from speaker s join log l on l.no = s.log join record r on r.log = l.no
       where l.net = $1 and s.identity = any($2::bytea[]) and s.start > 0 and r.vis = 1 and r.body is null) missing
     group by author`,
    [net, authors, most],
  )
  return rows.map(({ author, ids }) => ({ author: plainBytes(author), ids: ids.map(plainBytes) }))
}
