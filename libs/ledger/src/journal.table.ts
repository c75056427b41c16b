/** The journal in the database, read as balances, entries and statements. */
import type { JournalEntryView, LedgerAccountView } from '#libs/messages'
import type { EntityManager } from 'typeorm'
import { accountParts } from './account.js'

/** Balances of all accounts at the end of a day, by name; of one owner, or of all. */
export async function readBalances(manager: EntityManager, asOf: string, owner?: string): Promise<LedgerAccountView[]> {
  const rows: { account: string; currency: string; balance: number }[] = await manager.query(
    `select p.account, p.currency, sum(p.amount)::bigint as balance
     from posting p join journal_entry e on e.id = p.entry
     where e.value_date <= $1::date and ($2::text is null or e.owner = $2)
     group by p.account, p.currency order by p.account collate "C"`,
    [asOf, owner ?? null],
  )
  return rows.map(({ account, currency, balance }) => {
    const { owner: of, class: accountClass, loan } = accountParts(account)!
    return { account, owner: of, class: accountClass, loan, currency, balance: Number(balance) }
  })
}

/** Where a page of the journal or of a statement begins: after this entry. */
export interface JournalCursor {
  valueDate: string
  entry: string
}

/** Entries by value date, then id. */
export async function readEntries(
  manager: EntityManager,
  of: { owner?: string | undefined; loan?: string | undefined },
  after: JournalCursor | null,
  limit: number,
): Promise<JournalEntryView[]> {
  const entries: Omit<JournalEntryView, 'postings'>[] = await manager.query(
    `select id, owner, loan, record, kind, to_char(value_date, 'YYYY-MM-DD') as "valueDate", description
     from journal_entry
     where ($1::text is null or owner = $1) and ($2::text is null or loan = $2)
       and ($3::date is null or (value_date, id) > ($3::date, $4::text))
     order by value_date, id limit $5`,
    [of.owner ?? null, of.loan ?? null, after?.valueDate ?? null, after?.entry ?? null, limit],
  )
  const lines: { entry: string; account: string; currency: string; amount: number }[] = await manager.query(
    `select entry, account, currency, amount from posting where entry = any($1::text[]) order by amount < 0, account`,
    [entries.map(({ id }) => id)],
  )
  return entries.map((entry) => ({
    ...entry,
    postings: lines
      .filter((line) => line.entry === entry.id)
      .map(({ account, currency, amount }) => ({ account, currency, ...columns(Number(amount)) })),
  }))
}

/** A line of an account's statement. */
export interface StatementLine {
  entry: string
  record: string
  valueDate: string
  description: string
  debit: number
  credit: number
  /** After this line: debits minus credits. */
  balance: number
}

/** An account's movements by value date, then entry, with the running balance. Null when nothing was ever posted to it. */
export async function readStatement(
  manager: EntityManager,
  account: string,
  after: JournalCursor | null,
  limit: number,
): Promise<StatementLine[] | null> {
  const rows: (Omit<StatementLine, 'debit' | 'credit'> & { amount: number })[] = await manager.query(
    `select * from (
       select e.id as entry, e.record, to_char(e.value_date, 'YYYY-MM-DD') as "valueDate", e.description, p.amount,
         (sum(p.amount) over (order by e.value_date, e.id))::bigint as balance
       from posting p join journal_entry e on e.id = p.entry where p.account = $1
     ) line
     where $2::text is null or ("valueDate", entry) > ($2::text, $3::text)
     order by "valueDate", entry limit $4`,
    [account, after?.valueDate ?? null, after?.entry ?? null, limit],
  )
  if (rows.length === 0 && !(await isAccount(manager, account))) return null
  return rows.map(({ amount, balance, ...line }) => ({ ...line, ...columns(Number(amount)), balance: Number(balance) }))
}

async function isAccount(manager: EntityManager, account: string): Promise<boolean> {
  const rows: unknown[] = await manager.query(`select 1 from posting where account = $1 limit 1`, [account])
  return rows.length > 0
}

const columns = (amount: number) => ({ debit: Math.max(amount, 0), credit: Math.max(-amount, 0) })
