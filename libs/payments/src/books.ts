/** The books of a loan: its journal in the lender's and the borrower's name, derived from the fold and from nothing else. */
import {
  disbursementConfirmed,
  disbursementSent,
  overpaymentRefunded,
  paymentRefused,
  repaymentConfirmed,
  repaymentSent,
  type BookedLoan,
  type JournalEntry,
} from '#libs/ledger'
import { END_OF_TIME, endsOf, standing, type LoanState, type RepaymentAllocation } from '#libs/loans'
import { dayOf } from './payment.js'

/** Every entry that the loan's records cause, in both parties' books. Empty until money moves. */
export function journalOf(loan: LoanState): JournalEntry[] {
  const { payer: lender, payee: borrower } = endsOf(loan, 'disbursement')
  const booked: BookedLoan = { id: loan.id, currency: loan.agreement!.terms.currency, lender, borrower }
  return [
    ...sentEntries(loan, booked),
    ...refusedEntries(loan, booked),
    ...confirmedEntries(loan, booked),
    ...refundEntries(loan, booked),
  ]
}

function sentEntries(loan: LoanState, booked: BookedLoan): JournalEntry[] {
  const answers = new Map(Object.values(loan.confirmed).map(({ sent, valueDate }) => [sent, valueDate]))
  return Object.entries(loan.sent).flatMap(([record, { purpose, amount, valueDate }]) => {
    // A payment that came before the day of its sending was on its way before it, too.
    const answered = answers.get(record)
    const from = answered !== undefined && answered < valueDate ? answered : valueDate
    const post = purpose === 'disbursement' ? disbursementSent : repaymentSent
    return post(booked, { record, kind: 'payment.sent', valueDate: from }, BigInt(amount))
  })
}

function refusedEntries(loan: LoanState, booked: BookedLoan): JournalEntry[] {
  return Object.entries(loan.refused).flatMap(([sent, { id, at }]) => {
    const { purpose, amount, valueDate } = loan.sent[sent]!
    const refusedOn = dayOf(at)
    const cause = { record: id, kind: 'payment.refused', valueDate: refusedOn < valueDate ? valueDate : refusedOn }
    return paymentRefused(booked, cause, purpose === 'disbursement' ? 'lender' : 'borrower', BigInt(amount))
  })
}

function confirmedEntries(loan: LoanState, booked: BookedLoan): JournalEntry[] {
  const allocations = new Map(standing(loan, END_OF_TIME).allocations.map((of) => [of.payment, of]))
  return Object.entries(loan.confirmed).flatMap(([record, { purpose, amount, valueDate, sent }]) => {
    const cause = { record, kind: 'payment.confirmed', valueDate }
    const sentAmount = sent === null ? null : BigInt(loan.sent[sent]!.amount)
    return purpose === 'disbursement'
      ? disbursementConfirmed(booked, cause, BigInt(amount), sentAmount)
      : repaymentConfirmed(booked, cause, partsOf(allocations.get(record)!), sentAmount)
  })
}

function refundEntries(loan: LoanState, booked: BookedLoan): JournalEntry[] {
  return Object.entries(loan.refunds).flatMap(([record, { amount, valueDate }]) =>
    overpaymentRefunded(booked, { record, kind: 'payment.refunded', valueDate }, BigInt(amount)),
  )
}

function partsOf({ principal, interest, fees, overpaid }: RepaymentAllocation) {
  return {
    principal: BigInt(principal),
    interest: BigInt(interest),
    fees: BigInt(fees),
    overpaid: BigInt(overpaid),
  }
}
