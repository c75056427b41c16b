import type { Actor, Message, Page, PageRequest } from './envelope.js'
import type { PaymentView, Rail } from './payments.js'

/** Open: it can be ordered. Stale: the note changed since. */
export type NoteListingStatus = 'open' | 'stale' | 'delisted' | 'sold'
/** Open: it can be paid and sold to. Lapsed: the seller said so, or the note changed since. */
export type NoteOrderStatus = 'open' | 'lapsed' | 'sold'

/** A note that is for sale. Minor units of `currency`, by a day. */
export interface NoteListingView {
  /** Id of its `note.listed`. */
  id: string
  loan: string
  note: string
  seller: string
  sellerAlias: string | null
  borrower: string
  currency: string
  status: NoteListingStatus
  asOf: string
  /** Principal that the buyer gets. */
  principal: number
  /** Of a note that is sold in part. */
  part: boolean
  cleanPrice: number
  /** Interest that has run and is not due yet: it is paid on top. */
  accrued: number
  /** Both together. */
  price: number
  /** What the table still pays: [date, principal, interest, fees]. */
  rows: [date: string, principal: number, interest: number, fees: number][]
  /** The internal rate of the price and these rows, ppm a year, if all is paid in time; null where there is none. */
  yieldPpm: number | null
  /** What the borrower, not knowing of the sale, may still pay to the seller, who then owes it to the buyer. */
  exposure: number
  /** Whether the seller's title is final. */
  final: boolean
  /** What the network knows of the note: an order names it. */
  touches: number
  daysPastDue: number
  orders: NoteOrderView[]
  listedAtMs: number
  /** 'notes.order', 'notes.delist'. */
  may: string[]
}

export interface NoteOrderView {
  /** Id of its `note.ordered`. */
  id: string
  buyer: string
  buyerAlias: string | null
  price: number
  accrued: number
  settleOn: string
  status: NoteOrderStatus
  /** What the seller confirmed of the price, minor units. */
  paid: number
  /** The buyer's `payment.sent` that waits for an answer. */
  payment: string | null
  /** 'notes.pay', 'notes.transfer', 'notes.lapse'. */
  may: string[]
}

/** One link of a note's chain of title. */
export interface TitleView {
  owner: string
  ownerAlias: string | null
  /** The record that gave the title: the loan's conclusion, or a `note.sold`. */
  record: string
  /** The last day without the title; null: from the beginning. */
  after: string | null
  price: number | null
  final: boolean
}

/** A note on a day. Minor units of `currency`. */
export interface NoteView {
  loan: string
  note: string
  owner: string
  ownerAlias: string | null
  borrower: string
  currency: string
  asOf: string
  principal: number
  accrued: number
  outstanding: number
  rows: [date: string, principal: number, interest: number, fees: number][]
  titles: TitleView[]
  /** Ids of listings that are open. */
  listing: string | null
  may: string[]
}

/** What a listing would say if it were signed now, and what it would bring its buyer. Minor units of `currency`. */
export type NoteQuoteView = Pick<
  NoteListingView,
  'currency' | 'asOf' | 'principal' | 'cleanPrice' | 'accrued' | 'price' | 'rows' | 'yieldPpm' | 'exposure'
>

export interface NoteMessages {
  /** The notes in force of a loan, or those that the actor owns. Refuses: cursor_malformed, no_identity. */
  'notes.list': Message<{ actor: Actor; loan?: string; asOf?: string } & PageRequest, Page<NoteView>>
  /** Refuses: loan_not_found, note_unknown. */
  'notes.show': Message<{ actor: Actor; loan: string; note: string; asOf?: string }, NoteView>
  /** What is for sale, newest first; of one loan, only one's own, or only what one has ordered. Refuses: cursor_malformed. */
  'notes.market': Message<
    { actor: Actor; loan?: string; mine?: boolean; ordered?: boolean } & PageRequest,
    Page<NoteListingView>
  >
  /** Owner: what `notes.sell` would list, without signing anything. Refuses: as that; no_identity. */
  'notes.quote': Message<{ actor: Actor; loan: string; note: string; cleanPrice: number; part?: number }, NoteQuoteView>
  /** Owner: offers a note, or `part` of the principal owed on it. Refuses: note_unknown, not_the_owner, already_listed, part_out_of_range,
   *  loan_not_active, loan_closed, loan_cancelled, penalties_open, note_written_off, note_split_too_often. */
  'notes.sell': Message<
    { actor: Actor; loan: string; note: string; cleanPrice: number; part?: number; reason?: string },
    NoteListingView
  >
  /** Refuses: listing_unknown, listing_closed, not_the_owner. */
  'notes.delist': Message<{ actor: Actor; listing: string }, NoteListingView>
  /** Buyer: takes a listing at its price on the day of payment (today). Refuses: listing_unknown, listing_stale, listing_closed,
   *  already_ordered, own_listing, borrower_buys, title_not_final (unless `acceptNotFinal`), settlement_date_out_of_range. */
  'notes.order': Message<
    { actor: Actor; listing: string; settleOn?: string; acceptNotFinal?: boolean },
    NoteListingView
  >
  /** Buyer: says that the price was sent. As `payments.send`. */
  'notes.pay': Message<{ actor: Actor; order: string; rail: Rail }, PaymentView>
  /** Seller: the price came, and the title goes to the buyer; both in one append. Refuses: order_unknown, order_closed, order_lapsed,
   *  note_not_owned, payment_on_the_way, reversal_open, payment_dated_later, overpaid_first, price_not_paid {price, paid}. */
  'notes.transfer': Message<{ actor: Actor; order: string; received?: number }, NoteView>
  /** Seller. Refuses: order_unknown, order_closed, not_the_owner. */
  'notes.lapse': Message<{ actor: Actor; order: string; reason: string }, NoteListingView>
}
