/** What is open of each row of a table, and when money came for it. */
import type { LoanAccount } from '#libs/loans'
import { openOf, receiptsOf, type PlainDate } from '#libs/money'

/** What is not paid of a row, minor units; `fees` with penalties. */
export interface OpenInstalment {
  dueDate: PlainDate
  principal: bigint
  interest: bigint
  fees: bigint
}

/** Rows of the table in force that are not paid in full. */
export function openInstalments({ loan }: LoanAccount): OpenInstalment[] {
  return loan.state.rows
    .filter((row) => openOf(row) > 0n)
    .map(({ due, open }) => ({
      dueDate: due,
      principal: open.principal,
      interest: open.interest,
      fees: open.fee + open.penalty,
    }))
}

/** A row with the money that went to it. */
export interface PaidInstalment {
  dueDate: PlainDate
  total: bigint
  paid: { date: PlainDate; amount: bigint }[]
}

/** All rows of the table in force but down payments, which are kept back and never late. */
export function paidInstalments({ loan }: LoanAccount): PaidInstalment[] {
  return loan.state.rows
    .filter(({ kind }) => kind !== 'downPayment')
    .map((row) => {
      const paid = receiptsOf(row).map(({ date, amount }) => ({ date, amount }))
      return { dueDate: row.due, total: paid.reduce((sum, { amount }) => sum + amount, openOf(row)), paid }
    })
}
