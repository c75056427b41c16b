/** The side table of forks: records on suspended branches, kept by id, and what rests on them. */
import type { EntityManager } from 'typeorm'
import type { KnownRecord } from './stored-record.js'

type SideRecord = Pick<KnownRecord, 'id' | 'header' | 'headerBytes' | 'signature' | 'body'>

/** Keeps records beside their log, or completes what is kept of them; of two of one id the last. Returns the ids that are new. */
export async function keepInSideTable(
  manager: EntityManager,
  net: Uint8Array,
  records: readonly SideRecord[],
): Promise<Uint8Array[]> {
  if (records.length === 0) return []
  const distinct = [...new Map(records.map((record) => [Buffer.from(record.id).toString('hex'), record])).values()]
  const rows: { id: Uint8Array; fresh: boolean }[] = await manager.query(
    `insert into suspended as s (id, net, author, seq, header, signature, body)
     select v.id, $1, v.author, v.seq, v.header, v.signature, v.body
     from unnest($2::bytea[], $3::bytea[], $4::bigint[], $5::bytea[], $6::bytea[], $7::bytea[])
       v(id, author, seq, header, signature, body)
     where not exists (select 1 from record r where r.id = v.id)
     on conflict (id) do update set
       signature = coalesce(s.signature, excluded.signature), body = coalesce(s.body, excluded.body)
     returning s.id, s.xmax = 0 as fresh`,
    [
      net,
      distinct.map(({ id }) => id),
      distinct.map(({ header }) => header.author),
      distinct.map(({ header }) => header.seq),
      distinct.map(({ headerBytes }) => headerBytes),
      distinct.map(({ signature }) => signature),
      distinct.map(({ body }) => body),
    ],
  )
  return rows.filter(({ fresh }) => fresh).map(({ id }) => id)
}

/** Marks accepted records as suspended that rest on the side table, transitively. Returns the subjects they touch. */
export async function suspendWhatRests(manager: EntityManager, ids: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const touched: Uint8Array[] = []
  for (let frontier = ids; frontier.length > 0;) {
    const [rows]: [{ id: Uint8Array; subject: Uint8Array; concerns: Uint8Array[] }[], number] = await manager.query(
      `update record set suspended = true
       where not suspended and (refs && $1::bytea[] or (subject = any($1::bytea[]) and id <> subject))
       returning id, subject, concerns`,
      [frontier],
    )
    touched.push(...rows.flatMap(({ subject, concerns }) => [subject, ...concerns]))
    frontier = rows.map(({ id }) => id)
  }
  return touched
}

/** Marks anew, after the side table lost records. Returns the subjects whose records were or are marked. */
export async function suspendAnew(manager: EntityManager): Promise<Uint8Array[]> {
  const [freed]: [{ subject: Uint8Array; concerns: Uint8Array[] }[], number] = await manager.query(
    `update record set suspended = false where suspended returning subject, concerns`,
  )
  const side: { id: Uint8Array }[] = await manager.query(`select id from suspended`)
  const touched = await suspendWhatRests(
    manager,
    side.map(({ id }) => id),
  )
  return [...freed.flatMap(({ subject, concerns }) => [subject, ...concerns]), ...touched]
}
