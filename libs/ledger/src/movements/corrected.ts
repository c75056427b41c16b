/** Entries are never changed: what came out otherwise is corrected by an entry of what caused that. */
import { addLines, undone, type BookedMovement, type Side } from '../entry.js'

/** From what was booked (null: nothing) to what holds now (null: nothing). */
export function corrected(before: BookedMovement | null, after: BookedMovement | null): BookedMovement {
  const says = (side: Side) => (after === null ? `reversed: ${before!.says[side]}` : `corrected: ${after.says[side]}`)
  return {
    says: { lender: says('lender'), borrower: says('borrower'), guarantor: says('guarantor') },
    lender: addLines(after?.lender ?? {}, undone(before?.lender ?? {})),
    borrower: addLines(after?.borrower ?? {}, undone(before?.borrower ?? {})),
    guarantor: addLines(after?.guarantor ?? {}, undone(before?.guarantor ?? {})),
  }
}
