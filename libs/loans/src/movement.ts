/** Money that moved, or is said to have moved, within a loan. Amounts are minor units of the loan's currency. */
import { daysBetween, type PlainDate } from '#libs/money'
import type { ConfirmedPayment, LoanState, Purpose, SentPayment } from './loan.js'

/** Who pays and who is paid. */
export function endsOf(loan: LoanState, purpose: Purpose): { payer: string; payee: string } {
  const { borrower, lenders } = loan.agreement!
  const lender = lenders[0]![0]
  return purpose === 'disbursement' ? { payer: lender, payee: borrower } : { payer: borrower, payee: lender }
}

/** The day from which a confirmed payment counts: the day it was sent if it came at most `railDays` later, else the day it came. */
export function valueDateOf(sentOn: PlainDate | null, receivedOn: PlainDate, railDays: number): PlainDate {
  if (sentOn === null) return receivedOn
  const late = daysBetween(sentOn, receivedOn)
  return late >= 0 && late <= railDays ? sentOn : receivedOn
}

/** Confirmed payments of one purpose in the order of money: value date, then id (they are all of one kind). */
export function confirmedInOrder(loan: LoanState, purpose: Purpose): (ConfirmedPayment & { id: string })[] {
  return Object.entries(loan.confirmed)
    .filter(([, payment]) => payment.purpose === purpose)
    .map(([id, payment]) => ({ ...payment, id }))
    .sort((a, b) => byText(a.valueDate, b.valueDate) || byText(a.id, b.id))
}

/** What was confirmed of one purpose in all. */
export function totalConfirmed(loan: LoanState, purpose: Purpose): number {
  let sum = 0
  for (const payment of Object.values(loan.confirmed)) if (payment.purpose === purpose) sum += payment.amount
  return sum
}

/** What was given back of overpaid money. */
export function totalRefunded(loan: LoanState): number {
  return Object.values(loan.refunds).reduce((sum, { amount }) => sum + amount, 0)
}

/** Sent payments that the payee has not answered, by id. */
export function unanswered(loan: LoanState): [id: string, payment: SentPayment][] {
  const answered = new Set(Object.values(loan.confirmed).map(({ sent }) => sent))
  return Object.entries(loan.sent).filter(([id]) => !answered.has(id) && !loan.refused[id])
}

/** True once the whole principal has arrived at the borrower. */
export function isPaidOut(loan: LoanState): boolean {
  return loan.agreement !== null && totalConfirmed(loan, 'disbursement') >= loan.agreement.terms.principal
}

/**
 * The latest records of a party in the loan (several when they are of one instant). A record of the other party that names them rests on
 * all that this party said before: what it answers is in its causal past, and a fold need not look at each past apart.
 */
export function lastWordsOf(loan: LoanState, party: string): string[] {
  const { proposer } = loan.agreement!
  const lender = endsOf(loan, 'repayment').payee
  const said: [id: string, at: number][] = Object.entries({ ...loan.sent, ...loan.confirmed })
    .filter(([, payment]) => ('payer' in payment ? payment.payer : payment.payee) === party)
    .map(([id, { at }]) => [id, at])
  for (const [sent, { id, at }] of Object.entries(loan.refused))
    if (endsOf(loan, loan.sent[sent]!.purpose).payee === party) said.push([id, at])
  for (const [id, { at }] of Object.entries(loan.refunds)) if (party === lender) said.push([id, at])
  if (loan.outcome && party === proposer) said.push([loan.outcome.id, loan.outcome.at])
  const last = Math.max(...said.map(([, at]) => at))
  return said.filter(([, at]) => at === last).map(([id]) => id)
}

/** The latest value date of the paying out; null until the principal is complete. No repayment counts before it. */
export function paidOutOn(loan: LoanState): PlainDate | null {
  return isPaidOut(loan) ? lastValueDate(loan, 'disbursement') : null
}

/** The latest value date of confirmed payments of one purpose; null when there is none. */
export function lastValueDate(loan: LoanState, purpose: Purpose): PlainDate | null {
  let last: PlainDate | null = null
  for (const payment of Object.values(loan.confirmed))
    if (payment.purpose === purpose && (last === null || payment.valueDate > last)) last = payment.valueDate
  return last
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
