/**
 * The sale of a note in the books: the claim goes from the seller to the buyer, and what was paid for it is the seller's. Both book the
 * difference between the clean price and the principal at once. Where a sale turns out to have been of less than it said (money that the
 * seller had got came to light later), the seller owes the buyer that.
 */
import { type AccountKind, type Lines } from '#libs/ledger'
import { isServiced, noteLoans, notesByName, type LoanState, type Note, type Sale } from '#libs/loans'
import { splitOnce } from '#libs/money'
import { thingsOf } from './note-parties.js'
import type { NoteBooking, NoteLines } from './note-entries.js'

/** Takes all else that the loan's records cause, then books the sales. */
export class SaleBooks {
  private readonly sales: readonly [record: string, sale: Sale][]
  private readonly notes: ReadonlyMap<string, Note>
  private readonly thingOf: (note: Note) => string
  private readonly sold: ReadonlySet<string>
  private readonly held = new Held()

  constructor(private readonly loan: LoanState) {
    this.sales = Object.entries(loan.sales).sort(([a, x], [b, y]) => x.at - y.at || (a < b ? -1 : 1))
    this.notes = notesByName(loan)
    this.thingOf = thingsOf(loan)
    this.sold = new Set(this.sales.map(([, { note }]) => this.thingOf(this.notes.get(note)!)))
  }

  hold({ valueDate, entries }: NoteBooking): void {
    if (this.sold.size === 0) return
    for (const of of entries) if (this.sold.has(of.thing)) this.held.add(valueDate, of)
  }

  *all(): Generator<NoteBooking> {
    if (this.sales.length === 0) return
    const { thingOf } = this
    const { borrower } = this.loan.agreement!
    const partOf = partsOf(this.loan)
    for (const [record, sale] of this.sales) {
      const booking = saleBooking(
        { borrower, note: this.notes.get(sale.note)!, thingOf, partOf },
        record,
        sale,
        this.held,
      )
      this.hold(booking)
      yield booking
    }
  }
}

/** What the booking of a sale needs of the loan. */
interface SoldNote {
  borrower: string
  note: Note
  thingOf: (note: Note) => string
  partOf: PartOf
}

function saleBooking(
  { borrower, note, thingOf, partOf }: SoldNote,
  record: string,
  sale: Sale,
  held: Held,
): NoteBooking {
  const thing = thingOf(note)
  const owed = held.of(sale.seller, thing, 'asset:principal-receivable', sale.on)
  const allowance = held.of(sale.seller, thing, 'asset:loss-allowance', sale.on)
  const [price, accrued] = [BigInt(sale.price), BigInt(sale.accrued)]
  const isPart = note.split?.sale === record
  const went = isPart ? partOf(sale, record, owed) : owed
  const missing = BigInt(sale.part ?? sale.owed) - went
  const [kept, bought] = isPart ? note.split!.children.map(thingOf) : [thing, thing]
  const gain = price - accrued - went - missing
  const [sold, got] = isPart ? ['part of a note sold', 'part of a note bought'] : ['note sold', 'note bought']
  const seller = (at: string, lines: Lines): NoteLines => ({
    owner: sale.seller,
    side: 'seller',
    says: sold,
    thing: at,
    lines,
  })
  const buyer = (at: string, lines: Lines): NoteLines => ({
    owner: sale.buyer,
    side: 'buyer',
    says: got,
    thing: at,
    lines,
  })
  const entries: NoteLines[] = [
    seller(thing, {
      'liability:received-for-note': price,
      'asset:principal-receivable': -owed,
      'asset:loss-allowance': -allowance,
      'income:interest': -accrued,
      'income:note-trading': allowance - gain,
      'liability:owed-to-note-owner': -missing,
    }),
    seller(kept!, { 'asset:principal-receivable': owed - went }),
    buyer(bought!, { 'asset:principal-receivable': went, 'income:interest': accrued, 'income:note-trading': gain }),
    buyer(thing, { 'asset:paid-for-note': -price, 'asset:due-from-collector': missing }),
  ]
  if (isPart) {
    const says = 'owed to others: a part of a note was sold'
    const payable = (at: string, amount: bigint): NoteLines => ({
      ...{ owner: borrower, side: 'borrower', says, thing: at },
      lines: { 'liability:principal-payable': amount },
    })
    entries.push(payable(thing, owed), payable(kept!, went - owed), payable(bought!, -went))
  }
  return { record, kind: 'note.sold', valueDate: sale.on, entries }
}

type PartOf = (sale: Sale, record: string, owed: bigint) => bigint

/** The principal of a part: what its account begins with; where a servicer keeps one for all, by the same rule as that account. */
function partsOf(loan: LoanState): PartOf {
  if (isServiced(loan))
    return (sale, _record, owed) => splitOnce(owed, [BigInt(sale.owed - sale.part!), BigInt(sale.part!)])[1]!
  const openings = new Map<string, bigint>()
  for (const { loan: of, note } of noteLoans(loan))
    if (note.name.endsWith('.1'))
      for (const id of Object.keys(of.confirmed))
        if (id.endsWith('/opening')) openings.set(id, BigInt(of.agreement!.terms.principal))
  return (_sale, record) => openings.get(`${record}/opening`) ?? 0n
}

/** What is on the accounts of notes, day by day. */
class Held {
  private readonly lines = new Map<string, { owner: string; kind: HeldKind; on: string; amount: bigint }[]>()

  add(on: string, { owner, thing, lines }: NoteLines): void {
    for (const kind of HELD) {
      const amount = lines[kind] ?? 0n
      if (amount === 0n) continue
      const of = this.lines.get(thing)
      if (of) of.push({ owner, kind, on, amount })
      else this.lines.set(thing, [{ owner, kind, on, amount }])
    }
  }

  /** The balance at the end of a day. */
  of(owner: string, thing: string, kind: HeldKind, day: string): bigint {
    let sum = 0n
    for (const of of this.lines.get(thing) ?? [])
      if (of.kind === kind && of.on <= day && of.owner === owner) sum += of.amount
    return sum
  }
}

const HELD = ['asset:principal-receivable', 'asset:loss-allowance'] as const satisfies readonly AccountKind[]
type HeldKind = (typeof HELD)[number]
