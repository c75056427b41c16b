/** Notes, and what is for sale, as faces show them. */
import {
  cancellationOf,
  dayOf,
  exposureOf,
  findNote,
  leavesOf,
  listingState,
  notesOf,
  openListingOf,
  orderState,
  ownerOf,
  standing,
  titleAfter,
  touchesOf,
  unanswered,
  type LoanState,
  type Note,
} from '#libs/loans'
import type { NoteListingView, NoteOrderView, NoteQuoteView, NoteView, TitleView } from '#libs/messages'
import { rational, toScaled, xirr, type PlainDate } from '#libs/money'
import { judgeDelisting, judgeListing, judgeOrder, judgeOrderLapse, offeredOf, openOfNote } from './trading.js'

/** What a view needs beside the loan. */
export interface Onlooker {
  identity: string | null
  now: number
  aliases: ReadonlyMap<string, string>
  final: ReadonlySet<string>
}

/** The record that gives a note's last title: a sale of it, or the conclusion of the loan. */
export function titleRecord(loan: LoanState, { titles }: Note): string {
  return titles.at(-1)!.record ?? loan.outcome?.id ?? loan.id
}

/** Null when there is no such note in force on the day. */
export function noteView(loan: LoanState, name: string, asOf: PlainDate, by: Onlooker): NoteView | null {
  const open = openOfNote(loan, name, asOf)
  const note = findNote(loan, name)
  if (!open || !note) return null
  const { aliases, identity } = by
  const { owner } = titleAfter(note, asOf)
  const listing = openListingOf(loan, name)
  return {
    ...{ loan: loan.id, note: name, owner, ownerAlias: aliases.get(owner) ?? null, asOf, listing },
    borrower: loan.agreement!.borrower,
    currency: loan.agreement!.terms.currency,
    principal: Number(open.principal),
    accrued: Number(open.accrued),
    outstanding: open.rows.reduce((sum, [, ...cells]) => sum + cells[0] + cells[1] + cells[2], 0),
    rows: open.rows,
    titles: titlesOf(loan, note, by),
    may: identity !== null && mayList(loan, name, identity, by.now) ? ['notes.sell'] : [],
  }
}

function mayList(loan: LoanState, note: string, identity: string, now: number): boolean {
  return judgeListing(loan, identity, { note, cleanPrice: 1, touches: touchesOf(loan, note) }, now) === null
}

/** From the agreement on, through the notes that it was split from. */
function titlesOf(loan: LoanState, note: Note, { aliases, final }: Onlooker): TitleView[] {
  const names = note.name.split('.').map((_, k, all) => all.slice(0, k + 1).join('.'))
  const links = names.flatMap((name) => findNote(loan, name)!.titles)
  const seen = new Set<string>()
  return links.flatMap(({ owner, record, on }) => {
    const id = record ?? loan.outcome?.id ?? loan.id
    if (seen.has(`${id} ${owner}`)) return []
    seen.add(`${id} ${owner}`)
    const price = record === null ? null : loan.sales[record]!.price
    return [{ owner, ownerAlias: aliases.get(owner) ?? null, record: id, after: on, price, final: final.has(id) }]
  })
}

/** What a listing of a note, or of a part of its principal, would offer on a day. The note is there and may be listed. */
export function noteQuote(
  loan: LoanState,
  { note, part, cleanPrice }: { note: string; part?: number; cleanPrice: number },
  asOf: PlainDate,
): NoteQuoteView {
  const { principal, accrued, rows } = offeredOf(loan, { note, part: part ?? null }, asOf)!
  const price = cleanPrice + accrued
  return {
    ...{ currency: loan.agreement!.terms.currency, asOf, principal, cleanPrice, accrued, price, rows },
    ...{ yieldPpm: yieldOf(price, asOf, rows), exposure: exposureOf(loan, note, asOf) },
  }
}

