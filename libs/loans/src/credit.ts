/** Credits: what the lender takes off the debt without money from the borrower. */
import type { Refusal } from '#libs/fold'
import { judgeDay, judgeExact, type Claim } from './claim.js'
import type { LoanState } from './loan.js'
import { paidOutOn } from './movement.js'
import { accountsOf } from './notes/note-loan.js'
import { judgeRole } from './serving.js'

/** Whether `author` may credit the borrower: the lender, once money was paid out. */
export function judgeCredit(loan: LoanState, author: string, claim: Claim, note?: string): Refusal | null {
  const stop = judgeRole(loan, author, 'lender', note)
  if (stop) return stop
  const [account] = accountsOf(loan, note)
  const paidOut = account ? paidOutOn(account) : null
  if (paidOut === null) return { refused: 'loan_not_active' }
  const credited = Object.values(loan.credits).reduce((sum, { amount }) => sum + amount, claim.amount)
  return judgeDay(claim, paidOut) ?? judgeExact(credited)
}
