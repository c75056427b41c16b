/** Whether what was said on the market for notes still holds: nothing may have happened to the note since. */
import type { LoanState } from '../loan.js'
import { touchesOf } from './touch.js'

/** Open: it can be ordered. Stale: the note changed since. */
export type ListingState = 'open' | 'stale' | 'delisted' | 'sold'

export function listingState(loan: LoanState, id: string): ListingState {
  const { note, touches } = loan.listings[id]!
  if (Object.values(loan.sales).some(({ order }) => loan.orders[order]?.listing === id)) return 'sold'
  if (loan.delistings[id]) return 'delisted'
  return touches === touchesOf(loan, note) ? 'open' : 'stale'
}

/** Open: it can be paid and sold to. Lapsed: the seller said so, or the note changed since. */
export type OrderState = 'open' | 'lapsed' | 'sold'

export function orderState(loan: LoanState, id: string): OrderState {
  if (isSold(loan, id)) return 'sold'
  const { listing, touches } = loan.orders[id]!
  if (loan.orderLapses[id]) return 'lapsed'
  return touches === touchesOf(loan, loan.listings[listing]!.note) ? 'open' : 'lapsed'
}

/** The listing of a note that is open; null when there is none. */
export function openListingOf(loan: LoanState, note: string): string | null {
  const found = Object.entries(loan.listings).find(([id, of]) => of.note === note && listingState(loan, id) === 'open')
  return found?.[0] ?? null
}

export function openOrdersOf(loan: LoanState, listing: string): string[] {
  return Object.entries(loan.orders).flatMap(([id, of]) =>
    of.listing === listing && orderState(loan, id) === 'open' ? [id] : [],
  )
}

export const isSold = (loan: LoanState, order: string): boolean =>
  Object.values(loan.sales).some((sale) => sale.order === order)
