/** What people have borrowed, one row per loan, as the folds of loans write it. */
import type { EntityManager } from 'typeorm'
import type { Borrowing } from './newcomer.js'
import { replaceRows } from './rows.table.js'

/** Replaces the rows of some loans. */
export async function replaceBorrowings(
  manager: EntityManager,
  loans: readonly string[],
  rows: readonly Borrowing[],
): Promise<void> {
  await replaceRows(manager, 'borrowing', 'loan', loans, rows)
}

export async function readBorrowings(manager: EntityManager, borrower: string): Promise<Borrowing[]> {
  const rows: Borrowing[] = await manager.query(
    `select loan, borrower, currency, principal, open, to_char(repaid_on, 'YYYY-MM-DD') as repaid_on
     from borrowing where borrower = $1 order by loan`,
    [borrower],
  )
  return rows.map((row) => ({ ...row, principal: Number(row.principal) }))
}
