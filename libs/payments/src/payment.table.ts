/** The rows of payments, and the journal that they make. */
import { replaceJournal, type JournalEntry } from '#libs/ledger'
import {
  acceptanceOf,
  countedPayments,
  END_OF_TIME,
  endsOf,
  payeeOf,
  standing,
  type CountedPayment,
  type LoanState,
  type RepaymentAllocation,
  type SentPayment,
} from '#libs/loans'
import type { PaymentView, Rail } from '#libs/messages'
import { replaceRows, type PageQuery } from '#libs/offers'
import type { Projected, Projection } from '#libs/store'
import type { EntityManager } from 'typeorm'
import { entriesOfLoan } from './books.js'

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
  settles: boolean
  /** Taken back in part, minor units. */
  charged_back: number
  /** The reversal that waits for its acceptance. */
  reversal: string | null
  allocation: PaymentView['allocation']
  /** The guarantee that it is under, and the call that it answers. */
  guarantee: string | null
  call: string | null
  /** The note that it is for. */
  note: string | null
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
    await replaceJournal(manager, idsOf(subjects), entriesOfAll(loansOf(subjects)))
  },
}

function* entriesOfAll(loans: readonly LoanState[]): Generator<JournalEntry> {
  for (const loan of loans) yield* entriesOfLoan(loan)
}

const idsOf = (subjects: readonly Projected[]): string[] => subjects.map(({ subject }) => subject)
const loansOf = (subjects: readonly Projected[]): LoanState[] =>
  subjects.filter(({ applied }) => applied.length > 0).map(({ state }) => state as LoanState)

function paymentRows(loan: LoanState): PaymentRow[] {
  const allocations = new Map(
    standing(loan, END_OF_TIME).allocations.map((allocation) => [allocation.payment, allocation]),
  )
  const counted = countedPayments(loan)
  const answers = new Map(counted.map((payment) => [payment.sent, payment]))
  const alone = counted
    .filter(({ sent, opening }) => sent === null && !opening)
    .map((payment): PaymentRow => ({
      ...confirmedColumns(loan, payment, allocations.get(payment.id)),
      ...{ id: payment.id, amount: payment.amount, rail: payment.rail as Rail, settles: payment.settles },
      ...{
        reference: '',
        at: payment.at,
        refused_because: null,
        records: [payment.id, ...reversalsOf(loan, payment.id)],
      },
    }))
  const sent = Object.entries(loan.sent).map(([id, said]): PaymentRow => {
    const answer = answers.get(id)
    const refused = loan.refused[id]
    const { amount, valueDate, rail, reference, settles, at } = said
    const answered = answer
      ? confirmedColumns(loan, answer, allocations.get(answer.id))
      : { ...unansweredColumns(loan, said, valueDate), status: refused ? ('refused' as const) : ('sent' as const) }
    return {
      ...answered,
      ...{ id, amount, reference, settles, at, rail: rail as Rail },
      refused_because: refused?.reason ?? null,
      records: [
        ...[id, ...(answer ? [answer.id] : []), ...(refused ? [refused.id] : [])],
        ...(answer ? reversalsOf(loan, answer.id) : []),
      ],
    }
  })
  return [...sent, ...alone]
}

type Answered = Omit<
  PaymentRow,
  'id' | 'amount' | 'rail' | 'reference' | 'settles' | 'at' | 'refused_because' | 'records'
>

function unansweredColumns(
  loan: LoanState,
  said: SentPayment | CountedPayment,
  valueDate: string,
): Omit<Answered, 'status'> {
  const { purpose, guarantee = null, call = null, note = null } = said
  return {
    ...{ loan: loan.id, currency: loan.agreement!.terms.currency, purpose, value_date: valueDate },
    ...partiesTo(loan, said),
    ...{ guarantee, call, note },
    ...{ confirmed_amount: null, allocation: null, charged_back: 0, reversal: null },
  }
}

/** As they were when it was paid, whoever owns what since. */
function partiesTo(loan: LoanState, said: SentPayment | CountedPayment): { payer: string; payee: string } {
  if ('payer' in said) return { payer: said.payer, payee: payeeOf(loan, said) }
  const { purpose, payee, sent, order, note, ...under } = said
  if (sent !== null) return { payer: loan.sent[sent]!.payer, payee }
  if (purpose === 'purchase') return { payer: loan.orders[order!]!.by, payee }
  if (purpose === 'passOn') return { payer: loan.agreement!.servicer ?? '', payee }
  return { payer: endsOf(loan, purpose, under, note).payer, payee }
}

function confirmedColumns(
  loan: LoanState,
  payment: CountedPayment,
  allocation: RepaymentAllocation | undefined,
): Answered {
  const { id, valueDate, amount, established } = payment
  const reversals = Object.entries(loan.reversals).filter(([, of]) => of.confirmation === id)
  const accepted = reversals.filter(([reversal]) => acceptanceOf(loan, reversal))
  const isReversed = accepted.some(([, of]) => of.amount === null)
  const { payment: _of, ...parts } = allocation ?? { payment: id }
  return {
    ...unansweredColumns(loan, payment, valueDate),
    status: isReversed ? 'reversed' : established === null ? 'confirmed' : 'established',
    confirmed_amount: amount,
    allocation: 'principal' in parts ? parts : null,
    charged_back: accepted.reduce((sum, [, of]) => sum + (of.amount ?? 0), 0),
    reversal: reversals.find(([reversal]) => !acceptanceOf(loan, reversal))?.[0] ?? null,
  }
}

/** Records that took a confirmation back, or agreed to it. */
function reversalsOf(loan: LoanState, confirmation: string): string[] {
  return Object.entries(loan.reversals).flatMap(([id, of]) => {
    if (of.confirmation !== confirmation) return []
    const accepted = acceptanceOf(loan, id)
    return accepted ? [id, accepted.id] : [id]
  })
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
