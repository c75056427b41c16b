/** A loan that ran before is taken over: what is owed on it was lent before these books, so no cash moves. */
import type { BookedMovement } from '../entry.js'

/** `principal` is owed from now on, minor units. */
export function opened(principal: bigint): BookedMovement {
  return {
    says: { lender: 'opening balance', borrower: 'opening balance' },
    lender: { 'asset:principal-receivable': principal, 'equity:opening': -principal },
    borrower: { 'equity:opening': principal, 'liability:principal-payable': -principal },
  }
}
