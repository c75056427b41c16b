/** The steps of loans as rows, and what they add up to. */
import type { LoanStatus } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import type { EntityManager } from 'typeorm'
import type { LoanState } from './loan.js'
import { BEGINNING_OF_TIME, stepsOf } from './loan-step.js'

/** Rows of `loan_step`: each step from its day until the next one's, the first and the last without end. */
export function stepRows(loan: LoanState): object[] {
  const { lenders, borrower, terms } = loan.agreement!
  const steps = stepsOf(loan)
  return steps.map(({ from, status, principalOwed, writtenOff, outstanding, overdue, lateSince }, index) => ({
    ...{ loan: loan.id, lender: lenders[0]![0], borrower, currency: terms.currency, principal: terms.principal },
    ...{ status, outstanding, overdue },
    from_day: from === BEGINNING_OF_TIME ? '-infinity' : from,
    until_day: steps[index + 1]?.from ?? 'infinity',
    principal_owed: principalOwed,
    written_off: writtenOff,
    late_since: lateSince,
  }))
}

/** Sums of minor units over loans of one currency, status and range of days past due. */
export interface StepSums {
  currency: string
  status: LoanStatus
  /** How many of `lateFromDays` are reached: 0 when nothing is late. */
  bucket: number
  loans: number
  principal: bigint
  principalOwed: bigint
  writtenOff: bigint
  outstanding: bigint
  overdue: bigint
}

/** An owner's loans at the end of a day, by currency, status, and days past due. `lateFromDays` ascends from 1. */
export async function sumSteps(
  manager: EntityManager,
  side: 'lender' | 'borrower',
  owner: string,
  asOf: PlainDate,
  lateFromDays: readonly number[],
): Promise<StepSums[]> {
  const rows: { [Column in keyof StepSums]: StepSums[Column] extends bigint ? string : StepSums[Column] }[] =
    await manager.query(
      `select currency, status, width_bucket(coalesce($2::date - late_since, 0), $3::int[]) as bucket,
         count(*)::int as loans, sum(principal)::text as principal, sum(principal_owed)::text as "principalOwed",
         sum(written_off)::text as "writtenOff", sum(outstanding)::text as outstanding, sum(overdue)::text as overdue
       from loan_step where ${side} = $1 and from_day <= $2::date and until_day > $2::date
       group by currency, status, bucket order by currency, status, bucket`,
      [owner, asOf, lateFromDays],
    )
  return rows.map((row) => ({
    ...row,
    principal: BigInt(row.principal),
    principalOwed: BigInt(row.principalOwed),
    writtenOff: BigInt(row.writtenOff),
    outstanding: BigInt(row.outstanding),
    overdue: BigInt(row.overdue),
  }))
}

/** An owner's loans that are late at the end of a day. */
export async function lateLoans(
  manager: EntityManager,
  side: 'lender' | 'borrower',
  owner: string,
  asOf: PlainDate,
): Promise<LoanState[]> {
  const rows: { state: LoanState }[] = await manager.query(
    `select loan.state from loan_step step join loan on loan.id = step.loan
     where step.${side} = $1 and from_day <= $2::date and until_day > $2::date and late_since is not null`,
    [owner, asOf],
  )
  return rows.map(({ state }) => state)
}
