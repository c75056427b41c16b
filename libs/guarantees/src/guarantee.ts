/**
 * Guarantees: who stands in for a loan of another, up to which amount, what was called after a default, and what the borrower owes
 * the guarantor who paid. Whoever pays another's debt takes the creditor's place for what he paid (subrogation), behind the creditor: what the
 * borrower pays is the creditor's until nothing is owed there, and the guarantor's afterwards.
 */
import type { Refusal, SubjectType } from '#libs/fold'
import {
  collectorOf,
  countedPayments,
  dayOf,
  defaultOn,
  guaranteeBy,
  isRepaid,
  standing,
  type LoanState,
  type SignedGuarantee,
} from '#libs/loans'
import { isDate, type PlainDate } from '#libs/money'
import { accountFor, capOf } from './note-cap.js'

/** What a guarantee is after its own records; what was paid is in its loan. Minor units, ms; ids and keys as text. */
export interface GuaranteeState {
  /** `guarantee.signed` by its id: the subject's own, and others that rest on it. */
  signed: { [id: string]: SignedGuarantee & { loan: string } }
  /** `guarantee.called` by its id. */
  called: { [id: string]: { guarantee: string; by: string; amount: number; at: number } }
}

/** Above the loan, which judges both kinds first. */
export const guaranteeType: SubjectType<GuaranteeState> = {
  name: 'guarantee',
  rank: 40,
  initial: () => ({ signed: {}, called: {} }),
}

/** Whether `author` may guarantee a loan: anyone who is no party, once; whom the agreement names, for as much as it asks and without end. */
export function judgeGuarantee(
  loan: LoanState,
  author: string,
  { cap, until }: Pick<SignedGuarantee, 'cap' | 'until'>,
  at: number,
): Refusal | null {
  if (!loan.agreement) return { refused: 'loan_not_found' }
  const { borrower, lenders, arbiter, guarantors = [], expiresAt } = loan.agreement
  if (author === borrower || lenders.some(([lender]) => lender === author)) return { refused: 'guarantor_is_party' }
  if (author === arbiter) return { refused: 'arbiter_is_party' }
  if (loan.outcome?.stage === 'lapsed') return { refused: 'proposal_closed' }
  if (loan.outcome === null && at > expiresAt) return { refused: 'proposal_expired', expiresAtMs: expiresAt }
  if (guaranteeBy(loan, author)) return { refused: 'already_guaranteed' }
  const asked = guarantors.find(([guarantor]) => guarantor === author)?.[1]
  if (asked !== undefined && cap < asked) return { refused: 'guarantee_below_asked', asked }
  if (asked !== undefined && until !== null) return { refused: 'guarantee_must_not_end' }
  if (until !== null && (!isDate(until) || until < dayOf(at))) return { refused: 'until_in_the_past' }
  return null
}

/** What a creditor asks a guarantor for. */
export interface CallAsked {
  guarantee: string
  /** Of a note whose owner is the creditor; absent where all is one account. */
  note?: string
  /** Minor units. */
  amount: number
}

/** Whether `author` may call a guarantee for an amount: who collects, while the loan is in default, within the cap and what is owed. */
export function judgeCall(
  loan: LoanState,
  author: string,
  { guarantee, note, amount }: CallAsked,
  at: number,
): Refusal | null {
  if (!loan.agreement) return { refused: 'loan_not_found' }
  if (loan.outcome?.stage !== 'concluded') return { refused: 'loan_not_agreed' }
  const signed = loan.guarantees?.signed[guarantee]
  if (!signed) return { refused: 'guarantee_not_found' }
  if (accountFor(loan, note) === null) return { refused: note === undefined ? 'note_unnamed' : 'note_unknown' }
  if (collectorOf(loan, note) !== author) return { refused: 'not_the_lender' }
  const day = dayOf(at)
  if (!defaultOn(loan, day)) return { refused: 'not_in_default' }
  if (signed.until !== null && day > signed.until) return { refused: 'guarantee_ended', until: signed.until }
  const most = callable(loan, guarantee, day, note)
  return amount > most ? { refused: 'call_exceeds_guarantee', callable: most } : null
}

/**
 * How much more may be called: what the cap leaves, and no more than is owed and not called of this guarantor already. For a note: of
 * its part of the cap, so that owners need no order among them.
 */
