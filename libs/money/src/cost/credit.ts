/** What a credit costs, as it is shown before anyone signs and stored with the name of its method. */
import { daysBetween, wholeMonthsBefore, type PlainDate } from '../calendar.js'
import { rational, toScaled, type Rational } from '../rational.js'
import { startCharges } from '../schedule/charges.js'
import type { InstalmentRow, ScheduleTerms } from '../terms.js'
import { apr, unitPeriodsBetween, unitPeriodsPerYear, type UnitPeriod } from './apr.js'
import { aprc, aprcTime, aprcUnit } from './aprc.js'

/** Amounts in minor units, rates in parts per million a year, rounded half up. */
export interface CostOfCredit {
  totalInterest: number
  /** Fees of all rows and charges at the start. */
  totalFees: number
  /** What the borrower gets: the principal less what is kept back from it. */
  amountReceived: number
  /** All that the borrower pays, charges beside the money lent included. */
  totalOfPayments: number
  /** totalOfPayments − amountReceived. */
  costOfCredit: number
  /** 2008/48/EC annex I; null where no rate above −100 % balances the flows. */
  aprcPpm: number | null
  aprcMethod: '2008/48/EC annex I'
  /** 12 CFR 1026 appendix J; null as above. */
  aprPpm: number | null
  aprMethod: '12 CFR 1026 appendix J, actuarial'
}

/** Money that is lent on a day, before anything is kept back from it. Minor units. */
export type Advance = readonly [date: PlainDate, amount: number]

/**
 * The cost of a table that follows from (or was agreed with) these terms; both must be sound (`checkTerms`,
 * `checkTable`). Where the principal is lent in parts, `advances` are all of them, ascending from the start date; what
 * is charged at the start is less than the first.
 */
export function costOfCredit(
  terms: ScheduleTerms,
  rows: readonly InstalmentRow[],
  advances: readonly Advance[] = [[terms.startDate, terms.principal]],
): CostOfCredit {
  const principal = BigInt(terms.principal)
  const start = startCharges(terms.charges, principal)
  const column = (index: 1 | 2 | 3) => rows.reduce((all, row) => all + BigInt(row[index]), 0n)
  const totalFees = column(3) + start.charged
  const totalOfPayments = column(1) + column(2) + column(3) + start.charged - start.deducted
  const received = principal - start.deducted
  const drawn = advances.map(([date, amount], index) => ({
    date,
    amount: rational(index === 0 ? BigInt(amount) - start.charged : amount),
  }))
  const payments = rows.map((row) => ({ date: row[0], amount: rational(row[1] + row[2] + row[3]) }))
  return {
    totalInterest: Number(column(2)),
    totalFees: Number(totalFees),
    amountReceived: Number(received),
    totalOfPayments: Number(totalOfPayments),
    costOfCredit: Number(totalOfPayments - received),
    aprcPpm: ppm(euRate(terms, drawn, payments)),
    aprcMethod: '2008/48/EC annex I',
    aprPpm: ppm(usRate(terms, drawn, payments)),
    aprMethod: '12 CFR 1026 appendix J, actuarial',
  }
}

type DatedAmount = { date: PlainDate; amount: Rational }

function euRate({ startDate, every }: ScheduleTerms, drawn: DatedAmount[], payments: DatedAmount[]) {
  const unit = aprcUnit(every)
  const timed = ({ date, amount }: DatedAmount) => ({ amount, years: aprcTime(startDate, date, unit).years })
  return aprc(drawn.map(timed), payments.map(timed))
}

function usRate({ startDate, every }: ScheduleTerms, drawn: DatedAmount[], payments: DatedAmount[]) {
  const only = drawn.length === 1 && payments.length === 1 ? payments[0]! : undefined
  const unit = only ? termOf(startDate, only.date) : capped(every)
  const timed = ({ date, amount }: DatedAmount) => ({ amount, ...unitPeriodsBetween(startDate, date, unit) })
  return apr(drawn.map(timed), payments.map(timed), unitPeriodsPerYear(unit))
}

/**
 * With one advance and one payment the unit-period is the term, in whole months if it is so many, else in days; at most
 * a year.
 */
function termOf(start: PlainDate, end: PlainDate): UnitPeriod {
  const { wholePeriods, end: reached } = wholeMonthsBefore(start, end, 1)
  if (wholePeriods > 0 && reached === start) return { unit: 'month', count: Math.min(wholePeriods, 12) }
  return { unit: 'day', count: Math.min(daysBetween(start, end), 365) }
}

/** No unit-period is longer than a year. */
function capped({ count, unit }: ScheduleTerms['every']): UnitPeriod {
  const most = { day: 365, week: 52, month: 12 }[unit]
  return { unit: count > most ? 'month' : unit, count: count > most ? 12 : count }
}

function ppm(rate: Rational | undefined): number | null {
  if (rate === undefined) return null
  const scaled = toScaled(rate, 6)
  return scaled > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(scaled)
}