export function listingView(loan: LoanState, id: string, by: Onlooker): NoteListingView {
  const listing = loan.listings[id]!
  const { note, by: seller, part, cleanPrice, touches, at } = listing
  const asOf = dayOf(by.now)
  const status = listingState(loan, id)
  const offered = status === 'sold' ? null : offeredOf(loan, listing, asOf)
  const { principal = part ?? 0, accrued = 0, rows = [] } = offered ?? {}
  const price = cleanPrice + accrued
  const found = findNote(loan, note)!
  return {
    ...{ id, loan: loan.id, note, seller, sellerAlias: by.aliases.get(seller) ?? null },
    borrower: loan.agreement!.borrower,
    currency: loan.agreement!.terms.currency,
    ...{ status, asOf, principal, part: part !== null, cleanPrice, accrued, price, rows, touches },
    yieldPpm: yieldOf(price, asOf, rows),
    exposure: status === 'open' && !cancellationOf(loan) ? exposureOf(loan, note, asOf) : 0,
    final: by.final.has(titleRecord(loan, found)),
    daysPastDue: standing(loan, asOf).daysPastDue,
    orders: Object.keys(loan.orders).flatMap((order) =>
      loan.orders[order]!.listing === id ? [orderView(loan, order, by)] : [],
    ),
    listedAtMs: at,
    may: mayTrade(loan, id, { price, accrued, settleOn: asOf, touches }, by),
  }
}

function mayTrade(
  loan: LoanState,
  listing: string,
  asked: { price: number; accrued: number; settleOn: PlainDate; touches: number },
  { identity, now }: Onlooker,
): string[] {
  if (identity === null) return []
  return [
    ...(judgeOrder(loan, identity, { listing, ...asked }, now) === null ? ['notes.order'] : []),
    ...(judgeDelisting(loan, identity, listing) === null ? ['notes.delist'] : []),
  ]
}

function orderView(loan: LoanState, id: string, { identity, aliases }: Onlooker): NoteOrderView {
  const { by: buyer, price, accrued, settleOn, listing } = loan.orders[id]!
  const status = orderState(loan, id)
  const paid = paidFor(loan, id)
  const waiting = unanswered(loan).find(([, { order }]) => order === id)?.[0] ?? null
  const { by: seller } = loan.listings[listing]!
  const may: [message: string, allowed: boolean][] = [
    ['notes.pay', status === 'open' && identity === buyer && waiting === null && paid < price],
    ['notes.transfer', status === 'open' && identity === seller && (waiting !== null || paid >= price)],
    ['notes.lapse', identity !== null && judgeOrderLapse(loan, identity, id) === null],
  ]
  return {
    ...{ id, buyer, buyerAlias: aliases.get(buyer) ?? null, price, accrued, settleOn, status, paid },
    payment: waiting,
    may: may.filter(([, allowed]) => allowed).map(([message]) => message),
  }
}

/** What the seller confirmed of an order's price. */
export function paidFor(loan: LoanState, order: string): number {
  return Object.values(loan.confirmed).reduce((sum, of) => (of.order === order ? sum + of.amount : sum), 0)
}

/**
 * The buyer's return if all is paid in time: the internal rate of the price and the rows (365 days a year). What is overdue
 * counts on the day.
 */
export function yieldOf(price: number, on: PlainDate, rows: NoteView['rows']): number | null {
  const paid = rows.map(([due, ...cells]) => ({
    date: due < on ? on : due,
    amount: rational(BigInt(cells[0] + cells[1] + cells[2])),
  }))
  const rate = xirr([{ date: on, amount: rational(BigInt(-price)) }, ...paid])
  const ppm = rate && Number(toScaled(rate, 6, 'halfEven'))
  return ppm !== undefined && Number.isSafeInteger(ppm) ? ppm : null
}

/** Everyone whose name a view of the loan's notes shows, and the records whose finality it shows. */
export function namedIn(loan: LoanState): { people: string[]; records: string[] } {
  const sales = Object.entries(loan.sales)
  const people = [
    ...leavesOf(notesOf(loan)).map(ownerOf),
    ...sales.flatMap(([, { seller, buyer }]) => [seller, buyer]),
    ...Object.values(loan.orders).map(({ by }) => by),
    ...loan.agreement!.lenders.map(([lender]) => lender),
  ]
  return { people: [...new Set(people)], records: [loan.outcome?.id ?? loan.id, ...sales.map(([id]) => id)] }
}
