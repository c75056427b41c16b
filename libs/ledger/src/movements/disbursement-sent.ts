/** The lender says that the principal, or a part of it, is on its way. */
import { entryOf, type BookedLoan, type Cause, type JournalEntry } from '../entry.js'

/** `amount` in minor units. */
export function disbursementSent(loan: BookedLoan, cause: Cause, amount: bigint): JournalEntry[] {
  return entryOf(loan, 'lender', cause, 'principal sent', { 'asset:in-transit': amount, 'asset:cash': -amount })
}
