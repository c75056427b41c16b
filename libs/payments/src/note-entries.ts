/** Entries of a loan with several notes: what one record moves, for any number of notes and in anyone's books. */
import {
  accountName,
  type AccountKind,
  type BookedMovement,
  type Cause,
  type JournalEntry,
  type Lines,
} from '#libs/ledger'

/** Whose books: `side` tells the entries of one record apart. */
export interface Book {
  owner: string
  side: string
}

/** Lines for one note, or for the loan (`thing`), in someone's books. */
export interface NoteLines extends Book {
  says: string
  thing: string
  lines: Lines
}

export interface NoteBooking extends Cause {
  entries: NoteLines[]
}

/** One entry for each side of each booking in whose books something moves. Throws when one does not balance: a mistake in a rule. */
export function journalEntries(
  loan: { id: string; currency: string },
  bookings: readonly NoteBooking[],
): JournalEntry[] {
  const made = new Map<string, number>()
  return bookings.flatMap(({ entries, ...cause }) => {
    const sides = new Map<string, { of: NoteLines; amounts: Map<string, bigint> }>()
    for (const of of entries) {
      const side = sides.get(of.side) ?? { of, amounts: new Map<string, bigint>() }
      sides.set(of.side, side)
      for (const [kind, amount] of Object.entries(of.lines) as [AccountKind, bigint][]) {
        const account = accountName(of.owner, kind, of.thing)
        side.amounts.set(account, (side.amounts.get(account) ?? 0n) + amount)
      }
    }
    return [...sides.values()].flatMap(({ of: { owner, side, says }, amounts }) => {
      const postings = [...amounts]
        .filter(([, amount]) => amount !== 0n)
        .map(([account, amount]) => ({ account, currency: loan.currency, amount }))
      const sum = postings.reduce((all, { amount }) => all + amount, 0n)
      if (sum !== 0n) throw new Error(`${says}: debits and credits of ${cause.record} differ by ${sum}`)
      if (postings.length === 0) return []
      const key = `${cause.record}/${side}`
      const nth = (made.get(key) ?? 0) + 1
      made.set(key, nth)
      const id = nth === 1 ? key : `${key}/${nth}`
      return [{ ...cause, id, owner, loan: loan.id, description: says, postings }]
    })
  })
}

/** Who takes part in a movement of one note. */
export interface NoteParties {
  thing: string
  /** Tells the owner's entry from the others of the record: the note's name. */
  side: string
  owner: string
  /** Who was paid by the borrower: the owner, or someone who owes it to the owner. */
  collector: string
  borrower: string
  guarantor?: string
  /** Where the borrower's cash, and what is not of one note, is kept. */
  loan: string
}

/** The movement of one note: the owner is owed by the collector what the collector got for it. */
export function noteLines(movement: BookedMovement, of: NoteParties): NoteLines[] {
  const { thing, side, owner, collector, borrower, guarantor, loan } = of
  const { 'asset:cash': cash = 0n, ...claims } = movement.lender
  const isOwn = owner === collector
  const owned: Lines = isOwn ? movement.lender : { ...claims, 'asset:due-from-collector': cash }
  const found: NoteLines[] = [{ owner, side, says: movement.says.lender, thing, lines: owned }]
  if (!isOwn && cash !== 0n) {
    const says = cash > 0n ? 'collected for the owner of a note' : 'given back for the owner of a note'
    const book = { owner: collector, side: 'collector', says }
    found.push({ ...book, thing: loan, lines: { 'asset:cash': cash } })
    found.push({ ...book, thing, lines: { 'liability:owed-to-note-owner': -cash } })
  }
  const {
    'liability:principal-payable': payable = 0n,
    'asset:overpayment-receivable': overpaid = 0n,
    ...rest
  } = movement.borrower
  const owes = { owner: borrower, side: 'borrower', says: movement.says.borrower }
  found.push({
    ...owes,
    thing,
    lines: { 'liability:principal-payable': payable, 'asset:overpayment-receivable': overpaid },
  })
  found.push({ ...owes, thing: loan, lines: rest })
  if (guarantor !== undefined && movement.guarantor)
    found.push({
      owner: guarantor,
      side: 'guarantor',
      says: movement.says.guarantor ?? '',
      thing: loan,
      lines: movement.guarantor,
    })
  return found
}
