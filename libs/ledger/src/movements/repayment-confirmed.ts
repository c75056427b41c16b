/** The lender confirms money of the borrower: interest and charges are earned when they are paid, principal is owed no longer. */
import { addLines, type BookedMovement } from '../entry.js'
import { givenByBorrower, takenByLender, totalOf, type MovedParts } from './claims.js'
import { paidFrom } from './paid-from.js'

/** The parts arrived of `sent` (null: nothing was said before), minor units. */
export function repaymentConfirmed(parts: MovedParts, sent: bigint | null): BookedMovement {
  const amount = totalOf(parts)
  return {
    says: { lender: 'repayment received', borrower: 'repayment made' },
    lender: addLines({ 'asset:cash': amount }, takenByLender(parts)),
    borrower: addLines(givenByBorrower(parts), paidFrom(amount, sent)),
  }
}
