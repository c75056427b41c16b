/** The return of dated flows, as spreadsheets' XIRR has it. */
import { compareDates, type PlainDate } from '../calendar.js'
import { yearFraction, type DayCount } from '../daycount.js'
import type { Rational } from '../rational.js'
import { internalRates } from './irr.js'

/** Money out is negative, money in positive; any unit, the same for all. */
export interface DatedFlow {
  date: PlainDate
  amount: Rational
}

/**
 * Every yearly rate above −1, as a fraction of one, at which the flows (in any order) are worth nothing together, the
 * one closest to 0 first; time runs from the earliest flow by `dayCount`. None if all flows have one sign.
 */
export function xirrRoots(flows: readonly DatedFlow[], dayCount: DayCount = 'ACT/365F'): Rational[] {
  const first = flows.map(({ date }) => date).sort(compareDates)[0]
  if (first === undefined) return []
  return internalRates(flows.map(({ date, amount }) => ({ amount, years: yearFraction(dayCount, first, date) })))
}

/** The rate of `xirrRoots` closest to 0; undefined if there is none. */
export function xirr(flows: readonly DatedFlow[], dayCount: DayCount = 'ACT/365F'): Rational | undefined {
  return xirrRoots(flows, dayCount)[0]
}
