/** Due dates, and the periods between them with the part of the yearly rate that each one bears. */
import {
  addDays,
  addMonths,
  dateOf,
  dateOfEpochDay,
  dateParts,
  daysBetween,
  daysInMonth,
  epochDay,
  monthsOn,
  weekday,
  type PlainDate,
} from '../calendar.js'
import { yearFraction, type DayCount, type DayCountContext } from '../daycount.js'
import { subtract, ZERO, type Rational } from '../rational.js'
import type { Every, Fraction, InterestPause, ScheduleTerms } from '../terms.js'

/** The stretch up to a due date, and what happens at its end. */
export interface Period {
  from: PlainDate
  due: PlainDate
  /** Parts per million a year. */
  ratePpm: number
  /** The part of a year that it counts for where there is no day count. */
  years: Fraction
  /** False in a grace on principal. */
  paysPrincipal: boolean
  /** `heldBack`: interest runs, and falls due with the first later period where it is `paid`. */
  interest: 'paid' | 'heldBack' | 'free'
}

/** How a rate becomes interest over a span of days; the part of the terms that outlives the first table. */
export interface InterestTime {
  every: Every
  dayCount?: DayCount | undefined
  sizingPeriodYears?: Fraction | undefined
  /** The last due date, which `30E/360 ISDA` asks for. */
  maturity: PlainDate
  pauses: readonly InterestPause[]
}

type DueDateTerms = Pick<
  ScheduleTerms,
  'startDate' | 'every' | 'instalments' | 'firstDueDate' | 'dueOn' | 'businessDays'
>

const PPM = 1_000_000n

/**
 * `date` moved on by `times` steps of `every`; month ends are kept, because each date is counted from the same anchor.
 */
export function step(date: PlainDate, every: Every, times: number): PlainDate {
  return stepsFrom(date, every)(times)
}

function stepsFrom(date: PlainDate, { count, unit }: Every): (times: number) => PlainDate {
  if (unit === 'month') {
    const parts = dateParts(date)
    return (times) => monthsOn(parts, count * times)
  }
  const first = epochDay(date)
  const days = count * (unit === 'week' ? 7 : 1)
  return (times) => dateOfEpochDay(first + days * times)
}

/** All due dates of the terms, ascending if the terms make sense. Throws RangeError beyond the year 9999. */
export function dueDates(terms: DueDateTerms): PlainDate[] {
  const { startDate, firstDueDate, every, dueOn, businessDays } = terms
  const counting = stepsFrom(firstDueDate ?? startDate, every)
  const holidays = new Set(businessDays?.holidays)
  return Array.from({ length: terms.instalments }, (_, k) => {
    const counted = counting(firstDueDate === undefined ? k + 1 : k)
    const placed = placeInMonth(counted, dueOn)
    return businessDays ? moveToBusinessDay(placed, businessDays.move, holidays) : placed
  })
}

/** The periods of the terms. A bullet has one that spans them all. */
export function periodsOf(terms: ScheduleTerms, dates: readonly PlainDate[] = dueDates(terms)): Period[] {
  const { startDate, every } = terms
  const years = terms.periodYears ?? defaultPeriodYears(every)
  if (terms.method === 'bullet') {
    const whole: Fraction = [years[0] * dates.length, years[1]]
    return [regularPeriod(startDate, dates.at(-1)!, terms.annualRatePpm, whole)]
  }
  const { principalInstalments = 0, interestPaymentInstalments = 0, interestFreeInstalments = 0 } = terms.grace ?? {}
  return dates.map((due, k) => ({
    from: dates[k - 1] ?? startDate,
    due,
    ratePpm: terms.annualRatePpm,
    years: k === 0 ? firstYears(terms, due, years) : years,
    paysPrincipal: k >= principalInstalments,
    interest: k < interestFreeInstalments ? 'free' : k < interestPaymentInstalments ? 'heldBack' : 'paid',
  }))
}

/** A period without grace. */
export function regularPeriod(from: PlainDate, due: PlainDate, ratePpm: number, years: Fraction): Period {
  return { from, due, ratePpm, years, paysPrincipal: true, interest: 'paid' }
}

