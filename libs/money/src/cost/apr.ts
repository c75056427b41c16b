/** The annual percentage rate of 12 CFR 1026, appendix J (actuarial method). */
import { addDays, addMonths, dateOf, dateParts, daysBetween, wholeMonthsBefore, type PlainDate } from '../calendar.js'
import { divFixed, fromFixed, mulFixed, powFixed, toFixed, UNIT } from '../fixed.js'
import { multiply, rational, type Rational } from '../rational.js'
import { refineRoot, roughRoots } from './root.js'

/** The interval that time is counted in (appendix J (b)(4)). */
export interface UnitPeriod {
  count: number
  unit: 'day' | 'week' | 'semimonth' | 'month'
}

/** An amount after so many whole unit-periods and a fraction of one, counted from the first advance. */
export interface UnitFlow {
  amount: Rational
  unitPeriods: number
  fraction: Rational
}

/** Unit-period rates from 0 in growing steps up to 100 times the balance for each period, and a few below 0. */
const GRID = [-0.9, -0.5, -0.2, -0.05, 0, ...Array.from({ length: 140 }, (_, k) => 1e-4 * 1.104 ** k)]

/**
 * The annual rate, as a fraction of one: unitPeriodsPerYear × i, where i solves Σ A ÷ ((1 + f i)(1 + i)^t) = Σ P ÷ ((1
 * + f i)(1 + i)^t) (appendix J (b)(8)). Undefined if there is none.
 */
export function apr(
  advances: readonly UnitFlow[],
  payments: readonly UnitFlow[],
  unitPeriodsPerYear: Rational,
): Rational | undefined {
  const flows = [
    ...advances.map((flow) => ({ ...flow, sign: 1n })),
    ...payments.map((flow) => ({ ...flow, sign: -1n })),
  ].map(({ amount, unitPeriods, fraction, sign }) => ({
    a: toFixed(amount) * sign,
    t: unitPeriods,
    f: toFixed(fraction),
    rough: { a: Number((amount.num * sign * 1_000_000n) / amount.den), f: Number(fraction.num) / Number(fraction.den) },
  }))
  const roughValue = (i: number) =>
    flows.reduce((all, { t, rough }) => all + rough.a / ((1 + rough.f * i) * (1 + i) ** t), 0)
  const exactValue = (i: bigint) =>
    flows.reduce((all, { a, t, f }) => all + divFixed(a, mulFixed(UNIT + mulFixed(f, i), powFixed(UNIT + i, t))), 0n)
  const candidates = roughRoots(roughValue, GRID).sort((a, b) => Math.abs(a) - Math.abs(b))
  for (const candidate of candidates) {
    const root = refineRoot(exactValue, candidate)
    if (root !== undefined) return multiply(unitPeriodsPerYear, fromFixed(root))
  }
  return undefined
}

/** Whole unit-periods counted back from the payment, and the days before them as a part of one (appendix J (b)(5)). */
export function unitPeriodsBetween(advance: PlainDate, payment: PlainDate, unit: UnitPeriod) {
  const { wholePeriods, end } = wholeUnitsBefore(advance, payment, unit)
  const days = daysBetween(advance, end)
  return { unitPeriods: wholePeriods, fraction: rational(days, daysInUnit(unit)) }
}

/** Months ÷ 12, weeks ÷ 52, semimonths ÷ 24, days ÷ 365. */
export function unitPeriodsPerYear({ count, unit }: UnitPeriod): Rational {
  return rational({ day: 365, week: 52, semimonth: 24, month: 12 }[unit], count)
}

/** Days that a fraction is counted over: 30 to a month, 15 to a semimonth, 7 to a week. */
function daysInUnit({ count, unit }: UnitPeriod): number {
  return count * { day: 1, week: 7, semimonth: 15, month: 30 }[unit]
}

function wholeUnitsBefore(from: PlainDate, to: PlainDate, { count, unit }: UnitPeriod) {
  if (unit === 'month') return wholeMonthsBefore(from, to, count)
  if (unit === 'semimonth') {
    let wholePeriods = 0
    while (backSemimonths(to, count * (wholePeriods + 1)) >= from) wholePeriods++
    return { wholePeriods, end: backSemimonths(to, count * wholePeriods) }
  }
  const days = count * (unit === 'week' ? 7 : 1)
  const wholePeriods = Math.floor(daysBetween(from, to) / days)
  return { wholePeriods, end: addDays(to, -wholePeriods * days) }
}

/** Half a month back: the same day of the month less 15 from the 16th on, else 15 days more in the month before. */
function backSemimonths(date: PlainDate, times: number): PlainDate {
  const months = addMonths(date, -Math.floor(times / 2))
  if (times % 2 === 0) return months
  const { year, month, day } = dateParts(months)
  if (day > 15) return dateOf(year, month, day - 15)
  const before = dateParts(addMonths(dateOf(year, month, 1), -1))
  const last = dateParts(addDays(dateOf(year, month, 1), -1)).day
  return dateOf(before.year, before.month, Math.min(day + 15, last))
}
