/** The lender forgives a part of what is owed: an expense, as if it had paid for the borrower. */
import { addLines, type BookedMovement } from '../entry.js'
import { givenByBorrower, takenByLender, totalOf, type MovedParts } from './claims.js'

export function goodwillCredited(parts: MovedParts): BookedMovement {
  const amount = totalOf(parts)
  return {
    says: { lender: 'goodwill granted', borrower: 'goodwill received' },
    lender: addLines({ 'expense:goodwill': amount }, takenByLender(parts)),
    borrower: addLines(givenByBorrower(parts), { 'income:goodwill': -amount }),
  }
}
