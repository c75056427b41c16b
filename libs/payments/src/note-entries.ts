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
  lines: Lines
}

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
    for (const [side, { owner, says, amounts }] of bySide(entries)) {
      const postings: Posting[] = []
      let sum = 0n
      for (const [account, amount] of amounts) {
        if (amount === 0n) continue
        sum += amount
        postings.push({ account, currency: loan.currency, amount })
      }
      if (sum !== 0n) throw new Error(`${says}: debits and credits of ${record} differ by ${sum}`)
      if (postings.length === 0) continue
      const key = `${record}/${side}`
      const nth = (made.get(key) ?? 0) + 1
      made.set(key, nth)
      const id = nth === 1 ? key : `${key}/${nth}`
      yield { record, kind, valueDate, id, owner, loan: loan.id, description: says, postings }
    }
}

/** Lines by the books that they are in, summed by account. There may be thousands. */
function bySide(entries: readonly NoteLines[]) {
  const sides = new Map<string, { owner: string; says: string; amounts: Map<string, bigint> }>()
  for (const { owner, side, says, thing, lines } of entries) {
    let book = sides.get(side)
    if (!book) sides.set(side, (book = { owner, says, amounts: new Map() }))
    for (const kind in lines) {
      const amount = lines[kind as AccountKind]!
      if (amount === 0n) continue
      const account = accountName(owner, kind as AccountKind, thing)
      const before = book.amounts.get(account)
      book.amounts.set(account, before === undefined ? amount : before + amount)
    }
  }
  return sides
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
  const cash = movement.lender['asset:cash'] ?? 0n
  const isOwn = owner === collector
  const owned = isOwn || cash === 0n ? movement.lender : collected(movement.lender)
  const found: NoteLines[] = [{ owner, side, says: movement.says.lender, thing, lines: owned }]
  if (!isOwn && cash !== 0n) {
    const says = cash > 0n ? 'collected for the owner of a note' : 'given back for the owner of a note'
    const book = { owner: collector, side: 'collector', says }
    found.push({ ...book, thing: loan, lines: { 'asset:cash': cash } })
    found.push({ ...book, thing, lines: { 'liability:owed-to-note-owner': -cash } })
  }
  const [ofNote, ofLoan] = owedApart(movement.borrower)
  const says = movement.says.borrower
  found.push({ owner: borrower, side: 'borrower', says, thing, lines: ofNote })
  found.push({ owner: borrower, side: 'borrower', says, thing: loan, lines: ofLoan })
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

/** What came in cash is due from who collected it. */
function collected(lender: Lines): Lines {
  const lines: Lines = {}
  for (const kind of kindsOf(lender)) lines[kind === 'asset:cash' ? 'asset:due-from-collector' : kind] = lender[kind]!
  return lines
}

/** What the borrower owes, by note; and all else, of the loan. */
function owedApart(borrower: Lines): [ofNote: Lines, ofLoan: Lines] {
  const [ofNote, ofLoan]: [Lines, Lines] = [{}, {}]
  for (const kind of kindsOf(borrower)) {
    const lines = kind === 'liability:principal-payable' || kind === 'asset:overpayment-receivable' ? ofNote : ofLoan
    lines[kind] = borrower[kind]!
  }
  return [ofNote, ofLoan]
}

const kindsOf = (lines: Lines): AccountKind[] => Object.keys(lines) as AccountKind[]
