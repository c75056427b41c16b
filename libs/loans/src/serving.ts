/** What every act of servicing asks first: who acts, and whether the loan is one that can be served. */
import type { Refusal } from '#libs/fold'
import type { PlainDate } from '#libs/money'
import { accountAt } from './account.js'
import { cancellationOf } from './event.js'
import type { LoanState } from './loan.js'
import { collectorOf } from './movement.js'
import { accountsOf, isOneAccount } from './notes/note-loan.js'
import { isServiced, ownersOf } from './notes/title.js'

/** Who acts: `lender` is who collects for a note, `party` is the borrower, an owner of a note, or the servicer. */
export type Role = 'lender' | 'borrower' | 'party' | 'owner'

/** Whether `author` has this part in a loan that is concluded. `note`: the one that it acts on. */
export function judgeRole(loan: LoanState, author: string, role: Role, note?: string): Refusal | null {
  if (!loan.agreement) return { refused: 'loan_not_found' }
  if (role === 'lender' && note === undefined && !isOneAccount(loan)) return { refused: 'note_unnamed' }
  const { borrower, servicer } = loan.agreement
  const isOwner = author === servicer || ownersOf(loan).includes(author)
  const isLender = role === 'lender' ? author === collectorOf(loan, note) : isOwner
  const isBorrower = author === borrower
  if ((role === 'lender' || role === 'owner') && !isLender) return { refused: 'not_the_lender' }
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
  note?: string,
): Refusal | null {
  const stop = judgeRole(loan, author, role, note) ?? judgeOwed(loan, asOf, note)
  if (stop) return stop
  if (cancellationOf(loan)) return { refused: 'loan_cancelled' }
  return isWrittenOff(loan, note) ? { refused: 'loan_written_off' } : null
}

/** Whether all that a note, or the loan's only account, is owed was written off. A note that a servicer collects for goes on. */
function isWrittenOff(loan: LoanState, note = '0'): boolean {
  return !isServiced(loan) && Object.values(loan.writeOffs).some((of) => (of.note ?? '0') === note)
}

/** Whether money is owed on a day: on a note, or on any. */
export function judgeOwed(loan: LoanState, asOf: PlainDate, note?: string): Refusal | null {
  const accounts = accountsOf(loan, note)
  if (accounts.length === 0) return { refused: 'note_unknown' }
  const folded = accounts.map((of) => accountAt(of, asOf)).filter(({ isDisbursed }) => isDisbursed)
  if (folded.length === 0) return { refused: 'loan_not_active' }
  return folded.every(({ isClosed }) => isClosed) ? { refused: 'loan_closed' } : null
}
