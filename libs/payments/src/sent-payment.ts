/** What is known of a payment that counts: what made it count, and what of it had been announced. */
import type { CountedPayment, LoanState } from '#libs/loans'

/** The kind of the record that made a payment count. */
export function kindOf(
  loan: LoanState,
  { id, established }: CountedPayment,
): 'payment.confirmed' | 'payment.established' | 'dispute.resolved' {
  if (established === null) return 'payment.confirmed'
  return loan.disputes?.resolved[id] ? 'dispute.resolved' : 'payment.established'
}

/** What was in transit for a payment: what its payer had said, unless it was refused and is back in cash. Minor units. */
export function sentAmount(loan: LoanState, { sent }: CountedPayment): bigint | null {
  return sent === null || loan.refused[sent] ? null : BigInt(loan.sent[sent]!.amount)
}
