/** The rows of loans. What depends on the day is in the loan's steps, or computed from `state` when it is read. */
import type { LoanStatus } from '#libs/messages'
import { replaceBorrowings, replaceRows, type PageQuery } from '#libs/offers'
import type { Projection } from '#libs/store'
import type { EntityManager } from 'typeorm'
import { borrowingOf } from './borrowing.js'
import { changeDuty } from './changing.js'
import type { LoanState } from './loan.js'
import { writeHolders } from './loan-holder.table.js'
import { stepsOf } from './loan-step.js'
import { stepRows } from './loan-step.table.js'
import { proposerDuty } from './signing.js'

export interface LoanRow {
  id: string
  application: string | null
  offer: string | null
  request: string | null
  proposer: string
  lender: string
  borrower: string
  currency: string
  principal: number
  /** Neither concluded nor lapsed: the proposer's node still has to do something about it. */
  open: boolean
  /** Open, and all have signed or someone declined: it can be settled without waiting for its expiry. */
  settleable: boolean
  proposed_at: number
  expires_at: number
  state: LoanState
}

export const loanProjection: Projection = {
  type: 'loan',
  tables: ['loan', 'loan_step', 'loan_change', 'loan_holder', 'borrowing'],
  async project(manager, subjects) {
    const ids = subjects.map(({ subject }) => subject)
    const loans = subjects.filter(({ applied }) => applied.length > 0).map(({ state }) => state as LoanState)
    await replaceRows(manager, 'loan', 'id', ids, loans.map(loanRow))
    const steps = loans.map((loan) => ({ loan, steps: stepsOf(loan) }))
    await replaceRows(
      manager,
      'loan_step',
      'loan',
      ids,
      steps.flatMap(({ loan, steps }) => stepRows(loan, steps)),
    )
    await replaceBorrowings(
      manager,
      ids,
      steps.flatMap(({ loan, steps }) => borrowingOf(loan, steps) ?? []),
    )
    await replaceRows(manager, 'loan_change', 'loan', ids, loans.flatMap(openChangeRows))
    await writeHolders(manager, ids, loans)
  },
}

function loanRow(loan: LoanState): LoanRow {
  const { application, offer, request, proposer, lenders, borrower, terms, proposedAt, expiresAt } = loan.agreement!
  return {
    ...{ id: loan.id, application, offer, request, proposer, borrower, lender: lenders[0]![0] },
    currency: terms.currency,
    principal: terms.principal,
    open: loan.outcome === null,
    settleable: proposerDuty(loan, 0) !== null,
    proposed_at: proposedAt,
    expires_at: expiresAt,
    state: loan,
  }
}

/** Changes that are neither concluded nor lapsed. */
function openChangeRows(loan: LoanState): object[] {
  return Object.entries(loan.changes)
    .filter(([id]) => !loan.changesSettled[id])
    .map(([id, { by, expiresAt }]) => ({
      ...{ id, loan: loan.id, proposer: by },
      settleable: changeDuty(loan, id, 0) !== null,
      expires_at: expiresAt,
    }))
}

/** The loan as it was last projected; null when there is none. */
export async function findLoan(manager: EntityManager, id: string): Promise<LoanState | null> {
  const rows: Pick<LoanRow, 'state'>[] = await manager.query(`select state from loan where id = $1`, [id])
  return rows[0]?.state ?? null
}

/** The arbiters of those of these loans that have one. */
export async function arbitersOf(manager: EntityManager, loans: readonly string[]): Promise<Map<string, string>> {
  const rows: { id: string; arbiter: string }[] = await manager.query(
    `select id, state->'agreement'->>'arbiter' as arbiter from loan
     where id = any($1::text[]) and state->'agreement' ? 'arbiter'`,
    [loans],
  )
  return new Map(rows.map(({ id, arbiter }) => [id, arbiter]))
}

/** Which loans a list is about; `status` is the one on the day `asOf`. */
export interface LoanFilter {
  lender?: string | undefined
  borrower?: string | undefined
  status?: LoanStatus | undefined
  asOf: string
}

/** Newest first; one more than the limit when there are more. */
export async function listLoans(
  manager: EntityManager,
  { lender, borrower, status, asOf }: LoanFilter,
  { limit, after }: PageQuery,
): Promise<LoanState[]> {
  const values: unknown[] = [lender ?? null, borrower ?? null, after?.at ?? null, after?.id ?? null, limit + 1]
  const rows: Pick<LoanRow, 'state'>[] = await manager.query(
    `select state from loan
     where ($1::text is null or exists (select from loan_holder held where held.loan = loan.id and held.holder = $1)) and ($2::text is null or borrower = $2)
       and ($3::bigint is null or (proposed_at, id) < ($3::bigint, $4::text))
       ${
         status
           ? `and exists (select from loan_step step where step.loan = loan.id
                and from_day <= $6::date and until_day > $6::date and status = $7)`
           : ''
       }
     order by proposed_at desc, id desc limit $5`,
    status ? [...values, asOf, status] : values,
  )
  return rows.map(({ state }) => state)
}

/** What is to be settled: a proposal of a loan, or of a change. */
export interface Unsettled {
  loan: string
  proposer: string
  /** Null: the proposal of the loan itself. */
  change: string | null
}

/** Open proposals of these identities that are to be settled at `now`: signed by all, declined, or expired. */
export async function proposalsToSettle(
  manager: EntityManager,
  proposers: readonly string[],
  now: number,
): Promise<Unsettled[]> {
  return manager.query(
    `select id as loan, proposer, null as change from loan
     where open and proposer = any($1::text[]) and (settleable or expires_at < $2)
     union all
     select loan, proposer, id from loan_change where proposer = any($1::text[]) and (settleable or expires_at < $2)`,
    [proposers, now],
  )
}
