/** The payee says that a sent payment did not come: it is the payer's cash again. */
import { entryOf, type BookedLoan, type Cause, type JournalEntry, type Side } from '../entry.js'

/** `amount` as it was sent, minor units. */
export function paymentRefused(loan: BookedLoan, cause: Cause, payer: Side, amount: bigint): JournalEntry[] {
  return entryOf(loan, payer, cause, 'payment did not arrive', { 'asset:cash': amount, 'asset:in-transit': -amount })
}
