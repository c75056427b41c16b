/** Reading accepted records, logs and subjects. */
import type { FoldRecord } from '#libs/fold'
import { canonicalOrder, directCauses, spoken } from '#libs/fold'
import { type Entry, FormatError, fromText, type Run, type StoredRecord, toText } from '#libs/record'
import type { DataSource, EntityManager } from 'typeorm'
import { ADMISSION } from './admission.js'
import { speakerOf, type SpeakerRow } from './continuing.shell.js'
import type { Target } from './folding.shell.js'
import { type KnownRecord, knownRecord, plainBytes, type RecordBytes } from './stored-record.js'

/** Either asks the database: a transaction's manager, or the pool. */
export type Asking = EntityManager | DataSource

/** An accepted record with what is known of it beyond its bytes. */
export interface FoundRecord {
  record: KnownRecord
  suspended: boolean
}

/** The bytes of a text id; null for a text that is none: nothing is held under it. */
export function bytesOfId(id: string): Uint8Array | null {
  try {
    return fromText(id)
  } catch (error) {
    if (error instanceof FormatError) return null
    throw error
  }
}

/** Accepted records among these ids, in no particular order. */
export async function findRecords(database: Asking, ids: readonly string[]): Promise<FoundRecord[]> {
  const rows: FoundRow[] = await database.query(
    `select r.header, r.signature, r.body, r.suspended, s.identity, s.start, s.last
     from record r left join speaker s on s.log = r.log where r.id = any($1::bytea[])`,
    [ids.map(bytesOfId)],
  )
  return rows.map((row) => foundOf(row))
}

interface FoundRow extends RecordBytes, SpeakerRow {
  suspended: boolean
}

/** As its identity says it; one that is beyond the end of its log as its key does. */
function foundOf(row: FoundRow, record = knownRecord(row)): FoundRecord {
  return { record: { ...record, fold: spoken(record.fold, speakerOf(row)) ?? record.fold }, suspended: row.suspended }
}

export async function readRecord(database: Asking, id: string): Promise<FoldRecord | null> {
  const [found] = await findRecords(database, [id])
  return found?.record.fold ?? null
}

/** All records of a subject, in canonical order. */
export async function readSubject(database: Asking, subject: string): Promise<FoundRecord[]> {
  const rows: FoundRow[] = await database.query(
    `select r.header, r.signature, r.body, r.suspended, s.identity, s.start, s.last
     from concern c join record r on r.id = c.record left join speaker s on s.log = r.log where c.subject = $1`,
    [bytesOfId(subject)],
  )
  const known = rows.map(knownRecord)
  const found = rows.map((row, index) => foundOf(row, known[index]!))
  // In the order of the logs: what lies beyond the end of one has no place in what the identity wrote.
  const folds = known.map(({ fold }) => fold)
  return canonicalOrder(folds, directCauses(folds)).map((index) => found[index]!)
}

/** A subject as one of its types; null when there is none. */
export async function subjectTarget(database: Asking, type: string, subject: string): Promise<Target | null> {
  const [row]: { rank: number; net: Uint8Array }[] = await database.query(
    `select rank, net from subject where id = $1 and type = $2`,
    [bytesOfId(subject), type],
  )
  return row ? { subject, type, rank: row.rank, net: toText(row.net) } : null
}

/**
 * Records of a log from a seq on: at most `count` and about `maxBytes` (but at least one), then on to the next signed one.
 * When the log's head carries no signature itself, the one that covers it is staged: it comes along.
 */
