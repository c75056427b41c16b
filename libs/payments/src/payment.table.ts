/** The rows of payments, and the journal that they make. */
import { replaceJournal } from '#libs/ledger'
import { END_OF_TIME, endsOf, standing, type LoanState } from '#libs/loans'
import type { PaymentView, Rail } from '#libs/messages'
import { replaceRows, type PageQuery } from '#libs/offers'
import type { Projected, Projection } from '#libs/store'
import type { EntityManager } from 'typeorm'
import { journalOf } from './books.js'

export interface PaymentRow {
  id: string
  loan: string
  purpose: PaymentView['purpose']
  payer: string
  payee: string
  currency: string
  amount: number
  value_date: string
  rail: Rail
  reference: string
  status: PaymentView['status']
  refused_because: string | null
  confirmed_amount: number | null
  allocation: PaymentView['allocation']
  records: string[]
  /** Of the first of its records. */
  at: number
}

export const paymentProjection: Projection = {
  type: 'loan',
  tables: ['payment'],
  async project(manager, subjects) {
    await replaceRows(manager, 'payment', 'loan', idsOf(subjects), loansOf(subjects).flatMap(paymentRows))
  },
}

/** A node books every loan whose bodies it holds, on both sides: the books of any two holders are equal. */
export const journalProjection: Projection = {
  type: 'loan',
  tables: ['journal_entry', 'posting'],
  async project(manager, subjects) {
    await replaceJournal(manager, idsOf(subjects), loansOf(subjects).flatMap(journalOf))
  },
}

const idsOf = (subjects: readonly Projected[]): string[] => subjects.map(({ subject }) => subject)
const loansOf = (subjects: readonly Projected[]): LoanState[] =>
  subjects.filter(({ applied }) => applied.length > 0).map(({ state }) => state as LoanState)

function paymentRows(loan: LoanState): PaymentRow[] {
  const allocations = new Map(
    standing(loan, END_OF_TIME).allocations.map(({ payment, ...parts }) => [payment, parts] as const),
  )
  const confirmations = new Map(Object.entries(loan.confirmed).map(([id, { sent }]) => [sent ?? id, id]))
  const common = { loan: loan.id, currency: loan.agreement!.terms.currency, refused_because: null }
  const alone = Object.entries(loan.confirmed)
    .filter(([, { sent }]) => sent === null)
    .map(([id, { purpose, amount, valueDate, rail, at }]): PaymentRow => ({
      ...common,
      ...endsOf(loan, purpose),
      ...{ id, purpose, amount, at, status: 'confirmed', reference: '' },
      value_date: valueDate,
      rail: rail as Rail,
      confirmed_amount: amount,
      allocation: allocations.get(id) ?? null,
      records: [id],
    }))
  const sent = Object.entries(loan.sent).map(
    ([id, { purpose, amount, valueDate, rail, reference, at }]): PaymentRow => {
      const confirmation = confirmations.get(id)
      const confirmed = confirmation === undefined ? undefined : loan.confirmed[confirmation]
      const refused = loan.refused[id]
      return {
        ...common,
        ...endsOf(loan, purpose),
        ...{ id, purpose, amount, reference, at },
        status: confirmed ? 'confirmed' : refused ? 'refused' : 'sent',
        value_date: confirmed?.valueDate ?? valueDate,
        rail: rail as Rail,
        refused_because: refused?.reason ?? null,
        confirmed_amount: confirmed?.amount ?? null,
        allocation: allocations.get(confirmation ?? id) ?? null,
        records: [id, ...(confirmation ? [confirmation] : []), ...(refused ? [refused.id] : [])],
      }
    },
  )
  return [...sent, ...alone]
}

const COLUMNS = `*, to_char(value_date, 'YYYY-MM-DD') as value_date`

export async function findPayment(manager: EntityManager, id: string): Promise<PaymentRow | null> {
  const rows: PaymentRow[] = await manager.query(`select ${COLUMNS} from payment where id = $1`, [id])
  return rows[0] ?? null
}

/** Newest first. `party`: as payer or payee; null: anyone's. */
export async function listPayments(
  manager: EntityManager,
  of: { party: string | null; loan?: string | undefined; status?: string | undefined },
  { limit, after }: PageQuery,
): Promise<PaymentRow[]> {
  return manager.query(
    `select ${COLUMNS} from payment
     where ($1::text is null or payer = $1 or payee = $1) and ($2::text is null or loan = $2)
       and ($3::text is null or status = $3)
       and ($4::bigint is null or (at, id) < ($4::bigint, $5::text))
     order by at desc, id desc limit $6`,
    [of.party, of.loan ?? null, of.status ?? null, after?.at ?? null, after?.id ?? null, limit + 1],
  )
}
