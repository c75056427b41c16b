/**
 * Payments: what a payer says was sent, and what the payee confirms or refuses. Only confirmed money counts, and the payee's
 * word counts alone, because most people just make a transfer. Who pays says what for: the lender pays out, the borrower
 * pays back.
 */
import type { Refusal } from '#libs/fold'
import {
  acceptanceOf,
  cancellationOf,
  dayOf,
  endsOf,
  judgeDay,
  judgeExact,
  lastValueDate,
  later,
  missingPayout,
  overpaidOf,
  paidOutOn,
  totalConfirmed,
  type Claim,
  type ConfirmedPayment,
  type LoanState,
  type Purpose,
} from '#libs/loans'
import { addDays, type PlainDate } from '#libs/money'

/** Rails of bodies and messages. */
export const RAILS = ['bank', 'mobile-money', 'cash', 'bitcoin', 'other'] as const

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
  return judgeArrived(loan, purpose, claim.amount)
}

/** Whether the arbiter `author` may rule that a sent payment arrived, which its payee did not confirm. */
export function judgeEstablished(loan: LoanState, author: string, sent: string, claim: Claim): Refusal | null {
  if (!loan.agreement) return { refused: 'loan_not_found' }
  if (author !== loan.agreement.arbiter) return { refused: 'not_the_arbiter' }
  const payment = loan.sent[sent]
  if (!payment) return { refused: 'payment_not_found' }
  const { purpose } = payment
  if (isConfirmed(loan, sent)) return { refused: 'payment_already_answered' }
  return judgeMovement(loan, purpose, claim) ?? judgeArrived(loan, purpose, claim.amount)
}

/** Whether `author` may answer a sent payment at all: it is the payee's to answer, once. */
export function judgeAnswer(loan: LoanState, author: string, sent: string): Refusal | null {
  const payment = loan.sent[sent]
  if (!payment) return { refused: 'payment_not_found' }
  if (endsOf(loan, payment.purpose).payee !== author) return { refused: 'not_the_payee' }
  return isConfirmed(loan, sent) || loan.refused[sent] ? { refused: 'payment_already_answered' } : null
}

/** Whether `author` may say that it gave back overpaid money: the lender, up to what is overpaid. */
export function judgeRefund(loan: LoanState, author: string, claim: Claim): Refusal | null {
  if (!loan.agreement) return { refused: 'loan_not_found' }
  if (author !== endsOf(loan, 'repayment').payee) return { refused: 'not_the_payee' }
  const overpaid = overpaidOf(loan)
  if (claim.amount > overpaid) return { refused: 'nothing_overpaid', overpaid }
  return judgeDay(claim, lastValueDate(loan, 'repayment') ?? paidOutOn(loan)!)
}

/** What a party pays, or is paid, for; null for someone who is no party. */
export function purposeOf(loan: LoanState, party: string, as: 'payer' | 'payee'): Purpose | null {
  if (!loan.agreement) return null
  const purposes: Purpose[] = ['disbursement', 'repayment']
  return purposes.find((purpose) => endsOf(loan, purpose)[as] === party) ?? null
}

/** Whether `author` may take back its own confirmation, all of it (null) or so much: once, and of a repayment. */
export function judgeReversal(
  loan: LoanState,
  author: string,
  confirmation: string,
  amount: number | null,
): Refusal | null {
  const payment = loan.confirmed[confirmation]
  if (!payment) return { refused: 'payment_not_found' }
  if (payment.payee !== author || payment.established !== null) return { refused: 'not_the_payee' }
  if (payment.purpose === 'disbursement') return { refused: 'disbursement_not_reversible' }
  const before = Object.entries(loan.reversals).filter(([, of]) => of.confirmation === confirmation)
  if (before.some(([id]) => acceptanceOf(loan, id) === null)) return { refused: 'reversal_open' }
  if (before.some(([, of]) => of.amount === null)) return { refused: 'already_reversed' }
  const most = before.reduce((left, [, of]) => left - of.amount!, payment.amount)
  return (amount ?? 1) > most ? { refused: 'amount_out_of_range', most } : null
}

/** Whether `author` may accept a reversal: the payer or the arbiter, once. */
export function judgeAcceptance(loan: LoanState, author: string, reversal: string): Refusal | null {
  const reversed = loan.reversals[reversal]
  if (!reversed) return { refused: 'reversal_not_found' }
  const { payer } = endsOf(loan, loan.confirmed[reversed.confirmation]!.purpose)
  if (author !== payer && author !== loan.agreement!.arbiter) return { refused: 'not_a_party' }
  return acceptanceOf(loan, reversal) ? { refused: 'already_accepted' } : null
}

/** The lender pays out after the proposal, the borrower back once the first payout was complete. */
function judgeMovement(loan: LoanState, purpose: Purpose, claim: Claim): Refusal | null {
  if (loan.outcome?.stage !== 'concluded') return { refused: 'loan_not_agreed' }
  if (purpose === 'disbursement') return judgeDay(claim, addDays(dayOf(loan.agreement!.proposedAt), -1))
  const paidOut = paidOutOn(loan) ?? firstGivenBack(loan)
  return paidOut === null ? { refused: 'loan_not_active' } : judgeDay(claim, paidOut)
}

/** What arrived of a loan that its borrower withdrew from is given back, though it was no whole payout. */
function firstGivenBack(loan: LoanState): PlainDate | null {
  const cancellation = cancellationOf(loan)
  const arrived = lastValueDate(loan, 'disbursement')
  return cancellation && arrived && later(arrived, cancellation.on)
}

/** No more arrives at the borrower than the agreement pays out. */
function judgeArrived(loan: LoanState, purpose: Purpose, amount: number): Refusal | null {
  const missing = missingPayout(loan)
  if (purpose === 'disbursement' && amount > missing) return { refused: 'disbursement_exceeds_principal', missing }
  return judgeExact(totalConfirmed(loan, purpose) + amount)
}

function isConfirmed(loan: LoanState, sent: string): boolean {
  return Object.values(loan.confirmed).some((other: ConfirmedPayment) => other.sent === sent)
}
