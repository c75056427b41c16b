/** How a loan counts for its borrower, who may be a newcomer: see `judgeNewcomer`. */
import type { Borrowing } from '#libs/offers'
import { END_OF_TIME } from './account-standing.js'
import { defaultOn } from './default.js'
import { cancellationOf } from './event.js'
import type { LoanState } from './loan.js'
import type { LoanStep } from './loan-step.js'

/** Null before the borrower signed, and for what came to nothing. `steps`: those of the loan. */
export function borrowingOf(loan: LoanState, steps: readonly LoanStep[]): Borrowing | null {
  const { id, agreement, signatures, declines, outcome } = loan
  const { borrower, terms } = agreement!
  const isConcluded = outcome?.stage === 'concluded'
  if (!isConcluded && (outcome || !signatures[borrower] || Object.keys(declines).length > 0)) return null
  const last = steps.at(-1)
  const isClosed = last?.status === 'closed'
  const { currency, principal } = terms
  const repaid_on = isClosed && wasRepaid(loan) ? last.from : null
  return { loan: id, borrower, currency, principal, open: !isClosed, repaid_on }
}

/** In good order: see `Borrowing`. */
function wasRepaid(loan: LoanState): boolean {
  return (
    cancellationOf(loan) === null &&
    defaultOn(loan, END_OF_TIME) === null &&
    Object.keys(loan.writeOffs).length === 0 &&
    Object.keys(loan.guarantees?.called ?? {}).length === 0
  )
}
