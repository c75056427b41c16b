/**
 * Day counts: which part of a year lies between two dates, exactly. Sources: ISDA 2006 Definitions 4.16 (b, d, e, f, g,
 * h), ICMA Rule 251.1 (iii), AFB master agreement (FBF "base exact/exact"), 30/360 US as in the SIFMA Standard
 * Securities Calculation Methods with its end-of-February rule.
 */
import {
  addMonths,
  dateOf,
  dateParts,
  daysBetween,
  daysInMonth,
  isLeapYear,
  type DateParts,
  type PlainDate,
} from './calendar.js'
import { add, negate, rational, ZERO, type Rational } from './rational.js'

/** `30/360 BOND` is ISDA 4.16 (f), `30E/360` (g), `30E/360 ISDA` (h), `ACT/ACT ISDA` (b). */
export type DayCount =
  | 'ACT/365F'
  | 'ACT/360'
  | 'ACT/365.25'
  | 'ACT/ACT ISDA'
  | 'ACT/ACT ICMA'
  | 'ACT/ACT AFB'
  | '30/360 US'
  | '30/360 BOND'
  | '30E/360'
  | '30E/360 ISDA'

export const DAY_COUNTS: readonly DayCount[] = [
  'ACT/365F',
  'ACT/360',
  'ACT/365.25',
  'ACT/ACT ISDA',
  'ACT/ACT ICMA',
  'ACT/ACT AFB',
  '30/360 US',
  '30/360 BOND',
  '30E/360',
  '30E/360 ISDA',
]

/** What some conventions need beside the two dates. */
export interface DayCountContext {
  /** `30E/360 ISDA`: the end of February is not moved to the 30th if it is this day. */
  maturityDate?: PlainDate
  /** `ACT/ACT ICMA`: the regular period that the dates lie in or beside; default: a year from the start. */
  refPeriodStart?: PlainDate
  refPeriodEnd?: PlainDate
}

/** The fraction of a year from `start` to `end`; negative when `end` is earlier. Not always in lowest terms. */
export function yearFraction(
  dayCount: DayCount,
  start: PlainDate,
  end: PlainDate,
  context: DayCountContext = {},
): Rational {
  if (end < start) return negate(yearFraction(dayCount, end, start, context))
  switch (dayCount) {
    case 'ACT/365F':
      return { num: BigInt(daysBetween(start, end)), den: 365n }
    case 'ACT/360':
      return { num: BigInt(daysBetween(start, end)), den: 360n }
    case 'ACT/365.25':
      return { num: BigInt(daysBetween(start, end) * 4), den: 1461n }
    case 'ACT/ACT ISDA':
      return actualIsda(start, end)
    case 'ACT/ACT ICMA':
      return actualIcma(start, end, context)
    case 'ACT/ACT AFB':
      return actualAfb(start, end)
    default:
      return { num: BigInt(days30360(dayCount, start, end, context.maturityDate)), den: 360n }
  }
}

/** The day number that the convention counts between two dates: actual days, or months of 30 days. */
export function countedDays(
  dayCount: DayCount,
  start: PlainDate,
  end: PlainDate,
  context: DayCountContext = {},
): number {
  return dayCount.startsWith('ACT')
    ? daysBetween(start, end)
    : days30360(dayCount as Thirty, start, end, context.maturityDate)
}

type Thirty = '30/360 US' | '30/360 BOND' | '30E/360' | '30E/360 ISDA'

function days30360(dayCount: Thirty, start: PlainDate, end: PlainDate, maturity: PlainDate | undefined): number {
  const from = dateParts(start)
  const to = dateParts(end)
  let first = from.day
  let last = to.day
  switch (dayCount) {
    case '30/360 US':
      if (isEndOfFebruary(from)) {
        if (isEndOfFebruary(to)) last = 30
        first = 30
      }
      if (last === 31 && first >= 30) last = 30
      if (first === 31) first = 30
      break
    case '30/360 BOND':
      if (first === 31) first = 30
      if (last === 31 && first === 30) last = 30
      break
    case '30E/360':
      first = Math.min(first, 30)
      last = Math.min(last, 30)
      break
    case '30E/360 ISDA':
      if (first === 31 || isEndOfFebruary(from)) first = 30
      if (last === 31 || (isEndOfFebruary(to) && end !== maturity)) last = 30
  }
  return 360 * (to.year - from.year) + 30 * (to.month - from.month) + last - first
}

function isEndOfFebruary({ year, month, day }: DateParts): boolean {
  return month === 2 && day === daysInMonth(year, 2)
}

/** Days in leap years over 366, the others over 365. */
function actualIsda(start: PlainDate, end: PlainDate): Rational {
  const first = dateParts(start).year
  const last = dateParts(end).year
  if (first === last) return { num: BigInt(daysBetween(start, end)), den: isLeapYear(first) ? 366n : 365n }
  const head = rational(daysBetween(start, dateOf(first, 12, 31)) + 1, isLeapYear(first) ? 366 : 365)
  const tail = rational(daysBetween(dateOf(last, 1, 1), end), isLeapYear(last) ? 366 : 365)
  return add(add(head, rational(last - first - 1)), tail)
}

/**
 * Whole years counted back from the end (from 28 or 29 February to the end of February), then the days left over 366 if
 * they hold a 29 February, else over 365.
 */
function actualAfb(start: PlainDate, end: PlainDate): Rational {
  let years = 0
  let cursor = end
  for (;;) {
    const { year, month, day } = dateParts(end)
    const target = year - years - 1
    if (target < 1) break
    const back = dateOf(target, month, month === 2 && day >= 28 ? daysInMonth(target, 2) : day)
    if (back < start) break
    cursor = back
    years++
  }
  return add(rational(years), rational(daysBetween(start, cursor), holds29February(start, cursor) ? 366 : 365))
}

/** True if a 29 February lies in [start, end). */
function holds29February(start: PlainDate, end: PlainDate): boolean {
  for (let { year } = dateParts(start); year <= dateParts(end).year; year++) {
    if (!isLeapYear(year)) continue
    const day = dateOf(year, 2, 29)
    if (start <= day && day < end) return true
  }
  return false
}

/** Over regular periods laid out from the reference period both ways: months ÷ 12 of each, by its share of days. */
function actualIcma(start: PlainDate, end: PlainDate, context: DayCountContext): Rational {
  if (start === end) return ZERO
  let refStart = context.refPeriodStart ?? start
  let refEnd = context.refPeriodEnd ?? addMonths(start, 12)
  let months = Math.round((daysBetween(refStart, refEnd) * 12) / 365)
  if (months === 0) {
    refStart = start
    refEnd = addMonths(start, 12)
    months = 12
  }
  let sum = ZERO
  const take = (from: PlainDate, to: PlainDate) => {
    const a = start > from ? start : from
    const b = end < to ? end : to
    if (a < b) sum = add(sum, rational(daysBetween(a, b) * months, daysBetween(from, to) * 12))
  }
  take(refStart, refEnd)
  for (let back = 0, to = refStart; start < to; back++) {
    const from = addMonths(refStart, -months * (back + 1))
    take(from, to)
    to = from
  }
  for (let ahead = 0, from = refEnd; from < end; ahead++) {
    const to = addMonths(refEnd, months * (ahead + 1))
    take(from, to)
    from = to
  }
  return sum
}
