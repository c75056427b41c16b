/** The borrower says that a repayment is on its way. */
import { entryOf, type BookedLoan, type Cause, type JournalEntry } from '../entry.js'

/** `amount` in minor units. */
export function repaymentSent(loan: BookedLoan, cause: Cause, amount: bigint): JournalEntry[] {
  return entryOf(loan, 'borrower', cause, 'repayment sent', { 'asset:in-transit': amount, 'asset:cash': -amount })
}
