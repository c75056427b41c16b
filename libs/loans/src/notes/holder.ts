/** Who has, or had, a part in the lenders' side of a loan. */
import type { LoanState } from '../loan.js'
import { collectorOf } from '../movement.js'
import { everyNote, isServiced, leavesOf, notesOf, ownerOf } from './title.js'

/** Every lender, owner of a note now or before, and the servicer; each once. */
export function holdersOf(loan: LoanState): string[] {
  const { servicer } = loan.agreement!
  const owners = everyNote(notesOf(loan)).flatMap(({ titles }) => titles.map(({ owner }) => owner))
  return [...new Set([...owners, ...(servicer ? [servicer] : [])])]
}

/** The notes in force that someone owns, by name. */
export function notesOwned(loan: LoanState, identity: string): string[] {
  return leavesOf(notesOf(loan)).flatMap((note) => (ownerOf(note) === identity ? [note.name] : []))
}

/** The notes for which the borrower pays someone; undefined stands for all that a servicer collects for. */
export function notesCollected(loan: LoanState, identity: string): (string | undefined)[] {
  if (isServiced(loan)) return collectorOf(loan) === identity ? [undefined] : []
  return notesOwned(loan, identity)
}
