/**
 * The sale of a note in the books: the claim goes from the seller to the buyer, and what was paid for it is the seller's. Both book the
 * difference between the clean price and the principal at once. Where a sale turns out to have been of less than it said (money that the
 * seller had got came to light later), the seller owes the buyer that.
 */
import { type AccountKind, type Lines } from '#libs/ledger'
import { findNote, isServiced, noteLoans, type LoanState, type Sale } from '#libs/loans'
import { splitOnce } from '#libs/money'
import { thingOf } from './note-parties.js'
import type { NoteBooking, NoteLines } from './note-entries.js'

/** `moved`: all else that the loan's records cause. */
export function saleBookings(loan: LoanState, moved: readonly NoteBooking[]): NoteBooking[] {
  const sales = Object.entries(loan.sales).sort(([a, x], [b, y]) => x.at - y.at || (a < b ? -1 : 1))
  const held = new Held(moved)
  return sales.map(([record, sale]) => {
    const booking = saleBooking(loan, record, sale, held)
    held.add(booking)
    return booking
  })
}

function saleBooking(loan: LoanState, record: string, sale: Sale, held: Held): NoteBooking {
  const note = findNote(loan, sale.note)!
  const thing = thingOf(loan, note)
  const owed = held.of(sale.seller, thing, 'asset:principal-receivable', sale.on)
  const allowance = held.of(sale.seller, thing, 'asset:loss-allowance', sale.on)
  const [price, accrued] = [BigInt(sale.price), BigInt(sale.accrued)]
  const isPart = note.split?.sale === record
  const went = isPart ? partOf(loan, sale, record, owed) : owed
  const missing = BigInt(sale.part ?? sale.owed) - went
  const [kept, bought] = isPart ? note.split!.children.map((child) => thingOf(loan, child)) : [thing, thing]
  const gain = price - accrued - went - missing
  const by = { owner: sale.seller, side: 'seller', says: isPart ? 'part of a note sold' : 'note sold' }
  const to = { owner: sale.buyer, side: 'buyer', says: isPart ? 'part of a note bought' : 'note bought' }
  const entries: NoteLines[] = [
    {
      ...{ ...by, thing },
      lines: {
        'liability:received-for-note': price,
        'asset:principal-receivable': -owed,
        'asset:loss-allowance': -allowance,
        'income:interest': -accrued,
        'income:note-trading': allowance - gain,
        'liability:owed-to-note-owner': -missing,
      },
    },
    { ...by, thing: kept!, lines: { 'asset:principal-receivable': owed - went } },
    {
      ...{ ...to, thing: bought! },
      lines: {
        'asset:principal-receivable': went,
        'income:interest': accrued,
        'income:note-trading': gain,
      },
    },
    { ...to, thing, lines: { 'asset:paid-for-note': -price, 'asset:due-from-collector': missing } },
  ]
  if (isPart) {
    const owes = {
      owner: loan.agreement!.borrower,
      side: 'borrower',
      says: 'owed to others: a part of a note was sold',
    }
    const payable = (amount: bigint): Lines => ({ 'liability:principal-payable': amount })
    entries.push({ ...owes, thing, lines: payable(owed) })
    entries.push({ ...owes, thing: kept!, lines: payable(went - owed) })
    entries.push({ ...owes, thing: bought!, lines: payable(-went) })
  }
  return { record, kind: 'note.sold', valueDate: sale.on, entries }
}

/** The principal of a part: what its account begins with; where a servicer keeps one for all, by the same rule as that account. */
function partOf(loan: LoanState, sale: Sale, record: string, owed: bigint): bigint {
  if (isServiced(loan)) return splitOnce(owed, [BigInt(sale.owed - sale.part!), BigInt(sale.part!)])[1]!
  const opening = noteLoans(loan).find(
    ({ loan: of, note }) => note.name.endsWith('.1') && of.confirmed[`${record}/opening`],
  )
  return BigInt(opening?.loan.agreement!.terms.principal ?? 0)
}

/** What is on the accounts of notes, day by day. */
class Held {
  private readonly lines = new Map<string, { on: string; amount: bigint }[]>()

  constructor(bookings: readonly NoteBooking[]) {
    for (const booking of bookings) this.add(booking)
  }

  add({ valueDate: on, entries }: NoteBooking): void {
    for (const { owner, thing, lines } of entries)
      for (const [kind, amount] of Object.entries(lines) as [AccountKind, bigint][]) {
        if (kind !== 'asset:principal-receivable' && kind !== 'asset:loss-allowance') continue
        const key = `${owner} ${thing} ${kind}`
        const of = this.lines.get(key) ?? []
        of.push({ on, amount })
        this.lines.set(key, of)
      }
  }

  /** The balance at the end of a day. */
  of(owner: string, thing: string, kind: AccountKind, day: string): bigint {
    return (this.lines.get(`${owner} ${thing} ${kind}`) ?? []).reduce(
      (sum, { on, amount }) => (on <= day ? sum + amount : sum),
      0n,
    )
  }
}
