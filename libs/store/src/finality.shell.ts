/** Certificates, and which records are final. */
import { type Certificate, decodeCertificate, encodeCertificate, type Entry, toText } from '#libs/record'
import type { EntityManager } from 'typeorm'
import type { ProjectedSubjects } from './ports.js'
import { type Asking, bytesOfId } from './reading.shell.js'
import { plainBytes } from './stored-record.js'

/** Certificates of one author that are kept though their records are not accepted here: the highest of them. */
const MOST_APART = 16

/**
 * Keeps a certificate: of those whose record is accepted the newest per author and `cfg`, the others apart, until their record
 * is accepted or they prove a conflict. Null when it, or one as new, is held.
 */
export async function keepCertificate(
  manager: EntityManager,
  net: Uint8Array,
  certificate: Certificate,
): Promise<'fits' | 'apart' | null> {
  const { author, cfg, seq, id } = certificate
  const row = [net, author, cfg, seq, id, encodeCertificate(certificate)]
  const [place]: { fits: boolean }[] = await manager.query(
    `with fits as (
       select 1 from log l join record r on r.log = l.no and r.seq = $4 where l.net = $1 and l.author = $2 and r.id = $5)
     , kept as (
       insert into certificate as c (net, author, cfg, seq, id, bytes)
       select $1, $2, $3, $4, $5, $6 where exists (select 1 from fits)
       on conflict (net, author, cfg) do update set seq = excluded.seq, id = excluded.id, bytes = excluded.bytes
       where c.seq < excluded.seq returning seq)
     , apart as (
       insert into certificate_apart (net, author, cfg, seq, id, bytes)
       select $1, $2, $3, $4, $5, $6 where not exists (select 1 from fits) on conflict do nothing returning seq)
     select exists (select 1 from fits) as fits where exists (select 1 from kept) or exists (select 1 from apart)`,
    row,
  )
  if (!place) return null
  if (place.fits) return 'fits'
  await manager.query(
    `delete from certificate_apart where net = $1 and author = $2 and (seq, id, cfg) in (
         select seq, id, cfg from certificate_apart where net = $1 and author = $2 order by seq desc, id, cfg offset $3)`,
    [net, author, MOST_APART],
  )
  return 'apart'
}

/** A row of `keepFitting`: a certificate that fits, by its place among those that were given. */
interface FittingRow {
  place: number
  is_new: boolean
  is_continuing: boolean
}

interface RaisedRow {
  author: Uint8Array
  length: number
  head: Uint8Array
  certified: number
  forked: boolean
  id: Uint8Array | null
  type: string | null
}

/** What became of certificates whose records may be accepted. */
export interface Fitting {
  fresh: Certificate[]
  rest: Certificate[]
  isContinuing: boolean
  entries: Entry[]
  subjects: ProjectedSubjects['subjects']
}

/**
 * Keeps those of some certificates whose records are accepted in logs without a dispute, and raises the certified lengths of
 * those logs. `fresh`: those that are new; `rest`: those that do not fit. Entries and subjects are what it raised and made final.
 * `isContinuing`: a continuation waits for its certificate.
 */
export async function keepFitting(
  manager: EntityManager,
  net: Uint8Array,
  certificates: readonly Certificate[],
): Promise<Fitting> {
  const rows: FittingRow[] = await manager.query(
    `with fitting as (
       select c.* from unnest($2::bytea[], $3::bytea[], $4::bigint[], $5::bytea[], $6::bytea[]) with ordinality
         c(author, cfg, seq, id, bytes, place)
       join log l on l.net = $1 and l.author = c.author and l.disputed_from is null
       join record r on r.log = l.no and r.seq = c.seq and r.id = c.id)
     , best as (select distinct on (author, cfg) * from fitting order by author, cfg, seq desc, place)
     , kept as (
       insert into certificate as c (net, author, cfg, seq, id, bytes) select $1, author, cfg, seq, id, bytes from best
       on conflict (net, author, cfg) do update set seq = excluded.seq, id = excluded.id, bytes = excluded.bytes
       where c.seq < excluded.seq returning author, cfg)
     select f.place, k.author is not null as is_new,
       exists (select 1 from continuation o where o.net = $1 and not o.in_effect) as is_continuing from fitting f
       left join best b on b.place = f.place left join kept k on k.author = b.author and k.cfg = b.cfg`,
    [
      net,
      certificates.map(({ author }) => author),
      certificates.map(({ cfg }) => cfg),
      certificates.map(({ seq }) => seq),
      certificates.map(({ id }) => id),
      certificates.map(encodeCertificate),
    ],
  )
  const fitting = new Set(rows.map(({ place }) => place))
  const fresh = rows.filter(({ is_new }) => is_new).map(({ place }) => certificates[place - 1]!)
  const rest = certificates.filter((_, index) => !fitting.has(index + 1))
  const isContinuing = rows.some(({ is_continuing }) => is_continuing)
  return { fresh, rest, isContinuing, ...(await certifyFitting(manager, net, fresh)) }
}