export function interestTime(terms: ScheduleTerms, periods: readonly Period[]): InterestTime {
  const { every, dayCount, sizingPeriodYears, interestPauses = [] } = terms
  return { every, dayCount, sizingPeriodYears, maturity: periods.at(-1)!.due, pauses: interestPauses }
}

/** Interest on a balance of 1 from `start` to `end` within a period, without what pauses leave out of it. */
export function spanFactor(period: Period, time: InterestTime, start = period.from, end = period.due): Rational {
  let factor = runningFactor(period, time, start, end)
  for (const pause of time.pauses) {
    const from = pause.from > start ? pause.from : start
    const to = pause.to < end ? pause.to : end
    if (from < to) factor = subtract(factor, runningFactor(period, time, from, to))
  }
  return factor
}

/**
 * Interest on a balance of 1 from `start` to `end` within a period: by the day count, or the span's share of the days
 * of what the whole period counts for.
 */
function runningFactor(period: Period, time: InterestTime, start: PlainDate, end: PlainDate): Rational {
  if (period.interest === 'free') return ZERO
  if (time.dayCount) {
    const years = yearFraction(time.dayCount, start, end, dayCountContext(time, period))
    return { num: BigInt(period.ratePpm) * years.num, den: PPM * years.den }
  }
  const [num, den] = period.years
  if (start === period.from && end === period.due) return ofRate(period.ratePpm, num, den)
  return ofRate(period.ratePpm, num * daysBetween(start, end), den * daysBetween(period.from, period.due))
}

/** What the sizing of an annuity takes for the interest of a period on a balance of 1. */
export function sizingFactor(period: Period, time: InterestTime): Rational {
  const sizing = time.sizingPeriodYears
  return sizing ? ofRate(period.ratePpm, sizing[0], sizing[1]) : spanFactor(period, time)
}

/** Months ÷ 12, weeks ÷ 52, days ÷ 365. */
export function defaultPeriodYears(every: Every): Fraction {
  return [every.count, every.unit === 'month' ? 12 : every.unit === 'week' ? 52 : 365]
}

function ofRate(ratePpm: number, num: number, den: number): Rational {
  return { num: BigInt(ratePpm) * BigInt(num), den: PPM * BigInt(den) }
}

/** A first period of irregular length counts by its days in the regular one that would end with it. */
function firstYears(terms: ScheduleTerms, due: PlainDate, years: Fraction): Fraction {
  const { startDate, every, firstDueDate } = terms
  if (firstDueDate === undefined || firstDueDate === step(startDate, every, 1)) return years
  return [years[0] * daysBetween(startDate, due), years[1] * daysBetween(step(due, every, -1), due)]
}

function dayCountContext(time: InterestTime, period: Period): DayCountContext {
  if (time.dayCount === '30E/360 ISDA') return { maturityDate: time.maturity }
  if (time.dayCount !== 'ACT/ACT ICMA') return {}
  return { refPeriodStart: step(period.due, time.every, -1), refPeriodEnd: period.due }
}

function placeInMonth(date: PlainDate, dueOn: ScheduleTerms['dueOn']): PlainDate {
  if (dueOn === undefined || dueOn === 'countedDay') return date
  const { year, month } = dateParts(date)
  if (dueOn === 'endOfMonth') return dateOf(year, month, daysInMonth(year, month))
  return addMonths(dateOf(year, month, 1), 1)
}

function moveToBusinessDay(
  date: PlainDate,
  move: 'following' | 'modifiedFollowing' | 'preceding',
  holidays: Set<string>,
) {
  const closed = (day: PlainDate) => weekday(day) > 5 || holidays.has(day)
  const walk = (direction: 1 | -1) => {
    let day = date
    while (closed(day)) day = addDays(day, direction)
    return day
  }
  if (move === 'preceding') return walk(-1)
  const next = walk(1)
  return move === 'modifiedFollowing' && next.slice(0, 7) !== date.slice(0, 7) ? walk(-1) : next
}
