/** Money that moved, or is said to have moved, within a loan. Amounts are minor units of the loan's currency. */
import { addDays, dateOfEpochDay, daysBetween, splitOnce, splitRunning, type PlainDate } from '#libs/money'
import { inForceOf } from './in-force.js'
import type { ConfirmedPayment, LoanState, Purpose, SentPayment, UnderGuarantee } from './loan.js'
import { findNote, isServiced, ownerOf } from './notes/title.js'

const DAY_MS = 86_400_000
/** A record names at most 64 others; some of them are what it answers. */
const MOST_WORDS = 60

/** A confirmed payment with the id of the record that confirmed or established it. */
export type CountedPayment = ConfirmedPayment & { id: string }

/** The day at an instant, in UTC. */
export function dayOf(atMs: number): PlainDate {
  return dateOfEpochDay(Math.floor(atMs / DAY_MS))
}

/** The later of two days. */
export function later(a: PlainDate, b: PlainDate): PlainDate {
  return a > b ? a : b
}

/**
 * Who pays and who is paid; `under`: the guarantee, and the call that a payment answers; `note`: the one that it is for. Lenders pay
 * their shares to the borrower; the borrower pays the servicer, or without one the owner of the note; a guarantor pays who called.
 */
export function endsOf(
  loan: LoanState,
  purpose: Purpose,
  { guarantee, call }: UnderGuarantee = {},
  note = '0',
): { payer: string; payee: string } {
  const { borrower, lenders } = loan.agreement!
  if (purpose === 'disbursement') return { payer: lenders[Number.parseInt(note)]?.[0] ?? '', payee: borrower }
  if (purpose === 'repayment') return { payer: borrower, payee: collectorOf(loan, note) }
  const { signed, called } = loan.guarantees!
  const { guarantor } = signed[guarantee!]!
  return purpose === 'guarantee'
    ? { payer: guarantor, payee: called[call!]!.by }
    : { payer: borrower, payee: guarantor }
}

/** Whom the borrower pays for a note: the servicer of all, else its owner. Empty for a note that there is not. */
export function collectorOf(loan: LoanState, note = '0'): string {
  const { servicer, lenders } = loan.agreement!
  if (servicer) return servicer
  if (Object.keys(loan.sales).length === 0) return lenders[Number(note)]?.[0] ?? ''
  const found = findNote(loan, note)
  return found ? ownerOf(found) : ''
}

/** Who was named as the one to be paid. */
export function payeeOf(loan: LoanState, { purpose, to, note = '0', order, ...under }: SentPayment): string {
  if (to !== undefined) return to
  if (order !== undefined) return loan.listings[loan.orders[order]!.listing]!.by
  const { servicer, lenders } = loan.agreement!
  if (purpose === 'repayment') return servicer ? servicer : (lenders[Number.parseInt(note)]?.[0] ?? '')
  return endsOf(loan, purpose, under, note).payee
}

/** Whether a payment goes to the creditor, from the borrower or from who stands in. */
export function isRepaying(purpose: Purpose): boolean {
  return purpose === 'repayment' || purpose === 'guarantee'
}

/** The day from which a confirmed payment counts: the day it was sent if it came at most `railDays` later, else the day it came. */
export function valueDateOf(sentOn: PlainDate | null, receivedOn: PlainDate, railDays: number): PlainDate {
  if (sentOn === null) return receivedOn
  const late = daysBetween(sentOn, receivedOn)
  return late >= 0 && late <= railDays ? sentOn : receivedOn
}

/**
 * The payments that count, each once: where payee and arbiter both answered the same `payment.sent` without knowing of each
 * other, the larger amount, then the smaller id.
 */
export function countedPayments(loan: LoanState): CountedPayment[] {
  const alone: CountedPayment[] = []
  const answers = new Map<string, CountedPayment>()
  for (const [id, said] of Object.entries(loan.confirmed)) {
    const payment = { ...said, id }
    if (said.sent === null) alone.push(payment)
    else {
      const other = answers.get(said.sent)
      if (!other || isPreferred(payment, other)) answers.set(said.sent, payment)
    }
  }
  const counted = [...alone, ...answers.values()]
  if (Object.keys(loan.sales).length === 0 || isServiced(loan)) return counted
  return counted.map((payment) => ({ ...payment, valueDate: later(payment.valueDate, firstDayOf(loan, payment)) }))
}

/** What is paid to the owner of a note counts while it has the title; what is paid to a former one afterwards, after the sale. */
function firstDayOf(loan: LoanState, { purpose, payee, note = '0', goodFaith, at }: ConfirmedPayment): PlainDate {
  if (!isRepaying(purpose)) return ''
  const sold = goodFaith === undefined ? undefined : loan.sales[goodFaith]
  const title = findNote(loan, note)?.titles.findLast(({ owner, on }) => owner === payee && (on ?? '') <= dayOf(at))
  const after = sold?.on ?? title?.on
  return after ? addDays(after, 1) : ''
}

