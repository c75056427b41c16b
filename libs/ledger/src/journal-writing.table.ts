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

const ENTRY: BulkTable = {
  name: 'journal_entry',
  columns: {
    ...{ id: 'text', owner: 'text', loan: 'text', record: 'text', kind: 'text' },
    ...{ value_date: 'date', description: 'text', digest: 'bytea' },
  },
}
const POSTING: BulkTable = {
  name: 'posting',
  columns: { entry: 'text', account: 'text', currency: 'text', amount: 'int8' },
}

/** Entries first: their postings are checked against them at the end of the statement that writes those. */
async function insertEntries(manager: EntityManager, fresh: readonly Written[]): Promise<void> {
  const entries = fresh.map(({ entry: { id, owner, loan, record, kind, valueDate, description }, digest }): Cell[] => [
    ...[id, owner, loan, record, kind, valueDate, description, digest],
  ])
  const postings: Cell[][] = []
  for (const { entry } of fresh)
    for (const { account, currency, amount } of entry.postings) postings.push([entry.id, account, currency, amount])
  await bulkInsert(manager, ENTRY, entries)
  await bulkInsert(manager, POSTING, postings)
}
