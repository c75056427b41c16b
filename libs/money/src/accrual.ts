/** Figures that depend on the day: interest that has run, days past due, what it takes to settle. */
import { addDays, daysBetween, type PlainDate } from './calendar.js'
import { divideRounded } from './rounding.js'
import type { InstalmentRow } from './terms.js'

/**
 * Interest of the period that `asOf` lies in, as far as it has run by that day: its row's interest by the share of days
 * gone, rounded half to even, in minor units. 0 on or before the first day, on a due date (the row is due then) and
 * after the last.
 */
export function accruedInterest(startDate: PlainDate, rows: readonly InstalmentRow[], asOf: PlainDate): number {
  let from = startDate
  for (const [due, , interest] of rows) {
    if (due > asOf) {
      if (from >= asOf) return 0
      return Number(
        divideRounded(BigInt(interest) * BigInt(daysBetween(from, asOf)), BigInt(daysBetween(from, due)), 'halfEven'),
      )
    }
    from = due
  }
  return 0
}

/** What is forgiven before a debt counts as late. */
export interface Tolerance {
  graceDays?: number
  /** Overdue sums up to this many minor units do not count. */
  amount?: number
}

/**
 * Since when something is late (the oldest unpaid due date plus the grace days) and for how many days; null if nothing
 * is.
 */
export interface Arrears {
  since: PlainDate
  daysPastDue: number
  /** All that is unpaid of what was due before the day, in minor units. */
  overdue: bigint
}

/**
 * Days past due count from the oldest unpaid due date after the tolerance. What is due today is not late today.
 * `claims`: what is unpaid of each instalment, in minor units, sorted by due date.
 */
export function arrears(
  claims: readonly { due: PlainDate; open: bigint }[],
  asOf: PlainDate,
  tolerance: Tolerance = {},
): Arrears | null {
  const late = claims.filter(({ due, open }) => open > 0n && due < asOf)
  const overdue = late.reduce((all, { open }) => all + open, 0n)
  if (late.length === 0 || overdue <= BigInt(tolerance.amount ?? 0)) return null
  const since = addDays(late[0]!.due, tolerance.graceDays ?? 0)
  return since < asOf ? { since, daysPastDue: daysBetween(since, asOf), overdue } : null
}

/** Days past due as of a day; 0 if nothing is late. See `arrears`. */
export function daysPastDue(
  claims: readonly { due: PlainDate; open: bigint }[],
  asOf: PlainDate,
  tolerance: Tolerance = {},
): number {
  return arrears(claims, asOf, tolerance)?.daysPastDue ?? 0
}
