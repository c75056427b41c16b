/** Entries of a loan with several notes: what one record moves, for any number of notes and in anyone's books. */
import {
  accountName,
  type AccountKind,
  type BookedMovement,
  type Cause,
  type JournalEntry,
  type Lines,
  type Posting,
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
  /** Where all is kept that is not owed on the note itself, if elsewhere. */
  besides?: string
  lines: Lines
}

/** What a borrower owes on a note, or has overpaid on it. */
const ON_NOTE: ReadonlySet<AccountKind> = new Set(['liability:principal-payable', 'asset:overpayment-receivable'])

export interface NoteBooking extends Cause {
  entries: NoteLines[]
}

/** One entry for each side of each booking in whose books something moves. Throws when one does not balance: a mistake in a rule. */
export function* journalEntries(
  loan: { id: string; currency: string },
  bookings: Iterable<NoteBooking>,
): Generator<JournalEntry> {
  const made = new Map<string, number>()
  for (const { record, kind, valueDate, entries } of bookings)
    for (const [side, lines] of bySide(entries)) {
      const { owner, says } = lines[0]!
      const postings = postingsOf(lines, loan.currency)
      let sum = 0n
      for (const { amount } of postings) sum += amount
      if (sum !== 0n) throw new Error(`${says}: debits and credits of ${record} differ by ${sum}`)
      if (postings.length === 0) continue
      const key = `${record}/${side}`
      const nth = (made.get(key) ?? 0) + 1
      made.set(key, nth)
      const id = nth === 1 ? key : `${key}/${nth}`
      yield { record, kind, valueDate, id, owner, loan: loan.id, description: says, postings }
    }
}

/** Lines by the books that they are in. */
function bySide(entries: readonly NoteLines[]): Map<string, NoteLines[]> {
  const sides = new Map<string, NoteLines[]>()
  for (const of of entries) {
    const others = sides.get(of.side)
    if (others) others.push(of)
    else sides.set(of.side, [of])
  }
  return sides
}

/** Their postings, one for each account. There may be thousands, and most books have lines for one note alone. */
function postingsOf(all: readonly NoteLines[], currency: string): Posting[] {
  const made: Posting[] = []
  const known = all.length > 1 ? new Map<string, Posting>() : null
  for (const { owner, thing, besides = thing, lines } of all)
    for (const kind of kindsOf(lines)) {
      const amount = lines[kind]!
      if (amount === 0n) continue
      const account = accountName(owner, kind, ON_NOTE.has(kind) ? thing : besides)
      const before = known?.get(account)
      if (before) {
        before.amount += amount
        continue
      }
      const posting = { account, currency, amount }
      known?.set(account, posting)
      made.push(posting)
    }
  return known ? made.filter(({ amount }) => amount !== 0n) : made
}

const kindsOf = (lines: Lines): AccountKind[] => Object.keys(lines) as AccountKind[]

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
  const cash = movement.lender['asset:cash'] ?? 0n
  const sent = movement.lender['asset:in-transit'] ?? 0n
  const isOwn = owner === collector
  const claims = sent === 0n ? movement.lender : { ...movement.lender, 'asset:in-transit': 0n }
  const owned = isOwn ? claims : { ...claims, 'asset:cash': 0n, 'asset:due-from-collector': cash }
  const found: NoteLines[] = [{ owner, side, says: movement.says.lender, thing, lines: owned }]
  // What was sent is on its way in the loan, whichever note it was for.
  if (sent !== 0n)
    found.push({ owner, side, says: movement.says.lender, thing: loan, lines: { 'asset:in-transit': sent } })
  if (!isOwn && cash !== 0n) {
    const says = cash > 0n ? 'collected for the owner of a note' : 'given back for the owner of a note'
    const book = { owner: collector, side: 'collector', says }
    found.push({ ...book, thing: loan, lines: { 'asset:cash': cash } })
    found.push({ ...book, thing, lines: { 'liability:owed-to-note-owner': -cash } })
  }
  const says = movement.says.borrower
  found.push({ owner: borrower, side: 'borrower', says, thing, besides: loan, lines: movement.borrower })
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
