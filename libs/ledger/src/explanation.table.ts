/** From a balance to its postings, and from a loan to its movements. */
import type { JournalEntryView } from '#libs/messages'
import type { EntityManager } from 'typeorm'
import type { JournalCursor } from './journal.table.js'

/** A posting of an account. Amounts are minor units: debits above zero. */
export interface PostingRow {
  entry: string
  record: string
  valueDate: string
  description: string
  currency: string
  amount: number
  /** After this posting. */
  balance: number
}

/** Postings of an account up to the end of a day, with the running balance, by value date, then entry. */
export async function readPostings(
  manager: EntityManager,
  account: string,
  asOf: string,
  after: JournalCursor | null,
  limit: number,
): Promise<PostingRow[]> {
  const rows: PostingRow[] = await manager.query(
    `select * from (
       select e.id as entry, e.record, to_char(e.value_date, 'YYYY-MM-DD') as "valueDate", e.description, p.currency,
         p.amount, (sum(p.amount) over (order by e.value_date, e.id))::bigint as balance
       from posting p join journal_entry e on e.id = p.entry where p.account = $1 and e.value_date <= $2::date
     ) line
     where $3::text is null or ("valueDate", entry) > ($3::text, $4::text)
     order by "valueDate", entry limit $5`,
    [account, asOf, after?.valueDate ?? null, after?.entry ?? null, limit],
  )
  return rows.map((row) => ({ ...row, amount: Number(row.amount), balance: Number(row.balance) }))
}

/** An account's currency, and its balance at the end of a day in minor units; null when nothing was ever posted to it. */
export async function readBalance(
  manager: EntityManager,
  account: string,
  asOf: string,
): Promise<{ currency: string; balance: number } | null> {
  const [row]: { currency: string; balance: number }[] = await manager.query(
    `select p.currency, coalesce(sum(p.amount) filter (where e.value_date <= $2::date), 0)::bigint as balance
     from posting p join journal_entry e on e.id = p.entry where p.account = $1 group by p.currency`,
    [account, asOf],
  )
  return row ? { currency: row.currency, balance: Number(row.balance) } : null
}

/** Entries of one record, in both parties' books. */
export interface MovementRow {
  record: string
  valueDate: string
  entries: Pick<JournalEntryView, 'owner' | 'description' | 'postings'>[]
}

/** The entries of a loan, put together by the record that caused them, in the order of money. */
export function movementsOf(entries: readonly JournalEntryView[]): MovementRow[] {
  const movements = new Map<string, MovementRow>()
  for (const { record, valueDate, owner, description, postings } of entries) {
    const movement = movements.get(record) ?? { record, valueDate, entries: [] }
    movement.entries.push({ owner, description, postings })
    movements.set(record, movement)
  }
  return [...movements.values()]
}
