/** The borrower confirms principal that arrived: from now on it is owed. */
import { entryOf, type BookedLoan, type Cause, type JournalEntry } from '../entry.js'
import { paidFrom } from './paid-from.js'

/** `amount` arrived of `sent` (null: nothing was said before), minor units. */
export function disbursementConfirmed(
  loan: BookedLoan,
  cause: Cause,
  amount: bigint,
  sent: bigint | null,
): JournalEntry[] {
  return [
    ...entryOf(loan, 'lender', cause, 'principal paid out', {
      'asset:principal-receivable': amount,
      ...paidFrom(amount, sent),
    }),
    ...entryOf(loan, 'borrower', cause, 'principal received', {
      'asset:cash': amount,
      'liability:principal-payable': -amount,
    }),
  ]
}
