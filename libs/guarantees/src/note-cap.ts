/**
 * The part of a guarantee that stands for one note. Owners of notes call without knowing of each other, so each has a part of the cap
 * that nobody else can use: by shares, and where a note was split, what was left of it by the parts.
 */
import { accountOf, findNote, isOneAccount, notesOf, type LoanState } from '#libs/loans'
import { splitOnce } from '#libs/money'

/** The account that a note is in; without a note the loan's, where it is one account. Null when there is none. */
export function accountFor(loan: LoanState, note: string | undefined): LoanState | null {
  if (note === undefined) return isOneAccount(loan) ? loan : null
  return isOneAccount(loan) ? null : accountOf(loan, note)
}

/** The most that may be called in all, of one note or of the loan. Minor units; what the note's ancestors called is taken off. */
export function capOf(loan: LoanState, guarantee: string, note: string | undefined): number {
  const { cap } = loan.guarantees!.signed[guarantee]!
  if (note === undefined) return cap
  const found = findNote(loan, note)
  if (!found) return 0
  const shares = loan.agreement!.lenders.map(([, share]) => BigInt(share))
  let left = splitOnce(BigInt(cap), shares)[found.lender]!
  let at = notesOf(loan)[found.lender]!
  while (at.name !== note) {
    left -= calledFor(loan, guarantee, at.name)
    const [kept, sold] = at.split!.parts
    const ofSold = (left * sold) / (kept + sold)
    const [first, second] = at.split!.children
    const isSold = `${note}.`.startsWith(`${second.name}.`)
    left = isSold ? ofSold : left - ofSold
    at = isSold ? second : first
  }
  return Number(left)
}

function calledFor(loan: LoanState, guarantee: string, note: string): bigint {
  const calls = Object.values(loan.guarantees!.called).filter((of) => of.guarantee === guarantee && of.note === note)
  return calls.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
}
