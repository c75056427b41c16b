/** Where a loan stands on a day, whether it is one account or one for each note. */
import type { PlainDate } from '#libs/money'
import { accountAt } from './account.js'
import { END_OF_TIME, standingOf, type Standing } from './account-standing.js'
import type { LoanState } from './loan.js'
import { accountsOf, isOneAccount } from './notes/note-loan.js'
import { sumStanding } from './notes/sum.js'

/** The standing of a proposed or concluded loan. Payments count from their value dates; signatures and closings at once. */
export function standing(loan: LoanState, asOf: PlainDate): Standing {
  return isOneAccount(loan) ? standingOf(accountAt(loan, asOf), asOf) : sumStanding(loan, asOf)
}

/** What was paid, of all payments known, beyond all that is owed, and not given back. Minor units. */
export function overpaidOf(loan: LoanState): number {
  return accountsOf(loan).reduce((sum, of) => sum + Number(accountAt(of, END_OF_TIME).loan.state.overpaid), 0)
}

/** Whether nothing is left to pay, by all that is known, whatever its value dates. */
export function isRepaid(loan: LoanState): boolean {
  return accountsOf(loan).every((of) => accountAt(of, END_OF_TIME).isClosed)
}
