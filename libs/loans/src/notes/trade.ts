/** What is said of notes when they change hands: by record, so that concurrent records commute. */
import type { PlainDate } from '#libs/money'

/** Amounts in minor units, instants ms since the Unix epoch; keys are record ids unless said. */
export interface TradeState {
  /** `note.listed`. */
  listings: { [id: string]: Listing }
  /** `note.delisted`, by the listing. */
  delistings: { [listing: string]: { id: string; at: number } }
  /** `note.ordered`. */
  orders: { [id: string]: Order }
  /** `note.orderLapsed`, by the order. */
  orderLapses: { [order: string]: { id: string; reason: string; at: number } }
  /** `note.sold`. */
  sales: { [id: string]: Sale }
}

/** An owner's word that a note, or a part of what is owed on it, is for sale. */
export interface Listing {
  note: string
  by: string
  /** Principal that is for sale; null: the whole note. */
  part: number | null
  /** For the principal alone; what has accrued comes on top. */
  cleanPrice: number
  /** What was known of the note: see `touchesOf`. */
  touches: number
  reason: string
  at: number
}

/** A buyer's word to take a listing as it stands. */
export interface Order {
  listing: string
  by: string
  /** What is to be paid: the clean price and the interest accrued by `settleOn`. */
  price: number
  accrued: number
  settleOn: PlainDate
  touches: number
  at: number
}

/** The record that moved a title. */
export interface Sale {
  note: string
  order: string
  seller: string
  buyer: string
  /** The sale by which the seller had it; null from the conclusion on. */
  previous: string | null
  /** Principal owed on the note at the end of the day. */
  owed: number
  /** Of it, what went to the buyer; null: the whole note. */
  part: number | null
  /** What the buyer paid, and how much of it was for accrued interest. */
  price: number
  accrued: number
  on: PlainDate
  at: number
}

export const nothingTraded = (): TradeState => ({
  ...{ listings: {}, delistings: {}, orders: {}, orderLapses: {}, sales: {} },
})
