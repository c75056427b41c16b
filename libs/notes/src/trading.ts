/**
 * The market for notes: an owner lists, a buyer orders and pays, and the seller's word moves the title. Each of these rests on what
 * was known of the note: whatever happens to it in between makes a listing stale and an order lapse.
 */
import type { Refusal } from '#libs/fold'
import {
  acceptanceOf,
  accountAt,
  accountsOf,
  cancellationOf,
  confirmedInOrder,
  dayOf,
  findNote,
  isServiced,
  isSold,
  judgeExact,
  judgeOwed,
  listingState,
  openListingOf,
  openOrdersOf,
  openNotes,
  orderState,
  overpaidOf,
  ownerOf,
  touchesOf,
  unanswered,
  type Listing,
  type LoanState,
  type Note,
  type OpenNote,
} from '#libs/loans'
import { addDays, isDate, splitOnce, type PlainDate } from '#libs/money'

/** So many days ahead an order may be settled. */
const SETTLES_WITHIN_DAYS = 30
/** Of a part sale: how often a note may be split, one in the other. */
const MOST_SPLITS = 60

/** What is for sale. Minor units; `part` of the principal, absent for the whole note. */
export interface ListingAsked {
  note: string
  part?: number
  cleanPrice: number
  touches: number
}

/** Whether `author` may list a note: its owner, once at a time. */
export function judgeListing(loan: LoanState, author: string, asked: ListingAsked, at: number): Refusal | null {
  const note = findNote(loan, asked.note)
  const stop = judgeOwner(loan, author, note) ?? judgeSaleable(loan, note!, asked.part, dayOf(at))
  if (stop) return stop
  if (openListingOf(loan, asked.note)) return { refused: 'already_listed' }
  return asked.touches === touchesOf(loan, asked.note) ? judgeExact(asked.cleanPrice) : { refused: 'note_changed' }
}

/** Whether `author` may take a listing back. */
export function judgeDelisting(loan: LoanState, author: string, listing: string): Refusal | null {
  const of = loan.listings[listing]
  if (!of) return { refused: 'listing_unknown' }
  if (of.by !== author) return { refused: 'not_the_owner', owner: of.by }
  return loan.delistings[listing] ? { refused: 'listing_closed' } : null
}

/** What a buyer says to pay. */
export interface OrderAsked {
  listing: string
  price: number
  accrued: number
  settleOn: PlainDate
  touches: number
}

/** Whether `author` may order what is listed: anyone but seller and borrower, as it was listed and nothing has happened since. */
export function judgeOrder(loan: LoanState, author: string, asked: OrderAsked, at: number): Refusal | null {
  const listing = loan.listings[asked.listing]
  if (!listing) return { refused: 'listing_unknown' }
  if (author === listing.by) return { refused: 'own_listing' }
  if (author === loan.agreement!.borrower) return { refused: 'borrower_buys' }
  const state = listingState(loan, asked.listing)
  if (state !== 'open') return { refused: state === 'stale' ? 'listing_stale' : 'listing_closed' }
  if (openOrdersOf(loan, asked.listing).length > 0) return { refused: 'already_ordered' }
  const latest = addDays(dayOf(at), SETTLES_WITHIN_DAYS)
  const earliest = addDays(dayOf(at), -1)
  if (!isDate(asked.settleOn) || asked.settleOn < earliest || asked.settleOn > latest)
    return { refused: 'settlement_date_out_of_range', earliest, latest }
  if (asked.touches !== listing.touches) return { refused: 'listing_stale' }
  const { accrued } = offeredOf(loan, listing, asked.settleOn)!
  if (asked.accrued !== accrued) return { refused: 'accrued_differs', accrued }
  return asked.price === listing.cleanPrice + accrued ? null : { refused: 'price_differs' }
}

/** Whether the seller `author` may let an order lapse: one that it has not sold to. */
export function judgeOrderLapse(loan: LoanState, author: string, order: string): Refusal | null {
  const of = loan.orders[order]
  if (!of) return { refused: 'order_unknown' }
  const { by } = loan.listings[of.listing]!
  if (by !== author) return { refused: 'not_the_owner', owner: by }
  return loan.orderLapses[order] || isSold(loan, order) ? { refused: 'order_closed' } : null
}

/** What a sale says of the note. */
export interface SaleAsked {
  note: string
  order: string
  previous?: string
  owed: number
  part?: number
}

