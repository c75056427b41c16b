/** Who has, or had, a part in the lenders' side of a loan, as rows. */
import type { EntityManager } from 'typeorm'
import type { LoanState } from './loan.js'
import { holdersOf } from './notes/holder.js'

/** Adds the rows that are missing: nobody ever ceases to be a holder, unless the loan is gone. */
export async function writeHolders(
  manager: EntityManager,
  subjects: readonly string[],
  loans: readonly LoanState[],
): Promise<void> {
  const kept = new Set(loans.map(({ id }) => id))
  const gone = subjects.filter((id) => !kept.has(id))
  if (gone.length > 0) await manager.query(`delete from loan_holder where loan = any($1::text[])`, [gone])
  const known: { loan: string; holders: string }[] = await manager.query(
    `select loan, count(*)::int as holders from loan_holder where loan = any($1::text[]) group by loan`,
    [[...kept]],
  )
  const counts = new Map(known.map(({ loan, holders }) => [loan, Number(holders)]))
  const rows = loans.flatMap((loan) => {
    const holders = holdersOf(loan)
    return counts.get(loan.id) === holders.length ? [] : holders.map((holder) => ({ loan: loan.id, holder }))
  })
  if (rows.length === 0) return
  await manager.query(`delete from loan_holder where loan = any($1::text[])`, [
    [...new Set(rows.map(({ loan }) => loan))],
  ])
  await manager.query(`insert into loan_holder select * from jsonb_populate_recordset(null::loan_holder, $1::jsonb)`, [
    JSON.stringify(rows),
  ])
}
