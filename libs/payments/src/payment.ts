/**
 * Payments: what a payer says was sent, and what the payee confirms or refuses. Only confirmed money counts, and the payee's
 * word counts alone, because most people just make a transfer. Who pays says what for: the lender pays out, the borrower
 * pays back.
 */
import type { Refusal } from '#libs/fold'
import {
  lastValueDate,
  endsOf,
  isPaidOut,
  overpaidOf,
  paidOutOn,
  totalConfirmed,
  type LoanState,
  type Purpose,
} from '#libs/loans'
import { addDays, dateOfEpochDay, isDate, type PlainDate } from '#libs/money'

/** Rails of bodies and messages. */
export const RAILS = ['bank', 'mobile-money', 'cash', 'bitcoin', 'other'] as const

const DAY_MS = 86_400_000

/** What a payment says about itself, whoever says it. */
export interface Claim {
  amount: number
  /** The day that it names: of sending, or of receipt. */
  day: PlainDate
  /** When it is said, ms. */
  at: number
}

/** Whether `author` may say that it sent money: the lender once the agreement is concluded, the borrower once it was paid out. */
export function judgeSent(loan: LoanState, author: string, claim: Claim): Refusal | null {
  const purpose = purposeOf(loan, author, 'payer')
  if (purpose === null) return { refused: 'not_a_party' }
  const said = Object.values(loan.sent).reduce((sum, sent) => (sent.payer === author ? sum + sent.amount : sum), 0)
  return judgeMovement(loan, purpose, claim) ?? judgeExact(said + claim.amount)
}

/** Whether `author` may confirm: as the payee, a payment not answered before (`sent`), or one that came without a word (null). */
export function judgeConfirmed(loan: LoanState, author: string, sent: string | null, claim: Claim): Refusal | null {
  const purpose = purposeOf(loan, author, 'payee')
  if (purpose === null) return { refused: 'not_a_party' }
  const stop = judgeMovement(loan, purpose, claim) ?? (sent === null ? null : judgeAnswer(loan, author, sent))
  if (stop) return stop
  const already = totalConfirmed(loan, purpose)
  if (purpose === 'disbursement' && already + claim.amount > loan.agreement!.terms.principal)
    return { refused: 'disbursement_exceeds_principal', missing: loan.agreement!.terms.principal - already }
  return judgeExact(already + claim.amount)
}

/** Whether `author` may answer a sent payment at all: it is the payee's to answer, once. */
export function judgeAnswer(loan: LoanState, author: string, sent: string): Refusal | null {
  const payment = loan.sent[sent]
  if (!payment) return { refused: 'payment_not_found' }
  if (endsOf(loan, payment.purpose).payee !== author) return { refused: 'not_the_payee' }
  const confirmed = Object.values(loan.confirmed).some((other) => other.sent === sent)
  return confirmed || loan.refused[sent] ? { refused: 'payment_already_answered' } : null
}

/** Whether `author` may say that it gave back overpaid money: the lender, up to what is overpaid. */
export function judgeRefund(loan: LoanState, author: string, claim: Claim): Refusal | null {
  if (!loan.agreement) return { refused: 'loan_not_found' }
  if (author !== endsOf(loan, 'repayment').payee) return { refused: 'not_the_payee' }
  const overpaid = overpaidOf(loan)
  if (claim.amount > overpaid) return { refused: 'nothing_overpaid', overpaid }
  return judgeDay(claim, lastValueDate(loan, 'repayment')!)
}

/** What a party pays, or is paid, for; null for someone who is no party. */
export function purposeOf(loan: LoanState, party: string, as: 'payer' | 'payee'): Purpose | null {
  if (!loan.agreement) return null
  const purposes: Purpose[] = ['disbursement', 'repayment']
  return purposes.find((purpose) => endsOf(loan, purpose)[as] === party) ?? null
}

/** The day at an instant, in UTC. */
export function dayOf(atMs: number): PlainDate {
  return dateOfEpochDay(Math.floor(atMs / DAY_MS))
}

/** What is said to have moved in all stays where sums are exact. */
function judgeExact(total: number): Refusal | null {
  return Number.isSafeInteger(total) ? null : { refused: 'amount_out_of_range' }
}

function judgeMovement(loan: LoanState, purpose: Purpose, claim: Claim): Refusal | null {
  if (loan.outcome?.stage !== 'concluded') return { refused: 'loan_not_agreed' }
  if (purpose === 'repayment' && !isPaidOut(loan)) return { refused: 'loan_not_active' }
  return judgeDay(claim, purpose === 'repayment' ? paidOutOn(loan)! : addDays(dayOf(loan.agreement!.proposedAt), -1))
}

/** Not before what it follows and not in the future; a day of leeway, because days begin at different times. */
function judgeDay({ day, at }: Claim, earliest: PlainDate): Refusal | null {
  const latest = addDays(dayOf(at), 1)
  return isDate(day) && day >= earliest && day <= latest
    ? null
    : { refused: 'value_date_out_of_range', earliest, latest }
}
