/** The payee says that a sent payment did not come: it is the payer's cash again. */
import type { BookedMovement, Lines, Side } from '../entry.js'

/** `amount` as it was sent, minor units. */
export function paymentRefused(payer: Side, amount: bigint): BookedMovement {
  const lines: Lines = { 'asset:cash': amount, 'asset:in-transit': -amount }
  const says = 'payment did not arrive'
  const none = { lender: {}, borrower: {} }
  return { says: { lender: says, borrower: says, guarantor: says }, ...none, [payer]: lines }
}
