/** Money goes from the lender back to the borrower: overpaid money first, the rest is owed again. */
import { addLines, undone, type BookedMovement } from '../entry.js'
import { givenByBorrower, takenByLender, totalOf, type MovedParts } from './claims.js'

/** The lender gave back what was paid beyond the debt. `parts`: what is no longer owed back, and what is owed again. */
export function overpaymentRefunded(parts: MovedParts): BookedMovement {
  return { ...givenBack(parts), says: { lender: 'overpayment given back', borrower: 'overpayment received back' } }
}

/** A part of a confirmed payment was taken back by agreement. */
export function paymentChargedBack(parts: MovedParts): BookedMovement {
  return { ...givenBack(parts), says: { lender: 'payment charged back', borrower: 'payment taken back' } }
}

function givenBack(parts: MovedParts): Omit<BookedMovement, 'says'> {
  const amount = totalOf(parts)
  return {
    lender: addLines(undone(takenByLender(parts)), { 'asset:cash': -amount }),
    borrower: addLines({ 'asset:cash': amount }, undone(givenByBorrower(parts))),
  }
}
