/** The rows of loans. What depends on the day is computed from `state` when it is read. */
import type { LoanStatus } from '#libs/messages'
import { replaceRows, type PageQuery } from '#libs/offers'
import type { Projection } from '#libs/store'
import type { EntityManager } from 'typeorm'
import type { LoanState } from './loan.js'
import { stepRows } from './loan-step.table.js'
import { proposerDuty } from './signing.js'
import { paidOutOn } from './movement.js'
import { END_OF_TIME, standing } from './standing.js'

/** What of a loan's status its records decide without a date. */
export type LoanStage = 'proposed' | 'declined' | 'lapsed' | 'concluded'

export interface LoanRow {
  id: string
  application: string
  offer: string
  proposer: string
  lender: string
  borrower: string
  currency: string
  principal: number
  stage: LoanStage
  /** Neither concluded nor lapsed: the proposer's node still has to do something about it. */
  open: boolean
  /** Open, and all have signed or someone declined: it can be settled without waiting for its expiry. */
  settleable: boolean
  proposed_at: number
  expires_at: number
  /** Value dates by all payments known, also those of days to come. */
  paid_out_on: string | null
  closed_on: string | null
  /** Due date of the oldest instalment that is not paid in full. */
  next_due: string | null
  state: LoanState
}

export const loanProjection: Projection = {
  type: 'loan',
  tables: ['loan', 'instalment', 'loan_step'],
  async project(manager, subjects) {
    const ids = subjects.map(({ subject }) => subject)
    const loans = subjects.filter(({ applied }) => applied.length > 0).map(({ state }) => state as LoanState)
    await replaceRows(manager, 'loan', 'id', ids, loans.map(loanRow))
    await replaceRows(manager, 'instalment', 'loan', ids, loans.flatMap(instalmentRows))
    await replaceRows(manager, 'loan_step', 'loan', ids, loans.flatMap(stepRows))
  },
}

function loanRow(loan: LoanState): LoanRow {
  const { application, offer, proposer, lenders, borrower, terms, proposedAt, expiresAt } = loan.agreement!
  const { status, closedOn, nextDue } = standing(loan, END_OF_TIME)
  return {
    ...{ id: loan.id, application, offer, proposer, borrower, lender: lenders[0]![0] },
    currency: terms.currency,
    principal: terms.principal,
    stage: status === 'proposed' || status === 'declined' || status === 'lapsed' ? status : 'concluded',
    open: loan.outcome === null,
    settleable: proposerDuty(loan, 0) !== null,
    proposed_at: proposedAt,
    expires_at: expiresAt,
    paid_out_on: paidOutOn(loan),
    closed_on: closedOn,
    next_due: nextDue?.date ?? null,
    state: loan,
  }
}

function instalmentRows(loan: LoanState): object[] {
  return standing(loan, END_OF_TIME).instalments.map((row) => ({
    loan: loan.id,
    number: row.number,
    due_date: row.dueDate,
    principal: row.principal,
    interest: row.interest,
    fees: row.fees,
    paid: row.paid,
    paid_on: row.paidOn,
  }))
}

/** The loan as it was last projected; null when there is none. */
export async function findLoan(manager: EntityManager, id: string): Promise<LoanState | null> {
  const rows: Pick<LoanRow, 'state'>[] = await manager.query(`select state from loan where id = $1`, [id])
  return rows[0]?.state ?? null
}

/** Which loans a list is about. `asOf` decides between agreed, active and closed. */
export interface LoanFilter {
  lender?: string | undefined
  borrower?: string | undefined
  status?: LoanStatus | undefined
  asOf: string
}

/** For each status the rows that can have it on the day $3; whether one of them is late, only its standing says. */
const CANDIDATES: { [Status in LoanStatus]: string } = {
  proposed: `stage = 'proposed'`,
  declined: `stage = 'declined'`,
  lapsed: `stage = 'lapsed'`,
  agreed: `stage = 'concluded' and (paid_out_on is null or paid_out_on > $3)`,
  active: `stage = 'concluded' and paid_out_on <= $3 and (closed_on is null or closed_on > $3)`,
  in_arrears: `stage = 'concluded' and paid_out_on <= $3 and (closed_on is null or closed_on > $3) and next_due < $3`,
  closed: `stage = 'concluded' and closed_on <= $3`,
}

/** Candidates, newest first. */
export async function listLoans(
  manager: EntityManager,
  { lender, borrower, status, asOf }: LoanFilter,
  { limit, after }: PageQuery,
): Promise<LoanState[]> {
  const rows: Pick<LoanRow, 'state'>[] = await manager.query(
    `select state from loan
     where ($1::text is null or lender = $1) and ($2::text is null or borrower = $2) and $3::date is not null
       ${status ? `and ${CANDIDATES[status]}` : ''}
       and ($4::bigint is null or (proposed_at, id) < ($4::bigint, $5::text))
     order by proposed_at desc, id desc limit $6`,
    [lender ?? null, borrower ?? null, asOf, after?.at ?? null, after?.id ?? null, limit + 1],
  )
  return rows.map(({ state }) => state)
}

/** Open proposals of these identities that are to be settled at `now`: signed by all, declined, or expired. */
export async function proposalsToSettle(
  manager: EntityManager,
  proposers: readonly string[],
  now: number,
): Promise<{ id: string; proposer: string }[]> {
  return manager.query(
    `select id, proposer from loan where open and proposer = any($1::text[]) and (settleable or expires_at < $2)`,
    [proposers, now],
  )
}
