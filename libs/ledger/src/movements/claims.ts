/** What a movement takes off, or puts on, what the lender may claim and the borrower owes. */
import { addLines, type Lines } from '../entry.js'

/** Minor units by what they went to; `overpaid` is beyond all that was owed. */
export interface MovedParts {
  principal: bigint
  interest: bigint
  fees: bigint
  penalties: bigint
  overpaid: bigint
  /** The lender had written the loan off by then. */
  writtenOff: boolean
}

export function totalOf({ principal, interest, fees, penalties, overpaid }: MovedParts): bigint {
  return principal + interest + fees + penalties + overpaid
}

/**
 * Credits of a lender who gets so much: principal is claimed no longer, interest, fees and penalties are earned when they are
 * paid, what is overpaid is owed back. Principal that was written off is recovered, as far as it comes.
 */
export function takenByLender(parts: MovedParts): Lines {
  const { principal, interest, fees, penalties, overpaid, writtenOff } = parts
  return addLines(
    {
      'asset:principal-receivable': -principal,
      'income:interest': -interest,
      'income:fees': -fees,
      'income:penalties': -penalties,
      'liability:overpayment-payable': -overpaid,
    },
    writtenOff ? { 'asset:loss-allowance': principal, 'income:recovery': -principal } : {},
  )
}

/** Debits of a borrower who gives so much. */
export function givenByBorrower({ principal, interest, fees, penalties, overpaid }: MovedParts): Lines {
  return {
    'liability:principal-payable': principal,
    'expense:interest': interest,
    'expense:fees': fees,
    'expense:penalties': penalties,
    'asset:overpayment-receivable': overpaid,
  }
}
