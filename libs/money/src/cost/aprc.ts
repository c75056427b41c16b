/** The annual percentage rate of charge of directive 2008/48/EC, annex I. */
import {
  addDays,
  addMonths,
  dateOf,
  dateParts,
  daysBetween,
  isLeapYear,
  wholeMonthsBefore,
  type PlainDate,
} from '../calendar.js'
import { add, negate, rational, type Rational } from '../rational.js'
import type { Every } from '../terms.js'
import { internalRates } from './irr.js'

/** An amount so many years after the first drawdown. */
export interface TimedAmount {
  amount: Rational
  years: Rational
}

/**
 * The rate X, as a fraction of one, with Σ C (1 + X)^−t = Σ D (1 + X)^−s (annex I, part I); undefined if there is none
 * above −1.
 */
export function aprc(drawdowns: readonly TimedAmount[], payments: readonly TimedAmount[]): Rational | undefined {
  return internalRates([...drawdowns, ...payments.map(({ amount, years }) => ({ amount: negate(amount), years }))])[0]
}

/** A time as annex I measures it: whole periods, counted back from the payment, and the odd days before them. */
export interface AprcTime {
  wholePeriods: number
  oddDays: number
  /**
   * What the odd days are divided by: 366 if the year that ends with the last of them holds a 29 February, else 365;
   * null without odd days.
   */
  yearDays: 365 | 366 | null
  years: Rational
}

/**
 * Years from drawdown to payment in whole months, weeks or years and odd days (annex I, part I (c), and the
 * Commission's guidance on it).
 */
export function aprcTime(drawdown: PlainDate, payment: PlainDate, unit: 'month' | 'week' | 'year'): AprcTime {
  const perYear = unit === 'month' ? 12 : unit === 'week' ? 52 : 1
  const { wholePeriods, end } = wholePeriodsBefore(drawdown, payment, unit)
  const oddDays = daysBetween(drawdown, end)
  const whole = rational(wholePeriods, perYear)
  if (oddDays === 0) return { wholePeriods, oddDays, yearDays: null, years: whole }
  const yearDays = holdsLeapDay(addMonths(end, -12), end) ? 366 : 365
  return { wholePeriods, oddDays, yearDays, years: add(whole, rational(oddDays, yearDays)) }
}

/**
 * The unit in which a loan's times are measured, by the step between its instalments. Steps of days count as years and
 * odd days.
 */
export function aprcUnit(every: Every): 'month' | 'week' | 'year' {
  if (every.unit === 'month') return every.count % 12 === 0 ? 'year' : 'month'
  return every.unit === 'week' ? 'week' : 'year'
}

function wholePeriodsBefore(drawdown: PlainDate, payment: PlainDate, unit: 'month' | 'week' | 'year') {
  if (unit === 'week') {
    const days = daysBetween(drawdown, payment)
    return { wholePeriods: Math.floor(days / 7), end: addDays(drawdown, days % 7) }
  }
  return wholeMonthsBefore(drawdown, payment, unit === 'month' ? 1 : 12)
}

/** A 29 February after `from`, up to and including `to`. */
function holdsLeapDay(from: PlainDate, to: PlainDate): boolean {
  for (const { year } of [dateParts(from), dateParts(to)]) {
    if (!isLeapYear(year)) continue
    const day = dateOf(year, 2, 29)
    if (from < day && day <= to) return true
  }
  return false
}
