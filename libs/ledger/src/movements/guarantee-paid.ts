/** A guarantor stands in: the lender is paid as by the borrower, who owes the guarantor from then on. And the borrower pays that back. */
import { addLines, type BookedMovement } from '../entry.js'
import { givenByBorrower, takenByLender, totalOf, type MovedParts } from './claims.js'
import { paidFrom } from './paid-from.js'

/** The parts arrived of `sent` (null: nothing was said before), minor units. What was overpaid is the borrower's. */
export function guaranteePaid(parts: MovedParts, sent: bigint | null): BookedMovement {
  const amount = totalOf(parts)
  return {
    says: {
      lender: 'guarantor paid',
      borrower: 'guarantor paid, and is owed it',
      guarantor: 'paid for the borrower, who owes it',
    },
    lender: addLines({ 'asset:cash': amount }, takenByLender(parts)),
    borrower: addLines(givenByBorrower(parts), { 'liability:recourse-payable': -amount }),
    guarantor: addLines({ 'asset:recourse-receivable': amount }, paidFrom(amount, sent)),
  }
}

/** The borrower pays back what a guarantor paid; `amount` arrived of `sent` (null: nothing was said before), minor units. */
export function recoursePaid(amount: bigint, sent: bigint | null): BookedMovement {
  return {
    says: { lender: '', borrower: 'guarantor paid back', guarantor: 'paid back by the borrower' },
    lender: {},
    borrower: addLines({ 'liability:recourse-payable': amount }, paidFrom(amount, sent)),
    guarantor: { 'asset:cash': amount, 'asset:recourse-receivable': -amount },
  }
}
