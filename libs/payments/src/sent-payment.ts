/** What is known of a payment that counts: what made it count, and what of it had been announced. */
import type { CountedPayment, LoanState } from '#libs/loans'

/** The kind of the record that made a payment count. */
export function kindOf({ established }: CountedPayment): 'payment.confirmed' | 'payment.established' {
  return established === null ? 'payment.confirmed' : 'payment.established'
}

/** What was in transit for a payment: what its payer had said, unless it was refused and is back in cash. Minor units. */
export function sentAmount(loan: LoanState, { sent }: CountedPayment): bigint | null {
  return sent === null || loan.refused[sent] ? null : BigInt(loan.sent[sent]!.amount)
}
