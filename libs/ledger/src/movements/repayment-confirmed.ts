/** The lender confirms a repayment: interest and fees are earned when they are paid, principal is owed no longer. */
import { entryOf, type BookedLoan, type Cause, type JournalEntry } from '../entry.js'
import { paidFrom } from './paid-from.js'

/** What a repayment went to, minor units. `overpaid` is beyond all that was owed. */
export interface RepaymentParts {
  principal: bigint
  interest: bigint
  fees: bigint
  overpaid: bigint
}

/** The parts arrived of `sent` (null: nothing was said before), minor units. */
export function repaymentConfirmed(
  loan: BookedLoan,
  cause: Cause,
  { principal, interest, fees, overpaid }: RepaymentParts,
  sent: bigint | null,
): JournalEntry[] {
  const amount = principal + interest + fees + overpaid
  return [
    ...entryOf(loan, 'lender', cause, 'repayment received', {
      'asset:cash': amount,
      'asset:principal-receivable': -principal,
      'income:interest': -interest,
      'income:fees': -fees,
      'liability:overpayment-payable': -overpaid,
    }),
    ...entryOf(loan, 'borrower', cause, 'repayment made', {
      'liability:principal-payable': principal,
      'expense:interest': interest,
      'expense:fees': fees,
      'asset:overpayment-receivable': overpaid,
      ...paidFrom(amount, sent),
    }),
  ]
}
