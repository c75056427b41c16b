/** The lender takes a loss into its books. The debt remains: receivable and payable stay equal, an allowance stands against the receivable. */
import type { BookedMovement } from '../entry.js'

/** `principal` in minor units: interest and charges are not in the books before they are paid. */
export function writtenOff(principal: bigint): BookedMovement {
  return {
    says: { lender: 'loan written off', borrower: '' },
    lender: { 'expense:write-offs': principal, 'asset:loss-allowance': -principal },
    borrower: {},
  }
}
