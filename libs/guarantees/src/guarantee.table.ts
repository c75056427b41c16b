/** Which guarantees there are, or are asked for, by whom they concern. What they stand at follows from the loan when it is read. */
import { guarantorsOf, ownersOf, type LoanState } from '#libs/loans'
import type { GuaranteeStatus } from '#libs/messages'
import { replaceRows, type PageQuery } from '#libs/offers'
import type { Projection } from '#libs/store'
import type { EntityManager } from 'typeorm'
import { groupOf } from './group.js'
import { statusOf } from './guarantee-view.js'

interface GuaranteeRow {
  /** Id of the `guarantee.signed`; of one that is asked for, the guarantor's key. */
  key: string
  loan: string
  guarantor: string
  borrower: string
  /** Everyone to whom the loan is owed, and who collects it. */
  creditors: string[]
  group_id: string | null
  /** As if it had no last day. */
  status: GuaranteeStatus
  until_day: string | null
  at: number
}

/** A day before which every guarantee ends that ends on a day. */
const BEFORE_ANY_END = ''

export const guaranteeProjection: Projection = {
  type: 'loan',
  tables: ['guarantee'],
  async project(manager, subjects) {
    const ids = subjects.map(({ subject }) => subject)
    const loans = subjects.filter(({ applied }) => applied.length > 0).map(({ state }) => state as LoanState)
    await replaceRows(manager, 'guarantee', 'loan', ids, loans.flatMap(guaranteeRows))
  },
}

function guaranteeRows(loan: LoanState): GuaranteeRow[] {
  const { borrower, servicer, proposedAt } = loan.agreement!
  const creditors = [...new Set([...ownersOf(loan), ...(servicer ? [servicer] : [])])]
  const common = { loan: loan.id, borrower, creditors, group_id: groupOf(loan)?.id ?? null }
  const signed = Object.entries(loan.guarantees?.signed ?? {}).map(([key, { guarantor, until, at }]): GuaranteeRow => ({
    ...{ ...common, key, guarantor, at, until_day: until },
    status: statusOf(loan, key, BEFORE_ANY_END),
  }))
  const status = loan.outcome?.stage === 'lapsed' ? 'ended' : 'asked'
  const asked = guarantorsOf(loan).flatMap(({ guarantor, guarantee }): GuaranteeRow[] =>
    guarantee === null ? [{ ...common, key: guarantor, guarantor, at: proposedAt, until_day: null, status }] : [],
  )
  return [...signed, ...asked]
}

/** Which guarantees a list is about. */
export interface GuaranteeFilter {
  loan?: string | undefined
  guarantor?: string | undefined
  borrower?: string | undefined
  creditor?: string | undefined
  /** On any side. */
  party?: string | undefined
  status?: GuaranteeStatus | undefined
  today: string
}

export interface FoundGuarantee {
  key: string
  at: number
  state: LoanState
}

/** Newest first; one more than the limit when there are more. */
export async function listGuarantees(
  manager: EntityManager,
  { loan, guarantor, borrower, creditor, party, status, today }: GuaranteeFilter,
  { limit, after }: PageQuery,
): Promise<FoundGuarantee[]> {
  return manager.query(
    `select g.key, g.at, loan.state from guarantee g join loan on loan.id = g.loan
     where ($1::text is null or g.loan = $1) and ($2::text is null or g.guarantor = $2)
       and ($3::text is null or g.borrower = $3) and ($4::text is null or $4 = any(g.creditors))
       and ($5::text is null or $5 in (g.guarantor, g.borrower) or $5 = any(g.creditors))
       and ($6::text is null or $6 = case when g.status = 'inForce' and g.until_day < $7::date then 'ended' else g.status end)
       and ($8::bigint is null or (g.at, g.key) < ($8::bigint, $9::text))
     order by g.at desc, g.key desc limit $10`,
    [
      ...[loan ?? null, guarantor ?? null, borrower ?? null, creditor ?? null, party ?? null, status ?? null, today],
      ...[after?.at ?? null, after?.id ?? null, limit + 1],
    ],
  )
}

/** The loan that a guarantee is for; null when there is no such guarantee. */
export async function loanOfGuarantee(manager: EntityManager, guarantee: string): Promise<LoanState | null> {
  const rows: { state: LoanState }[] = await manager.query(
    `select loan.state from guarantee g join loan on loan.id = g.loan where g.key = $1`,
    [guarantee],
  )
  return rows[0]?.state ?? null
}

/** All loans for which somebody signed a guarantee, the oldest first. */
export async function loansOfGuarantor(manager: EntityManager, guarantor: string): Promise<LoanState[]> {
  const rows: { state: LoanState }[] = await manager.query(
    `select state from loan where id in (select loan from guarantee where guarantor = $1) order by proposed_at, id`,
    [guarantor],
  )
  return rows.map(({ state }) => state)
}

/** All loans of a group, the oldest first. */
export async function loansOfGroup(manager: EntityManager, group: string): Promise<LoanState[]> {
  const rows: { state: LoanState }[] = await manager.query(
    `select state from loan where id in (select loan from guarantee where group_id = $1) order by proposed_at, id`,
    [group],
  )
  return rows.map(({ state }) => state)
}
