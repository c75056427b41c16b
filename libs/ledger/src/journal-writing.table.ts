/** The journal of loans, written into the database: only what differs from what is there. */
import { sha256 } from '#libs/record'
import { bulkInsert, type BulkTable, type Cell } from '#libs/store'
import type { EntityManager } from 'typeorm'
import type { JournalEntry } from './entry.js'

/** Makes `entries` all that the journal has of these loans. Of what is there only ids and digests are read: a loan's journal mostly grows. */
export async function replaceJournal(
  manager: EntityManager,
  loans: readonly string[],
  entries: Iterable<JournalEntry>,
): Promise<void> {
  const stored = await storedDigests(manager, loans)
  const fresh: Written[] = []
  for (const entry of entries) {
    const digest = digestOf(entry)
    if (stored.get(entry.id) === digest.toString('base64')) stored.delete(entry.id)
    else fresh.push({ entry, digest })
  }
  if (stored.size > 0) await manager.query(`delete from journal_entry where id = any($1::text[])`, [[...stored.keys()]])
  if (fresh.length > 0) await insertEntries(manager, fresh)
}

interface Written {
  entry: JournalEntry
  digest: Buffer
}

async function storedDigests(manager: EntityManager, loans: readonly string[]): Promise<Map<string, string>> {
  const rows: { id: string; digest: Buffer }[] = await manager.query(
    `select id, digest from journal_entry where loan = any($1::text[])`,
    [loans],
  )
  return new Map(rows.map(({ id, digest }) => [id, digest.toString('base64')]))
}

/** SHA-256 of all that an entry says. Postings count in the order of their accounts. */
function digestOf({ owner, loan, record, kind, valueDate, description, postings }: JournalEntry): Buffer {
  const lines = postings.map(({ account, currency, amount }) => `${account} ${currency} ${amount}`).sort()
  const content = [owner, loan, record, kind, valueDate, description, lines.join(',')].join('|')
  return Buffer.from(sha256(Buffer.from(content, 'utf8')))
}

const POSTING: BulkTable = {
  name: 'posting',
  columns: { entry: 'text', account: 'text', currency: 'text', amount: 'int8' },
}

/** Entries first: their postings are checked against them at the end of the statement that writes those. */
async function insertEntries(manager: EntityManager, fresh: readonly Written[]): Promise<void> {
  await manager.query(
    `insert into journal_entry (id, owner, loan, record, kind, value_date, description, digest)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::text[], $8::bytea[])`,
    [
      fresh.map(({ entry }) => entry.id),
      fresh.map(({ entry }) => entry.owner),
      fresh.map(({ entry }) => entry.loan),
      fresh.map(({ entry }) => entry.record),
      fresh.map(({ entry }) => entry.kind),
      fresh.map(({ entry }) => entry.valueDate),
      fresh.map(({ entry }) => entry.description),
      fresh.map(({ digest }) => digest),
    ],
  )
  await bulkInsert(
    manager,
    POSTING,
    fresh.flatMap(({ entry: { id, postings } }) =>
      postings.map(({ account, currency, amount }): Cell[] => [id, account, currency, amount]),
    ),
  )
}
