/** The lender confirms money that settles the loan early. */
import type { BookedMovement } from '../entry.js'
import type { MovedParts } from './claims.js'
import { repaymentConfirmed } from './repayment-confirmed.js'

/** As a repayment; what it did not cover of later interest was never owed. */
export function settlementConfirmed(parts: MovedParts, sent: bigint | null): BookedMovement {
  const says = { lender: 'settlement received', borrower: 'settlement made' }
  return { ...repaymentConfirmed(parts, sent), says }
}