export async function readRange(
  database: Asking,
  net: Uint8Array,
  author: Uint8Array,
  from: number,
  count: number,
  maxBytes: number,
): Promise<StoredRecord[]> {
  const rows: RecordBytes[] = await database.query(
    `with held as (
       select r.seq, r.header, r.signature, r.body from record r join log l on l.no = r.log
       where l.net = $1 and l.author = $2 and r.seq >= $3
       union all
       select s.seq, s.header, s.signature, s.body from staged s left join log l on l.net = s.net and l.author = s.author
       where s.net = $1 and s.author = $2 and s.seq >= greatest($3, l.length))
     select header, signature, body from held where $3 < (select length from log where net = $1 and author = $2)
     order by seq limit $4`,
    [net, author, from, count + 63],
  )
  const range: StoredRecord[] = []
  let bytes = 0
  for (const row of rows) {
    const full = range.length >= count || (range.length > 0 && bytes + size(row) > maxBytes)
    if (full && range[range.length - 1]!.signature !== null) break
    bytes += size(row)
    range.push(storedRecord(row))
  }
  return range
}

const size = ({ header, body }: RecordBytes): number => header.length + 64 + (body?.length ?? 0)

const storedRecord = ({ header, signature, body }: RecordBytes): StoredRecord => ({
  header: plainBytes(header),
  signature: signature && plainBytes(signature),
  body: body && plainBytes(body),
})

/** The seq 0 of every log that these records admit, as runs: a reader needs them to accept the admission. */
export async function readCompanions(database: Asking, records: readonly StoredRecord[]): Promise<Run[]> {
  const refs = records
    .map(({ header }) => knownRecord({ header, signature: null, body: null }).header)
    .filter(({ kind }) => kind === ADMISSION)
    .flatMap((header) => header.refs)
  if (refs.length === 0) return []
  const rows: (RecordBytes & { net: Uint8Array; author: Uint8Array })[] = await database.query(
    `select l.net, l.author, r.header, r.signature, r.body from record r join log l on l.no = r.log
     where r.seq = 0 and r.id = any($1::bytea[])`,
    [refs],
  )
  return Promise.all(
    rows.map(async ({ net, author }) => ({
      net: plainBytes(net),
      author: plainBytes(author),
      records: await readRange(database, net, author, 0, 1, 0),
    })),
  )
}

/** The staged seq 0 of a log that nobody has admitted yet. */
export async function readNewcomer(
  database: Asking,
  net: Uint8Array,
  author: Uint8Array,
): Promise<StoredRecord | null> {
  const [row]: RecordBytes[] = await database.query(
    `select header, signature, body from staged where net = $1 and author = $2 and seq = 0`,
    [net, author],
  )
  return row ? storedRecord(row) : null
}

interface EntryRow {
  author: Uint8Array
  length: number
  head: Uint8Array
  certified_length: number
  forked: boolean
}

/** The entries of a network, ascending by author; of one author when it is given. */
export async function readEntries(database: Asking, net: Uint8Array, author?: Uint8Array): Promise<Entry[]> {
  const rows: EntryRow[] = await database.query(
    `select author, length, head, certified_length, forked from log
     where net = $1 and length > 0 and ($2::bytea is null or author = $2) order by author`,
    [net, author ?? null],
  )
  return rows.map((row) => ({
    author: plainBytes(row.author),
    length: row.length,
    head: plainBytes(row.head),
    finalLength: Math.min(row.certified_length, row.length),
    forked: row.forked,
  }))
}

/** A page of all logs of one author, by row number of the log and seq; `cursor` is `log-seq` of the last one before. */
export async function readLogPage(
  database: Asking,
  author: Uint8Array,
  limit: number,
  cursor?: string,
): Promise<{ found: FoundRecord[]; next?: string }> {
  const [log, seq] = cursor === undefined ? [0, -1] : cursor.split('-').map(Number)
  const rows: (FoundRow & { log: number; seq: number })[] = await database.query(
    `select r.log, r.seq, r.header, r.signature, r.body, r.suspended, s.identity, s.start, s.last
     from record r join log l on l.no = r.log left join speaker s on s.log = r.log
     where l.author = $1 and (r.log, r.seq) > ($2, $3) order by r.log, r.seq limit $4`,
    [author, log, seq, limit + 1],
  )
  const page = rows.slice(0, limit)
  const found = page.map((row) => foundOf(row))
  const last = page[page.length - 1]
  return rows.length > limit && last ? { found, next: `${last.log}-${last.seq}` } : { found }
}
