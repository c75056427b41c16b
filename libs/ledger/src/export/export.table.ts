/** What an export reads beside the entries. */
import type { EntityManager } from 'typeorm'
import type { JournalCursor } from '../journal.table.js'
import type { OpenedAccount } from './plain-text.js'

/** Currencies of an owner's books, or of all, with the value date of their first entry. */
export async function currenciesSince(
  manager: EntityManager,
  owner?: string,
): Promise<{ currency: string; since: string }[]> {
  return manager.query(
    `select p.currency, to_char(min(e.value_date), 'YYYY-MM-DD') as since
     from posting p join journal_entry e on e.id = p.entry
     where $1::text is null or e.owner = $1 group by p.currency order by p.currency`,
    [owner ?? null],
  )
}

/** Of these accounts those that nothing was posted to up to a place in the journal (null: its beginning), by name. */
export async function unopened(
  manager: EntityManager,
  accounts: readonly string[],
  upTo: JournalCursor | null,
): Promise<OpenedAccount[]> {
  return manager.query(
    `select account, currency, to_char(value_date, 'YYYY-MM-DD') as since from (
       select distinct on (p.account) p.account, p.currency, e.value_date, e.id
       from posting p join journal_entry e on e.id = p.entry where p.account = any($1::text[])
       order by p.account, e.value_date, e.id
     ) first where $2::date is null or (value_date, id) > ($2::date, $3::text) order by account`,
    [accounts, upTo?.valueDate ?? null, upTo?.entry ?? null],
  )
}

/** How many entries there are up to a place in the journal. */
export async function entriesUpTo(
  manager: EntityManager,
  { valueDate, entry }: JournalCursor,
  owner?: string,
): Promise<number> {
  const [row]: [{ count: number }] = await manager.query(
    `select count(*)::int as count from journal_entry
     where ($1::text is null or owner = $1) and (value_date, id) <= ($2::date, $3::text)`,
    [owner ?? null, valueDate, entry],
  )
  return row.count
}
