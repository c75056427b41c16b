/** A payer says that money is on its way. */
import type { BookedMovement, Lines, Side } from '../entry.js'

/** `amount` in minor units. The lender pays the principal out, the borrower pays back. */
export function paymentSent(payer: Side, amount: bigint): BookedMovement {
  const lines: Lines = { 'asset:in-transit': amount, 'asset:cash': -amount }
  const none = { lender: {}, borrower: {} }
  return { says: { lender: 'principal sent', borrower: 'repayment sent' }, ...none, [payer]: lines }
}
