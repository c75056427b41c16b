/** The lender gives up what was paid of charges, or ahead of interest: what it comes to pays the loan instead. */
import { addLines, type BookedMovement } from '../entry.js'
import { givenByBorrower, takenByLender, type MovedParts } from './claims.js'

/** What is given up, minor units; its sum is that of the parts that it went to. */
export interface GivenUp {
  fees: bigint
  penalties: bigint
  /** Paid for time that never came. */
  interest: bigint
}

/** A credit against one charge. */
export function chargeAdjusted(parts: MovedParts, of: Omit<GivenUp, 'interest'>): BookedMovement {
  return given(parts, { ...of, interest: 0n }, 'charge credited')
}

/** All charges of a loan that its borrower withdrew from, and interest that was paid ahead. */
export function withdrawalCredited(parts: MovedParts, givenUp: GivenUp): BookedMovement {
  return given(parts, givenUp, 'charges and unearned interest given up after the withdrawal')
}

/** Interest that was paid ahead of a settlement. */
export function unearnedInterestCredited(parts: MovedParts, interest: bigint): BookedMovement {
  return given(parts, { fees: 0n, penalties: 0n, interest }, 'unearned interest credited')
}

function given(parts: MovedParts, { fees, penalties, interest }: GivenUp, says: string): BookedMovement {
  return {
    says: { lender: says, borrower: says },
    lender: addLines(
      { 'income:fees': fees, 'income:penalties': penalties, 'income:interest': interest },
      takenByLender(parts),
    ),
    borrower: addLines(givenByBorrower(parts), {
      'expense:fees': -fees,
      'expense:penalties': -penalties,
      'expense:interest': -interest,
    }),
  }
}
