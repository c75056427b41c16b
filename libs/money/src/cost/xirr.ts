/** The return of dated flows, as spreadsheets' XIRR has it. */
import { compareDates, type PlainDate } from '../calendar.js'
import { yearFraction, type DayCount } from '../daycount.js'
import type { Rational } from '../rational.js'
import { internalRate } from './irr.js'

/** Money out is negative, money in positive; any unit, the same for all. */
export interface DatedFlow {
  date: PlainDate
  amount: Rational
}

/**
 * The yearly rate, as a fraction of one, at which the flows (in any order) are worth nothing together; time runs from the earliest by
 * `dayCount`. Undefined if there is none, as when all flows have one sign.
 */
export function xirr(flows: readonly DatedFlow[], dayCount: DayCount = 'ACT/365F'): Rational | undefined {
  const first = flows.map(({ date }) => date).sort(compareDates)[0]
  if (first === undefined) return undefined
  return internalRate(flows.map(({ date, amount }) => ({ amount, years: yearFraction(dayCount, first, date) })))
}
