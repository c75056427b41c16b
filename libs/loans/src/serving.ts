/** What every act of servicing asks first: who acts, and whether the loan is one that can be served. */
import type { Refusal } from '#libs/fold'
import type { PlainDate } from '#libs/money'
import { accountAt } from './account.js'
import { cancellationOf } from './event.js'
import type { LoanState } from './loan.js'

/** Whether `author` has this part in a loan that is concluded. */
export function judgeRole(loan: LoanState, author: string, role: 'lender' | 'borrower' | 'party'): Refusal | null {
  if (!loan.agreement) return { refused: 'loan_not_found' }
  const { borrower, lenders } = loan.agreement
  const isLender = author === lenders[0]![0]
  const isBorrower = author === borrower
  if (role === 'lender' && !isLender) return { refused: 'not_the_lender' }
  if (role === 'borrower' && !isBorrower) return { refused: 'not_the_borrower' }
  if (!isLender && !isBorrower) return { refused: 'not_a_party' }
  return loan.outcome?.stage === 'concluded' ? null : { refused: 'loan_not_agreed' }
}

/** Whether `author` may act on a loan of which money is owed on a day, neither withdrawn from nor written off. */
export function judgeServed(
  loan: LoanState,
  author: string,
  role: 'lender' | 'party',
  asOf: PlainDate,
): Refusal | null {
  const stop = judgeRole(loan, author, role) ?? judgeOwed(loan, asOf)
  if (stop) return stop
  if (cancellationOf(loan)) return { refused: 'loan_cancelled' }
  return Object.keys(loan.writeOffs).length > 0 ? { refused: 'loan_written_off' } : null
}

/** Whether money is owed on a day. */
export function judgeOwed(loan: LoanState, asOf: PlainDate): Refusal | null {
  const account = accountAt(loan, asOf)
  if (!account.isDisbursed) return { refused: 'loan_not_active' }
  return account.isClosed ? { refused: 'loan_closed' } : null
}
