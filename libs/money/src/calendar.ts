/**
 * Dates without time, as text `YYYY-MM-DD` of the proleptic Gregorian calendar, years 0001 … 9999. Integer arithmetic
 * throughout.
 */

/** `YYYY-MM-DD`. Two of them compare as text. */
export type PlainDate = string

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const TWO_DIGITS = Array.from({ length: 32 }, (_, n) => String(n).padStart(2, '0'))
const PATTERN = /^\d{4}-\d{2}-\d{2}$/

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** 28 … 31. `month` is 1 … 12. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : MONTH_DAYS[month - 1]!
}

/** True for the text of a day that exists, year 0001 or later. */
export function isDate(value: unknown): value is PlainDate {
  if (typeof value !== 'string' || !PATTERN.test(value)) return false
  const { year, month, day } = dateParts(value)
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

export interface DateParts {
  year: number
  month: number
  day: number
}

/** The numbers in a date; the text must be one (`isDate`). */
export function dateParts(date: PlainDate): DateParts {
  return { year: digits(date, 0, 4), month: digits(date, 5, 2), day: digits(date, 8, 2) }
}

/** The date of these numbers, which must name a day that exists. */
export function dateOf(year: number, month: number, day: number): PlainDate {
  const written = year >= 1000 ? String(year) : String(year).padStart(4, '0')
  return `${written}-${TWO_DIGITS[month]}-${TWO_DIGITS[day]}`
}

/**
 * Days since 1970-01-01 (negative before). After H. Hinnant, "chrono-compatible low-level date algorithms"
 * (days_from_civil).
 */
export function epochDay(date: PlainDate): number {
  const { year, month, day } = dateParts(date)
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468
}

/** The inverse of `epochDay`. Throws RangeError outside the years 0001 … 9999. */
export function dateOfEpochDay(epoch: number): PlainDate {
  const shifted = epoch + 719468
  const era = Math.floor(shifted / 146097)
  const dayOfEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  if (year < 1 || year > 9999) throw new RangeError('the date leaves the years 0001 … 9999')
  return dateOf(year, month, dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1)
}

/** The day at an instant (ms since the Unix epoch), in UTC. */
export function dateOfInstant(atMs: number): PlainDate {
  return dateOfEpochDay(Math.floor(atMs / 86_400_000))
}

/** `days` may be negative. */
export function addDays(date: PlainDate, days: number): PlainDate {
  return dateOfEpochDay(epochDay(date) + days)
}

/** The same day so many months on, or the month's last day where it has no such day. `months` may be negative. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  return monthsOn(dateParts(date), months)
}

/** `addMonths` from a date's numbers. */
export function monthsOn({ year, month, day }: DateParts, months: number): PlainDate {
  const index = year * 12 + month - 1 + months
  const newYear = Math.floor(index / 12)
  const newMonth = index - newYear * 12 + 1
  if (newYear < 1 || newYear > 9999) throw new RangeError('the date leaves the years 0001 … 9999')
  return dateOf(newYear, newMonth, day <= 28 ? day : Math.min(day, daysInMonth(newYear, newMonth)))
}

/** Days from `from` to `to`, negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return epochDay(to) - epochDay(from)
}

/** Negative, 0 or positive. */
export function compareDates(a: PlainDate, b: PlainDate): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * How many whole periods of so many months lie between two dates, counted back from `to`, and the day that the count
 * ends on: `from` itself or up to a period later. A `to` that is `from` moved on by months ends on `from`, also where
 * month ends are kept.
 */
export function wholeMonthsBefore(
  from: PlainDate,
  to: PlainDate,
  months: number,
): { wholePeriods: number; end: PlainDate } {
  const a = dateParts(from)
  const b = dateParts(to)
  const apart = (b.year - a.year) * 12 + b.month - a.month
  let wholePeriods = Math.max(Math.floor(apart / months), 0)
  if (addMonths(from, wholePeriods * months) === to) return { wholePeriods, end: from }
  let end = addMonths(to, -wholePeriods * months)
  if (end < from && wholePeriods > 0) end = addMonths(to, -(--wholePeriods * months))
  return { wholePeriods, end }
}

/** Monday 1 … Sunday 7. */
export function weekday(date: PlainDate): number {
  return ((((epochDay(date) + 3) % 7) + 7) % 7) + 1
}

function digits(text: string, from: number, length: number): number {
  let value = 0
  for (let i = from; i < from + length; i++) value = value * 10 + text.charCodeAt(i) - 48
  return value
}
