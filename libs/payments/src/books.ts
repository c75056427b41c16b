/** The books of a loan: its journal in the lender's and the borrower's name, derived from the fold and from nothing else. */
import {
  chargeDeducted,
  downPayment,
  entriesOf,
  paymentRefused,
  paymentSent,
  recoursePaid,
  type BookedLoan,
  type BookedMovement,
  type JournalEntry,
  type Side,
} from '#libs/ledger'
import {
  accountAt,
  dayOf,
  END_OF_TIME,
  endsOf,
  isServiced,
  isWhole,
  later,
  type LoanAccount,
  type LoanState,
  type Purpose,
} from '#libs/loans'
import { bookedSteps, type Booked } from './booked-steps.js'
import { noteJournal } from './note-books.js'
import { arrived, kindOf, sentAmount } from './sent-payment.js'

/** Every entry that the loan's records cause, in both parties' books. Empty until money moves. */
export function journalOf(loan: LoanState): JournalEntry[] {
  return [...entriesOfLoan(loan)]
}

/** The same, one after the other. */
export function entriesOfLoan(loan: LoanState): Iterable<JournalEntry> {
  if (loan.outcome?.stage !== 'concluded') return []
  if (isServiced(loan) || !isWhole(loan) || Object.keys(loan.orders).length > 0) return noteJournal(loan)
  const { payer: lender, payee: borrower } = endsOf(loan, 'disbursement')
  const parties: BookedLoan = { id: loan.id, currency: loan.agreement!.terms.currency, lender, borrower }
  const account = accountAt(loan, END_OF_TIME)
  const made = new Map<string, number>()
  return [
    ...sent(account),
    ...refused(loan),
    ...paidOut(account),
    ...bookedSteps(account),
    ...paidBack(account),
  ].flatMap(({ movement, guarantee, ...cause }) => {
    const booked = guarantee === undefined ? parties : { ...parties, guarantor: guarantorOf(loan, guarantee) }
    const nth = (made.get(cause.record) ?? 0) + 1
    made.set(cause.record, nth)
    return entriesOf(booked, cause, movement, nth)
  })
}

const payerOf = (purpose: Purpose): Side =>
  purpose === 'disbursement' ? 'lender' : purpose === 'guarantee' ? 'guarantor' : 'borrower'

const guarantorOf = (loan: LoanState, guarantee: string): string => loan.guarantees!.signed[guarantee]!.guarantor

function sent({ of: loan, counted }: LoanAccount): Booked[] {
  const answers = new Map(counted.map(({ sent, valueDate }) => [sent, valueDate]))
  return Object.entries(loan.sent).map(([record, { purpose, amount, valueDate, guarantee }]) => {
    // A payment that came before the day of its sending was on its way before it, too.
    const answered = answers.get(record)
    const from = answered !== undefined && answered < valueDate ? answered : valueDate
    const movement = paymentSent(payerOf(purpose), BigInt(amount))
    return { record, kind: 'payment.sent', valueDate: from, movement, ...(guarantee ? { guarantee } : {}) }
  })
}

function refused(loan: LoanState): Booked[] {
  return Object.entries(loan.refused).map(([sent, { id, at }]) => {
    const { purpose, amount, valueDate, guarantee } = loan.sent[sent]!
    const movement = paymentRefused(payerOf(purpose), BigInt(amount))
    const cause = { record: id, kind: 'payment.refused', valueDate: later(dayOf(at), valueDate) }
    return { ...cause, movement, ...(guarantee ? { guarantee } : {}) }
  })
}

/** What the borrower paid back to guarantors: no event of the loan's account, in which they paid in the borrower's place. */
function paidBack({ of: loan, counted }: LoanAccount): Booked[] {
  return counted
    .filter(({ purpose }) => purpose === 'recourse')
    .map((payment) => ({
      ...{ record: payment.id, kind: kindOf(loan, payment), valueDate: payment.valueDate },
      movement: recoursePaid(BigInt(payment.amount), sentAmount(loan, payment)),
      guarantee: payment.guarantee!,
    }))
}

/** Principal is owed as it arrives; what the terms keep back of a payout, when the payout is complete. */
function paidOut({ of: loan, payouts, arrivals }: LoanAccount): Booked[] {
  const kinds = new Map(arrivals.map((payment) => [payment.id, kindOf(loan, payment)]))
  const lent = arrivals.map((payment): Booked => ({
    record: payment.id,
    kind: kindOf(loan, payment),
    valueDate: payment.valueDate,
    movement: arrived(loan, payment),
  }))
  const keptBack = payouts.flatMap(({ record, day, deducted, downPayment: down }) => {
    const movements: BookedMovement[] = []
    if (deducted > 0) movements.push(chargeDeducted(BigInt(deducted)))
    if (down > 0) movements.push(...downPayment(BigInt(down)))
    return movements.map((movement): Booked => ({ record, kind: kinds.get(record)!, valueDate: day, movement }))
  })
  return [...lent, ...keptBack]
}
