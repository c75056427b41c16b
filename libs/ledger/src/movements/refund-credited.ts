/** A merchant, or who paid the money out, gives back to the lender what the borrower had spent: it pays the loan. */
import type { BookedMovement } from '../entry.js'
import type { MovedParts } from './claims.js'
import { repaymentConfirmed } from './repayment-confirmed.js'

export function refundCredited(parts: MovedParts): BookedMovement {
  return { ...repaymentConfirmed(parts, null), says: { lender: 'refund credited', borrower: 'refund credited' } }
}
