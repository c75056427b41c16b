/** Which disputes there are, by the loan that they are about and whom they concern. */
import { rulingOn, type LoanState } from '#libs/loans'
import type { DisputeView } from '#libs/messages'
import { replaceRows, type PageQuery } from '#libs/offers'
import type { Projection } from '#libs/store'
import type { EntityManager } from 'typeorm'
import { concernedBy } from './dispute-view.js'

interface DisputeRow {
  id: string
  loan: string
  /** All who have a say in the loan, and its arbiter. */
  concerned: string[]
  status: DisputeView['status']
  at: number
}

export const disputeProjection: Projection = {
  type: 'loan',
  tables: ['dispute'],
  async project(manager, subjects) {
    const ids = subjects.map(({ subject }) => subject)
    const loans = subjects.filter(({ applied }) => applied.length > 0).map(({ state }) => state as LoanState)
    await replaceRows(manager, 'dispute', 'loan', ids, loans.flatMap(disputeRows))
  },
}

function disputeRows(loan: LoanState): DisputeRow[] {
  return Object.entries(loan.disputes?.opened ?? {}).map(([id, { at }]) => ({
    ...{ id, loan: loan.id, at, concerned: concernedBy(loan) },
    status: rulingOn(loan, id) ? 'resolved' : 'open',
  }))
}

export interface FoundDispute {
  id: string
  at: number
  state: LoanState
}

/** Newest first; one more than the limit when there are more. */
export async function listDisputes(
  manager: EntityManager,
  of: { loan?: string | undefined; who?: string | undefined; status?: DisputeView['status'] | undefined },
  { limit, after }: PageQuery,
): Promise<FoundDispute[]> {
  return manager.query(
    `select d.id, d.at, loan.state from dispute d join loan on loan.id = d.loan
     where ($1::text is null or d.loan = $1) and ($2::text is null or $2 = any(d.concerned))
       and ($3::text is null or d.status = $3) and ($4::bigint is null or (d.at, d.id) < ($4::bigint, $5::text))
     order by d.at desc, d.id desc limit $6`,
    [of.loan ?? null, of.who ?? null, of.status ?? null, after?.at ?? null, after?.id ?? null, limit + 1],
  )
}

/** The loan that a dispute is about; null when there is no such dispute. */
export async function loanOfDispute(manager: EntityManager, dispute: string): Promise<LoanState | null> {
  const rows: { state: LoanState }[] = await manager.query(
    `select loan.state from dispute d join loan on loan.id = d.loan where d.id = $1`,
    [dispute],
  )
  return rows[0]?.state ?? null
}
