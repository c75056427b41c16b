/** The lender gives charges up that were paid, or would be: what they come to pays the loan instead. */
import { addLines, type BookedMovement } from '../entry.js'
import { givenByBorrower, takenByLender, type MovedParts } from './claims.js'

/** What is given up, minor units; its sum is that of the parts that it went to. */
export interface GivenUp {
  fees: bigint
  penalties: bigint
}

/** A credit against one charge. */
export function chargeAdjusted(parts: MovedParts, givenUp: GivenUp): BookedMovement {
  return { ...chargesGivenUp(parts, givenUp), says: { lender: 'charge credited', borrower: 'charge credited' } }
}

/** All charges of a loan that its borrower withdrew from. */
export function withdrawalCredited(parts: MovedParts, givenUp: GivenUp): BookedMovement {
  const says = 'charges given up after the withdrawal'
  return { ...chargesGivenUp(parts, givenUp), says: { lender: says, borrower: says } }
}

function chargesGivenUp(parts: MovedParts, { fees, penalties }: GivenUp): Omit<BookedMovement, 'says'> {
  return {
    lender: addLines({ 'income:fees': fees, 'income:penalties': penalties }, takenByLender(parts)),
    borrower: addLines(givenByBorrower(parts), { 'expense:fees': -fees, 'expense:penalties': -penalties }),
  }
}
