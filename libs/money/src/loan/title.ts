/** Who holds the title to a loan: sales and buybacks, which pass it at the end of their settlement date. */
import { addDays, isDate, type PlainDate } from '../calendar.js'
import type { EventRefusal, LoanEvent } from './events.js'
import type { LoanState, TitleChange } from './state.js'

/** One link of the chain of title. `to` null: open. */
export interface TitleLink {
  event: string
  type: 'sale' | 'buyback'
  settlementDate: PlainDate
  pricePpm: number
  state: 'pending' | 'active' | 'buyback' | 'declined'
  from: PlainDate
  to: PlainDate | null
}

const PPM = 1_000_000

export function checkSale(state: LoanState, event: Extract<LoanEvent, { type: 'sale' }>): EventRefusal | null {
  if (!isDate(event.settlementDate) || event.settlementDate < event.date) return 'settlement_date_out_of_range'
  if (!Number.isSafeInteger(event.pricePpm) || event.pricePpm < 0) return 'amount_out_of_range'
  const last = state.titleChanges.at(-1)
  if (last && !(last.type === 'buyback' && last.settlementDate < event.date)) return 'title_not_with_owner'
  const { id, date, settlementDate, pricePpm } = event
  state.titleChanges.push({ event: id, type: 'sale', date, settlementDate, pricePpm })
  return null
}

export function checkBuyback(state: LoanState, event: Extract<LoanEvent, { type: 'buyback' }>): EventRefusal | null {
  if (!isDate(event.settlementDate) || event.settlementDate < event.date) return 'settlement_date_out_of_range'
  const last = state.titleChanges.at(-1)
  if (last?.type !== 'sale' || last.settlementDate >= event.date) return 'title_not_sold'
  const { id, date, settlementDate } = event
  state.titleChanges.push({ event: id, type: 'buyback', date, settlementDate, pricePpm: PPM })
  return null
}

/**
 * The chain of title as of a day. `declined`: changes that found nothing outstanding at the end of their settlement
 * date.
 */
export function titleChain(
  changes: readonly TitleChange[],
  asOf: PlainDate,
  declined: ReadonlySet<string>,
): TitleLink[] {
  const links: TitleLink[] = []
  for (const { event, type, date, settlementDate, pricePpm } of changes) {
    if (date > asOf) continue
    const passed = settlementDate < asOf
    const link = { event, type, settlementDate, pricePpm }
    const open = type === 'sale' ? 'pending' : 'buyback'
    links.push({ ...link, state: open, from: date, to: passed ? settlementDate : null })
    if (!passed) continue
    if (declined.has(event)) links.push({ ...link, state: 'declined', from: settlementDate, to: settlementDate })
    else if (type === 'sale') links.push({ ...link, state: 'active', from: addDays(settlementDate, 1), to: null })
    else closeActive(links, settlementDate)
  }
  return links
}

function closeActive(links: TitleLink[], on: PlainDate): void {
  const active = links.findLast(({ state, to }) => state === 'active' && to === null)
  if (active) active.to = on
}
