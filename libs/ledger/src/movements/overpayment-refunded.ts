/** The lender gives back what was paid beyond the debt. */
import { entryOf, type BookedLoan, type Cause, type JournalEntry } from '../entry.js'

/** `amount` in minor units. */
export function overpaymentRefunded(loan: BookedLoan, cause: Cause, amount: bigint): JournalEntry[] {
  return [
    ...entryOf(loan, 'lender', cause, 'overpayment given back', {
      'liability:overpayment-payable': amount,
      'asset:cash': -amount,
    }),
    ...entryOf(loan, 'borrower', cause, 'overpayment received back', {
      'asset:cash': amount,
      'asset:overpayment-receivable': -amount,
    }),
  ]
}