/** The same in the order of money: value date, then id (they are all of one kind). */
export function countedInOrder(loan: LoanState): CountedPayment[] {
  return countedPayments(loan).sort((a, b) => byText(a.valueDate, b.valueDate) || byText(a.id, b.id))
}

/** Those of one purpose, in the order of money. */
export function confirmedInOrder(loan: LoanState, purpose: Purpose): CountedPayment[] {
  return countedInOrder(loan).filter((payment) => payment.purpose === purpose)
}

/** What was confirmed of one purpose in all. */
export function totalConfirmed(loan: LoanState, purpose: Purpose): number {
  let sum = 0
  for (const payment of countedPayments(loan)) if (payment.purpose === purpose) sum += payment.amount
  return sum
}

/** Sent payments that nobody has answered, by id. */
export function unanswered(loan: LoanState): [id: string, payment: SentPayment][] {
  const answered = new Set(Object.values(loan.confirmed).map(({ sent }) => sent))
  return Object.entries(loan.sent).filter(([id]) => !answered.has(id) && !loan.refused[id])
}

/** The day from which a payment that nobody answers no longer counts as late. */
export function excusedFrom(loan: LoanState, { valueDate, at }: SentPayment): PlainDate {
  return later(addDays(dayOf(at), loan.agreement!.answerDays), valueDate)
}

/**
 * What is still to arrive at the borrower: the principal less what the terms keep back of it. Of one lender's share, by its number:
 * the share less its part of that.
 */
export function missingPayout(loan: LoanState, lender?: number): number {
  const { lenders } = loan.agreement!
  const toArrive = inForceOf(loan.agreement!).payouts.reduce((sum, { arrives }) => sum + arrives, 0)
  if (lender === undefined || lenders.length === 1) return Math.max(0, toArrive - totalConfirmed(loan, 'disbursement'))
  const { deducted, downPayments } = keptBackOf(loan)
  const keptBack = [deducted, ...downPayments].reduce((sum, parts) => sum + (parts[lender] ?? 0n), 0n)
  const part = lenders[lender] === undefined ? 0 : lenders[lender][1] - Number(keptBack)
  return countedPayments(loan).reduce(
    (left, { purpose, note = '0', amount }) =>
      purpose === 'disbursement' && Number.parseInt(note) === lender ? left - amount : left,
    part,
  )
}

/** What the terms keep back of each lender's share: charges at the start, and of each payout the down payment. Minor units. */
export function keptBackOf({ agreement }: LoanState): { deducted: bigint[]; downPayments: bigint[][] } {
  const shares = agreement!.lenders.map(([, share]) => BigInt(share))
  const { payouts } = inForceOf(agreement!)
  return {
    deducted: splitOnce(BigInt(payouts.reduce((sum, { deducted }) => sum + deducted, 0)), shares),
    downPayments: splitRunning(
      payouts.map(({ downPayment }) => BigInt(downPayment)),
      shares,
    ),
  }
}

/** True once all money of the loan has arrived at the borrower. */
export function isPaidOut(loan: LoanState): boolean {
  return loan.agreement !== null && missingPayout(loan) === 0
}

/**
 * The last records of everyone else in the loan. A record that names them rests on all that was said before: what it answers
 * is in its causal past, and a fold need not look at each past apart.
 */
export function lastWordsOf(loan: LoanState, author: string): string[] {
  const { borrower, servicer } = loan.agreement!
  const first = [borrower, ...(servicer ? [servicer] : [])]
  const others = Object.keys(loan.lastWord).filter((of) => of !== author && !first.includes(of))
  return [...first, ...others].flatMap((of) => (of === author ? [] : (loan.lastWord[of] ?? []))).slice(0, MOST_WORDS)
}

/** The day on which the first payout was complete; null before. No repayment counts before it. */
export function paidOutOn(loan: LoanState): PlainDate | null {
  const [first] = inForceOf(loan.agreement!).payouts
  let arrived = 0
  for (const { amount, valueDate } of confirmedInOrder(loan, 'disbursement')) {
    arrived += amount
    if (arrived >= first!.arrives) return valueDate
  }
  return null
}

/** The latest value date of confirmed payments of one purpose; null when there is none. */
export function lastValueDate(loan: LoanState, purpose: Purpose): PlainDate | null {
  return confirmedInOrder(loan, purpose).at(-1)?.valueDate ?? null
}

function isPreferred(a: CountedPayment, b: CountedPayment): boolean {
  return a.amount > b.amount || (a.amount === b.amount && a.id < b.id)
}

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
