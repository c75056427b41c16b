/** Who takes part in a movement of a note, and where it is kept. */
import { noteThing } from '#libs/ledger'
import { isWhole, titleOn, type LoanState, type Note } from '#libs/loans'
import type { PlainDate } from '#libs/money'
import type { NoteParties } from './note-entries.js'

/** Where the accounts of a note are kept: with the loan, if that is all there ever was of it. */
export function thingOf(loan: LoanState, { name }: Note): string {
  return isWhole(loan) ? loan.id : noteThing(loan.id, name)
}

/** Who takes part in a movement of a note on a day; `paidTo`: who got the borrower's money, if not the owner. */
export function partiesOn(loan: LoanState, note: Note, day: PlainDate, paidTo?: string): NoteParties {
  const { owner } = titleOn(note, day)
  return {
    ...{ thing: thingOf(loan, note), side: isWhole(loan) ? 'lender' : note.name, owner },
    ...{ collector: paidTo ?? owner, borrower: loan.agreement!.borrower, loan: loan.id },
  }
}
