/** A share of a payout that is due on its day is kept back: lent, and paid back at once. */
import { undone, type BookedMovement } from '../entry.js'

/** Both movements, in their order; `amount` in minor units. */
export function downPayment(amount: bigint): BookedMovement[] {
  const lender = { 'asset:principal-receivable': amount, 'asset:cash': -amount }
  const borrower = { 'asset:cash': amount, 'liability:principal-payable': -amount }
  return [
    { says: { lender: 'down payment lent', borrower: 'down payment borrowed' }, lender, borrower },
    {
      says: { lender: 'down payment kept back', borrower: 'down payment made' },
      lender: undone(lender),
      borrower: undone(borrower),
    },
  ]
}