/** Raises certified lengths to certificates whose records are accepted. Returns the logs that this raised, and what it made final. */
async function certifyFitting(
  manager: EntityManager,
  net: Uint8Array,
  certificates: readonly Certificate[],
): Promise<{ entries: Entry[]; subjects: ProjectedSubjects['subjects'] }> {
  if (certificates.length === 0) return { entries: [], subjects: [] }
  const rows: RaisedRow[] = await manager.query(
    `with best as (
       select l.no, max(c.seq) as seq from unnest($2::bytea[], $3::bigint[]) c(author, seq)
       join log l on l.net = $1 and l.author = c.author group by l.no)
     , raised as (
       update log l set certified_length = best.seq + 1 from best, log before
       where l.no = best.no and before.no = best.no and l.certified_length <= best.seq
       returning l.no, l.author, l.length, l.head, l.certified_length as certified, l.forked, before.certified_length as before)
     select raised.*, s.id, s.type from raised left join lateral (
       select distinct s.id, s.type from record r cross join lateral unnest(r.subject || r.concerns) c(subject)
       join subject s on s.id = c.subject where r.log = raised.no and r.seq >= raised.before and r.seq < raised.certified) s
       on true`,
    [net, certificates.map(({ author }) => author), certificates.map(({ seq }) => seq)],
  )
  const entries = new Map(rows.map((row) => [toText(row.author), entryOf(row)]))
  const subjects = rows.flatMap(({ id, type }) => (id && type ? [{ subject: toText(id), type }] : []))
  return { entries: [...entries.values()], subjects }
}

const entryOf = ({ author, length, head, certified, forked }: RaisedRow): Entry => ({
  author: plainBytes(author),
  length,
  head: plainBytes(head),
  finalLength: Math.min(certified, length),
  forked,
})

/** Raises the certified length of the log to a certificate whose record is accepted. Returns the subjects it made certain. */
export async function certifyLog(
  manager: EntityManager,
  net: Uint8Array,
  { author, seq, id }: Certificate,
): Promise<{ subject: string; type: string }[]> {
  const [raised]: [{ no: number; before: number }[], number] = await manager.query(
    `update log l set certified_length = $4 + 1 from record r, log before
     where l.net = $1 and l.author = $2 and before.no = l.no and r.id = $3 and r.log = l.no and r.seq = $4
       and l.certified_length <= $4 returning l.no, before.certified_length as before`,
    [net, author, id, seq],
  )
  if (raised.length === 0) return []
  const rows: { id: Uint8Array; type: string }[] = await manager.query(
    `select distinct s.id, s.type from record r cross join lateral unnest(r.subject || r.concerns) c(subject)
     join subject s on s.id = c.subject where r.log = $1 and r.seq >= $2 and r.seq <= $3`,
    [raised[0]!.no, raised[0]!.before, seq],
  )
  return rows.map((row) => ({ subject: toText(row.id), type: row.type }))
}

/** Certificates that are held of a network, or of one author. */
export async function readCertificates(database: Asking, net: Uint8Array, author?: Uint8Array): Promise<Certificate[]> {
  const rows: { bytes: Uint8Array }[] = await database.query(
    `select bytes from certificate where net = $1 and ($2::bytea is null or author = $2) order by author, seq`,
    [net, author ?? null],
  )
  return rows.map(({ bytes }) => certificateOf(bytes))
}

/** The same of some authors. */
export async function readCertificatesOf(
  database: Asking,
  net: Uint8Array,
  authors: readonly Uint8Array[],
): Promise<Certificate[]> {
  const rows: { bytes: Uint8Array }[] = await database.query(
    `select c.bytes from unnest($2::bytea[]) a(author) join certificate c on c.net = $1 and c.author = a.author
     order by c.author, c.seq`,
    [net, authors],
  )
  return rows.map(({ bytes }) => certificateOf(bytes))
}

/** The certificate of a row. */
export const certificateOf = (bytes: Uint8Array): Certificate => decodeCertificate(plainBytes(bytes))

interface RestingRow {
  id: Uint8Array
  certain: boolean
  rests: Uint8Array[]
}

const RESTS_ON = `
  select c.id from unnest(r.refs || r.concerns || r.subject) c(id) where c.id <> r.id
  union all (
    select p.id from concern c join record p on p.id = c.record
    where c.subject = r.subject and p.log = r.log and p.seq < r.seq and p.subject = r.subject
    order by p.seq desc limit 1)
  union all
    select z.id from speaker s join record z on z.log = s.log and z.seq = 0
    where s.log = r.log and s.start > 0 and r.seq > 0`

/** The beginning of a query: `resting` holds the ids in $1 and of all that they rest on, transitively. */
export const restingOn = `
  with recursive resting(id) as (
    select unnest($1::bytea[])
    union
    select d.id from resting join record r on r.id = resting.id cross join lateral (${RESTS_ON}) d(id))`

/**
 * Of the given records those that are final: certified at or above, and so is all that they rest on, transitively: what
 * they name, the first records of the subjects they concern, and the author's earlier records in their subject. Of records
 * that are not indexed that is not known yet: they are not final until it is.
 */
export async function finalAmong(database: Asking, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows: RestingRow[] = await database.query(
    `${restingOn}
     select r.id, not r.suspended and r.seq < l.certified_length and not exists (
         select 1 from unindexed u where u.log = r.log and r.seq between u.first and u.last) as certain,
       array(${RESTS_ON}) as rests
     from resting join record r on r.id = resting.id join log l on l.no = r.log`,
    [ids.map(bytesOfId)],
  )
  const uncertain = new Set(rows.filter(({ certain }) => !certain).map(({ id }) => toText(id)))
  const restedOnBy = new Map<string, string[]>()
  const found = new Set(rows.map(({ id }) => toText(id)))
  for (const { id, rests } of rows)
    for (const cause of rests.map((bytes) => toText(bytes))) {
      if (!found.has(cause)) uncertain.add(toText(id))
      const of = restedOnBy.get(cause)
      if (of) of.push(toText(id))
      else restedOnBy.set(cause, [toText(id)])
    }
  // Uncertainty spreads from causes to what rests on them.
  for (const open = [...uncertain]; open.length > 0;)
    for (const id of restedOnBy.get(open.pop()!) ?? []) {
      if (uncertain.has(id)) continue
      uncertain.add(id)
      open.push(id)
    }
  return new Set(ids.filter((id) => found.has(id) && !uncertain.has(id)))
}
