/** Calendar months as `YYYY-MM`. */
import type { PlainDate } from '#libs/money'

export type Month = string

export function monthOf(date: PlainDate): Month {
  return date.slice(0, 7)
}

/** Months from one to another; below zero when `to` is earlier. */
export function monthsBetween(from: Month, to: Month): number {
  return ordinal(to) - ordinal(from)
}

export function addToMonth(month: Month, count: number): Month {
  const sum = ordinal(month) + count
  const year = Math.floor(sum / 12)
  return `${String(year).padStart(4, '0')}-${String(sum - year * 12 + 1).padStart(2, '0')}`
}

export const laterMonth = (a: Month, b: Month): Month => (a > b ? a : b)

function ordinal(month: Month): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1
}