/** Whether `author` may sell: the owner, to an order of which nothing has changed, once the buyer's money came. */
export function judgeSale(loan: LoanState, author: string, asked: SaleAsked, at: number): Refusal | null {
  const order = loan.orders[asked.order]
  if (!order) return { refused: 'order_unknown' }
  const listing = loan.listings[order.listing]!
  const note = findNote(loan, asked.note)
  if (!note || note.split || ownerOf(note) !== author) return { refused: 'note_not_owned' }
  if (listing.note !== asked.note || listing.by !== author) return { refused: 'order_unknown' }
  const state = orderState(loan, asked.order)
  if (state !== 'open') return { refused: state === 'sold' ? 'order_closed' : 'order_lapsed' }
  const day = dayOf(at)
  if (day > order.settleOn) return { refused: 'order_lapsed', settleOn: order.settleOn }
  if ((asked.previous ?? null) !== note.titles.at(-1)!.record) return { refused: 'title_differs' }
  const stop = judgeSaleable(loan, note, listing.part ?? undefined, day) ?? judgeSettled(loan, note, day)
  if (stop) return stop
  if ((asked.part ?? null) !== listing.part) return { refused: 'price_differs' }
  const owed = Number(openOfNote(loan, note.name, day)?.principal ?? 0n)
  if (asked.owed !== owed) return { refused: 'owed_differs', owed }
  const paid = Object.values(loan.confirmed).reduce(
    (sum, of) => (of.order === asked.order && of.payee === author ? sum + of.amount : sum),
    0,
  )
  return paid < order.price ? { refused: 'price_not_paid', price: order.price, paid } : null
}

/** Whether a note can change hands on a day: money is owed on it, and in parts only what can be split. */
function judgeSaleable(loan: LoanState, note: Note, part: number | undefined, day: PlainDate): Refusal | null {
  if (loan.outcome?.stage !== 'concluded') return { refused: 'loan_not_agreed' }
  if (cancellationOf(loan)) return { refused: 'loan_cancelled' }
  const stop = judgeOwed(loan, day, isServiced(loan) ? undefined : note.name)
  if (stop) return stop
  const owed = Number(openOfNote(loan, note.name, day)?.principal ?? 0n)
  if (owed === 0) return { refused: 'loan_closed' }
  if (part === undefined) return null
  if (part >= owed) return { refused: 'part_out_of_range', most: owed - 1 }
  if (note.name.split('.').length > MOST_SPLITS) return { refused: 'note_split_too_often' }
  if (isServiced(loan)) return null
  if (Object.values(loan.writeOffs).some((of) => (of.note ?? '0') === note.name)) return { refused: 'note_written_off' }
  const [account] = accountsOf(loan, note.name)
  const { rows } = accountAt(account!, day).loan.state
  return rows.some(({ open }) => open.penalty > 0n) ? { refused: 'penalties_open' } : null
}

/** Whether nothing about the seller's time is undecided: no money on its way, none to be given or taken back, none dated later. */
function judgeSettled(loan: LoanState, note: Note, day: PlainDate): Refusal | null {
  if (isServiced(loan)) return null
  const isOf = ({ note: name = '0' }: { note?: string }) => name === note.name
  const isRepayment = ({ purpose }: { purpose: string }) => purpose === 'repayment'
  if (unanswered(loan).some(([, sent]) => isRepayment(sent) && isOf(sent))) return { refused: 'payment_on_the_way' }
  const open = Object.entries(loan.reversals).some(
    ([id, { confirmation }]) => isOf(loan.confirmed[confirmation]!) && acceptanceOf(loan, id) === null,
  )
  if (open) return { refused: 'reversal_open' }
  if (confirmedInOrder(loan, 'repayment').some((of) => isOf(of) && of.valueDate > day))
    return { refused: 'payment_dated_later' }
  const [account] = accountsOf(loan, note.name)
  return overpaidOf(account!) > 0 ? { refused: 'overpaid_first' } : null
}

function judgeOwner(loan: LoanState, author: string, note: Note | null): Refusal | null {
  if (!loan.agreement) return { refused: 'loan_not_found' }
  if (!note || note.split) return { refused: 'note_unknown' }
  return ownerOf(note) === author ? null : { refused: 'not_the_owner', owner: ownerOf(note) }
}

/** What a listing would give its buyer on a day: principal, accrued interest and the rows to come. Null when it is gone. */
export function offeredOf(
  loan: LoanState,
  { note, part }: Pick<Listing, 'note' | 'part'>,
  day: PlainDate,
): { principal: number; accrued: number; rows: OpenNote['rows'] } | null {
  const open = openOfNote(loan, note, day)
  if (!open) return null
  if (open.principal < BigInt(part ?? 0)) return null
  if (part === null) return { principal: Number(open.principal), accrued: Number(open.accrued), rows: open.rows }
  const parts = [open.principal - BigInt(part), BigInt(part)]
  const sold = (amount: number) => Number(splitOnce(BigInt(amount), parts)[1])
  return {
    principal: part,
    accrued: sold(Number(open.accrued)),
    rows: open.rows.map(([due, principal, interest, fees]) => [due, sold(principal), sold(interest), sold(fees)]),
  }
}

/** What is open of a note in force on a day. */
export function openOfNote(loan: LoanState, name: string, day: PlainDate): OpenNote | null {
  return openNotes(loan, day).find(({ note }) => note.name === name) ?? null
}
