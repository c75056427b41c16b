/** What time it is at the node: its clock decides what is due and late, whatever the browser's says. */
import { createContext, use } from 'react'
import { dayOf } from '../figures/dates'

/** By how much the node's clock is ahead of the browser's, ms; null outside of the screens. */
export const ClockContext = createContext<number | null>(null)

/** The node's clock, ms since the Unix epoch. Throws outside of the screens. */
export function useNow(): number {
  const aheadMs = use(ClockContext)
  if (aheadMs === null) throw new Error('no clock outside of the screens')
  return Date.now() + aheadMs
}

/** Today at the node, as `YYYY-MM-DD`. */
export function useToday(): string {
  return dayOf(useNow())
}
