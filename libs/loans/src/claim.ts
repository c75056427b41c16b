/** What is said of money, and the days and sums that it may name. */
import type { Refusal } from '#libs/fold'
import { addDays, isDate, type PlainDate } from '#libs/money'
import { dayOf } from './movement.js'

/** What a payment or a credit says about itself, whoever says it. */
export interface Claim {
  amount: number
  /** The day that it names: of sending, of receipt, or from which it counts. */
  day: PlainDate
  /** When it is said, ms. */
  at: number
}

/** Not before what it follows and not in the future; a day of leeway, because days begin at different times. */
export function judgeDay({ day, at }: Claim, earliest: PlainDate): Refusal | null {
  const latest = addDays(dayOf(at), 1)
  return isDate(day) && day >= earliest && day <= latest
    ? null
    : { refused: 'value_date_out_of_range', earliest, latest }
}

/** What is said to have moved in all stays where sums are exact. */
export function judgeExact(total: number): Refusal | null {
  return Number.isSafeInteger(total) ? null : { refused: 'amount_out_of_range' }
}
