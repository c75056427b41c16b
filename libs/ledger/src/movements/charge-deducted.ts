/** A charge at the start is kept back from the money lent: principal that is owed, and paid for it at once. */
import type { BookedMovement } from '../entry.js'

/** `amount` in minor units. */
export function chargeDeducted(amount: bigint): BookedMovement {
  return {
    says: { lender: 'charge kept back from the payout', borrower: 'charge kept back from the payout' },
    lender: { 'asset:principal-receivable': amount, 'income:fees': -amount },
    borrower: { 'expense:fees': amount, 'liability:principal-payable': -amount },
  }
}
