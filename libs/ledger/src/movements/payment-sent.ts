/** A payer says that money is on its way. */
import type { BookedMovement, Lines, Side } from '../entry.js'

/** `amount` in minor units. The lender pays the principal out, the borrower pays back, a guarantor in the borrower's place. */
export function paymentSent(payer: Side, amount: bigint): BookedMovement {
  const lines: Lines = { 'asset:in-transit': amount, 'asset:cash': -amount }
  const none = { lender: {}, borrower: {} }
  const says = { lender: 'principal sent', borrower: 'repayment sent', guarantor: 'guaranteed amount sent' }
  return { says, ...none, [payer]: lines }
}
