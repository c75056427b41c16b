/** The borrower confirms principal that arrived: from now on it is owed. */
import type { BookedMovement } from '../entry.js'
import { paidFrom } from './paid-from.js'

/** `amount` arrived of `sent` (null: nothing was said before), minor units. */
export function disbursementConfirmed(amount: bigint, sent: bigint | null): BookedMovement {
  return {
    says: { lender: 'principal paid out', borrower: 'principal received' },
    lender: { 'asset:principal-receivable': amount, ...paidFrom(amount, sent) },
    borrower: { 'asset:cash': amount, 'liability:principal-payable': -amount },
  }
}
