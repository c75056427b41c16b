/**
 * Tables whose instalment follows from one rate for each period, and is sized anew when more is paid out. Figures of
 * one period may be cut into spans by disbursements.
 */
import { daysBetween, dateParts, daysInMonth, type PlainDate } from './calendar.js'
import { add, multiply, rational, ZERO, type Rational } from './rational.js'
import { divideToMultiple } from './rounding.js'
import { sizeInstalment } from './schedule/sizing.js'
import type { Every, RoundingRule } from './terms.js'

export interface ProgressiveTerms {
  /** As a fraction of one. */
  annualRate: Rational
  currencyDigits: number
  daysInYear: number
  /** What a month counts for: 30 days, or the days of the month that a span begins in. */
  daysInMonth: 30 | 'actual'
  every: Every
  instalmentRule: RoundingRule
  interestRule: RoundingRule
  /** Even out what rounding leaves to the last instalment. */
  evenOut: boolean
  periods: readonly { from: PlainDate; due: PlainDate }[]
}

export interface ProgressiveRow {
  instalment: bigint
  interest: bigint
  principal: bigint
  balance: bigint
  spans: { from: PlainDate; to: PlainDate; factor: Rational }[]
}

/** A disbursement in minor units. */
export interface Disbursed {
  date: PlainDate
  amount: bigint
}

/**
 * The table after the given disbursements (in the order they were made): each sizes the instalment anew from the period
 * it falls into, one on a due date from the next. Interest is rounded for each span of unchanged balance; the last
 * instalment closes. Throws RangeError for a disbursement outside the periods.
 */
export function progressiveRows(terms: ProgressiveTerms, disbursed: readonly Disbursed[]): ProgressiveRow[] {
  const { periods } = terms
  let instalments = periods.map(() => 0n)
  for (let made = 1; made <= disbursed.length; made++) {
    const known = disbursed.slice(0, made)
    const { date } = known.at(-1)!
    const first = periods.findIndex(({ from, due }) => from <= date && date < due)
    if (first < 0) throw new RangeError(`no period holds the disbursement of ${date}`)
    instalments = sizedFrom(terms, known, instalments, first)
  }
  return rowsWith(terms, disbursed, instalments)
}

/**
 * Interest on a balance of 1 over a span of a period: the period's by its counted days, times the span's share of its
 * days.
 */
export function progressiveFactor(
  terms: ProgressiveTerms,
  period: { from: PlainDate; due: PlainDate },
  from: PlainDate,
  to: PlainDate,
): Rational {
  const { count, unit } = terms.every
  const { year, month } = dateParts(from)
  const unitDays = unit === 'week' ? 7 : unit === 'day' ? 1 : terms.daysInMonth === 30 ? 30 : daysInMonth(year, month)
  const share = rational(
    count * unitDays * daysBetween(from, to),
    terms.daysInYear * daysBetween(period.from, period.due),
  )
  return multiply(terms.annualRate, share)
}

/** The instalments with those from `first` on sized anew, and evened out if the terms say so and it helps. */
function sizedFrom(
  terms: ProgressiveTerms,
  disbursed: readonly Disbursed[],
  old: readonly bigint[],
  first: number,
): bigint[] {
  const affected = terms.periods.slice(first)
  const before = rowsWith(terms, disbursed, old)
  const within = disbursed.filter(({ date }) => date > affected[0]!.from && date < affected[0]!.due)
  const opening = (first === 0 ? paidOutBy(disbursed, affected[0]!.from) : before[first - 1]!.balance) + sumOf(within)
  const factors = before.slice(first).map(({ spans }) => spans.reduce((all, { factor }) => add(all, factor), ZERO))
  const put = (size: bigint) => old.map((instalment, k) => (k < first ? instalment : size))
  const size = sizeInstalment(opening, factors, terms.instalmentRule)
  if (!terms.evenOut) return put(size)
  const { mode, toMultipleOf } = terms.instalmentRule
  const gap = (candidate: bigint) => rowsWith(terms, disbursed, put(candidate)).at(-1)!.instalment - candidate
  const difference = gap(size)
  const count = BigInt(affected.length)
  if (100n * abs(difference) <= (count / 2n) * 10n ** BigInt(terms.currencyDigits)) return put(size)
  const evened = divideToMultiple(size * count + difference, count, BigInt(toMultipleOf), mode)
  return put(abs(gap(evened)) < abs(difference) ? evened : size)
}

function rowsWith(
  terms: ProgressiveTerms,
  disbursed: readonly Disbursed[],
  instalments: readonly bigint[],
): ProgressiveRow[] {
  let balance = 0n
  let includedUpTo = ''
  return terms.periods.map((period, k) => {
    const last = k === terms.periods.length - 1
    balance += sumOf(disbursed.filter(({ date }) => date > includedUpTo && date <= period.from))
    const cuts = [...new Set(disbursed.map(({ date }) => date))]
      .filter((date) => date > period.from && date < period.due)
      .sort()
    const edges = [period.from, ...cuts, period.due]
    let interest = 0n
    const spans = edges.slice(1).map((to, i) => {
      const from = edges[i]!
      if (i > 0) balance += sumOf(disbursed.filter(({ date }) => date === from))
      const factor = progressiveFactor(terms, period, from, to)
      const { mode, toMultipleOf } = terms.interestRule
      interest += divideToMultiple(balance * factor.num, factor.den, BigInt(toMultipleOf), mode)
      return { from, to, factor }
    })
    const principal = last ? balance : instalments[k]! - interest
    balance += sumOf(disbursed.filter(({ date }) => !last && date === period.due)) - principal
    includedUpTo = period.due
    return { instalment: principal + interest, interest, principal, balance, spans }
  })
}

function paidOutBy(disbursed: readonly Disbursed[], date: PlainDate): bigint {
  return sumOf(disbursed.filter((each) => each.date <= date))
}

function sumOf(disbursed: readonly Disbursed[]): bigint {
  return disbursed.reduce((all, { amount }) => all + amount, 0n)
}

function abs(x: bigint): bigint {
  return x < 0n ? -x : x
}
