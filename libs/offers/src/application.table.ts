/** The rows of applications. */
import type { Tranche } from '#libs/messages'
import type { PageQuery, Projection } from '#libs/store'
import type { EntityManager } from 'typeorm'
import { applicationLoan, applicationStatus, type ApplicationState, type ApplicationStatus } from './application.js'
import { replaceRows } from './rows.table.js'

export interface ApplicationRow {
  id: string
  offer: string
  lender: string
  borrower: string
  currency: string
  amount: number
  instalments: number
  purpose: string
  first_due_date: string | null
  tranches: Tranche[] | null
  status: ApplicationStatus
  declined_because: string | null
  loan: string | null
  submitted_at: number
}

export const applicationProjection: Projection = {
  type: 'application',
  tables: ['application'],
  async project(manager, subjects) {
    const rows = subjects
      .filter(({ applied }) => applied.length > 0)
      .map(({ state }) => rowOf(state as ApplicationState))
    await replaceRows(
      manager,
      'application',
      'id',
      subjects.map(({ subject }) => subject),
      rows,
    )
  },
}

function rowOf(application: ApplicationState): ApplicationRow {
  const { id, offer, lender, borrower, currency, amount, instalments, purpose } = application
  return {
    ...{ id, offer, lender, borrower, currency, amount, instalments, purpose },
    first_due_date: application.firstDueDate,
    tranches: application.tranches,
    status: applicationStatus(application),
    declined_because: application.declined?.reason ?? null,
    loan: applicationLoan(application),
    submitted_at: application.submittedAt,
  }
}

export async function findApplication(manager: EntityManager, id: string): Promise<ApplicationRow | null> {
  const rows: ApplicationRow[] = await manager.query(`select * from application where id = $1`, [id])
  return rows[0] ?? null
}

/** Newest first. */
export async function listApplications(
  manager: EntityManager,
  of: { lender?: string; borrower?: string; offer?: string | undefined; status?: string | undefined },
  { limit, after }: PageQuery,
): Promise<ApplicationRow[]> {
  return manager.query(
    `select * from application
     where ($1::text is null or lender = $1) and ($2::text is null or borrower = $2)
       and ($3::text is null or offer = $3) and ($4::text is null or status = $4)
       and ($5::bigint is null or (submitted_at, id) < ($5::bigint, $6::text))
     order by submitted_at desc, id desc limit $7`,
    [
      ...[of.lender ?? null, of.borrower ?? null, of.offer ?? null, of.status ?? null],
      ...[after?.at ?? null, after?.id ?? null, limit + 1],
    ],
  )
}
