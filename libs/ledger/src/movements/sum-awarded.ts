/** The arbiter awards the borrower a sum: it is taken off the debt, at the lender's expense. */
import { addLines, type BookedMovement } from '../entry.js'
import { givenByBorrower, takenByLender, totalOf, type MovedParts } from './claims.js'

export function sumAwarded(parts: MovedParts): BookedMovement {
  const amount = totalOf(parts)
  return {
    says: { lender: 'sum awarded to the borrower', borrower: 'sum awarded by the arbiter' },
    lender: addLines({ 'expense:awards': amount }, takenByLender(parts)),
    borrower: addLines(givenByBorrower(parts), { 'income:awards': -amount }),
  }
}