export function callable(loan: LoanState, guarantee: string, asOf: PlainDate, note?: string): number {
  const account = accountFor(loan, note)
  if (account === null) return 0
  const { covers } = loan.guarantees!.signed[guarantee]!
  const called = calledOf(loan, guarantee, note)
  const unpaid = Math.max(0, called - paidUnder(loan, guarantee, note))
  return Math.max(0, Math.min(capOf(loan, guarantee, note) - called, owedUnder(account, covers, asOf) - unpaid))
}

/** What is owed in an account of what a guarantee covers, on a day. */
export function owedUnder(account: LoanState, covers: SignedGuarantee['covers'], asOf: PlainDate): number {
  const { outstanding } = standing(account, asOf)
  return covers === 'principal' ? outstanding.principal : outstanding.total
}

/** All that was called, for one note or all; minor units. */
export function calledOf(loan: LoanState, guarantee: string, note?: string): number {
  return sum(Object.values(loan.guarantees?.called ?? {}).filter((call) => isUnder(call, guarantee, note)))
}

/** What the guarantor paid under one guarantee, for one note or all. */
export function paidUnder(loan: LoanState, guarantee: string, note?: string): number {
  return sum(countedPayments(loan).filter((of) => of.purpose === 'guarantee' && isUnder(of, guarantee, note)))
}

/** What of a call is not paid; below zero when two payees' words together came to more than was called. */
export function unpaidOf(loan: LoanState, call: string): number {
  const paid = countedPayments(loan).filter((of) => of.purpose === 'guarantee' && of.call === call)
  return loan.guarantees!.called[call]!.amount - sum(paid)
}

/** What the borrower paid back to the guarantor, under one guarantee. */
export function recoveredUnder(loan: LoanState, guarantee: string): number {
  return sum(countedPayments(loan).filter((of) => of.purpose === 'recourse' && of.guarantee === guarantee))
}

/** What was said and paid under one guarantee by the end of a day. Minor units. */
export interface MovedUnder {
  called: number
  /** By the guarantor, to the creditor. */
  paid: number
  /** By the borrower, to the guarantor. */
  recovered: number
}

/** Calls count from the day on which they were said, payments from their value dates. */
export function movedUnder(loan: LoanState, guarantee: string, asOf: PlainDate): MovedUnder {
  const calls = Object.values(loan.guarantees?.called ?? {}).filter(({ at }) => dayOf(at) <= asOf)
  const payments = countedPayments(loan).filter((of) => of.valueDate <= asOf && of.guarantee === guarantee)
  return {
    called: sum(calls.filter((call) => call.guarantee === guarantee)),
    paid: sum(payments.filter(({ purpose }) => purpose === 'guarantee')),
    recovered: sum(payments.filter(({ purpose }) => purpose === 'recourse')),
  }
}

/** What the borrower owes the guarantor under one guarantee: all that he paid in the borrower's place, less what came back. */
export function recourseOf(loan: LoanState, guarantee: string): number {
  return paidUnder(loan, guarantee) - recoveredUnder(loan, guarantee)
}

/** What the borrower owes to all guarantors together. */
export function recourseOwed(loan: LoanState): number {
  return Object.keys(loan.guarantees?.signed ?? {}).reduce((all, id) => all + recourseOf(loan, id), 0)
}

/** Whether so much may arrive as payment of a call: no more than was called. */
export function judgeCallPaid(loan: LoanState, call: string, amount: number): Refusal | null {
  const unpaid = unpaidOf(loan, call)
  return amount > unpaid ? { refused: 'call_already_paid', unpaid: Math.max(0, unpaid) } : null
}

/** Whether so much may come back to a guarantor: the creditor is first, and no more than the guarantor paid. */
export function judgeRecourse(loan: LoanState, guarantee: string, amount: number): Refusal | null {
  if (!isRepaid(loan)) return { refused: 'creditor_first' }
  const owed = recourseOf(loan, guarantee)
  return amount > owed ? { refused: 'amount_out_of_range', owed } : null
}

const isUnder = (of: { guarantee?: string; note?: string }, guarantee: string, note: string | undefined): boolean =>
  of.guarantee === guarantee && (note === undefined || of.note === note)

const sum = (of: readonly { amount: number }[]): number => of.reduce((all, { amount }) => all + amount, 0)
