/** What is known of a payment that counts: what made it count, and what of it had been announced. */
import { disbursementConfirmed, opened, type BookedMovement } from '#libs/ledger'
import type { CountedPayment, LoanState } from '#libs/loans'

/** The kind of the record that made a payment count. */
export function kindOf(
  loan: LoanState,
  { id, established, opening }: CountedPayment,
): 'payment.confirmed' | 'agreement.concluded' | 'payment.established' | 'dispute.resolved' {
  if (opening) return 'agreement.concluded'
  if (established === null) return 'payment.confirmed'
  return loan.disputes?.resolved[id] ? 'dispute.resolved' : 'payment.established'
}

/** What was in transit for a payment: what its payer had said, unless it was refused and is back in cash. Minor units. */
export function sentAmount(loan: LoanState, { sent }: CountedPayment): bigint | null {
  return sent === null || loan.refused[sent] ? null : BigInt(loan.sent[sent]!.amount)
}

/** What principal that arrived does to the books; of a loan that was taken over, what it stands at. */
export function arrived(loan: LoanState, payment: CountedPayment): BookedMovement {
  const amount = BigInt(payment.amount)
  return payment.opening ? opened(amount) : disbursementConfirmed(amount, sentAmount(loan, payment))
}
