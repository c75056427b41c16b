/** Who takes part in a movement of a note, and where it is kept. */
import { noteThing } from '#libs/ledger'
import { isWhole, titleOn, type LoanState, type Note } from '#libs/loans'
import type { PlainDate } from '#libs/money'
import type { NoteParties } from './note-entries.js'

/** Where the accounts of each note of a loan are kept: with the loan, if that is all there ever was of it. */
export function thingsOf(loan: LoanState): (note: Note) => string {
  return isWhole(loan) ? () => loan.id : (note) => thingOf(loan.id, note)
}

/** Names that are asked for with every movement, made once. */
const things = new WeakMap<Note, string>()

function thingOf(loan: string, note: Note): string {
  const known = things.get(note)
  if (known !== undefined) return known
  const thing = noteThing(loan, note.name)
  things.set(note, thing)
  return thing
}

/** Who takes part in a movement of a note on a day; `paidTo`: who got the borrower's money, if not the owner. */
export type PartiesOn = (note: Note, day: PlainDate, paidTo?: string) => NoteParties

/** The same for all notes of a loan: what is so of the loan is looked at once. */
export function partiesOf(loan: LoanState): PartiesOn {
  const thingOf = thingsOf(loan)
  const isAll = isWhole(loan)
  const { borrower } = loan.agreement!
  return (note, day, paidTo) => {
    const { owner } = titleOn(note, day)
    const side = isAll ? 'lender' : note.name
    return { thing: thingOf(note), side, owner, collector: paidTo ?? owner, borrower, loan: loan.id }
  }
}
