/**
 * How late money has come so far, and what that lets expect: the share of what was still unpaid that came in each month of
 * delay (the product-limit estimator of Kaplan and Meier, 1958, over amounts). Months that are not over are not counted, so
 * what is young does not pass for unpaid.
 */
import type { DelayItem } from '#libs/messages'
import { divideRounded } from '#libs/money'
import { figure } from './figure.js'
import type { PaidInstalment } from './instalments.js'
import { monthOf, monthsBetween, type Month } from './month.js'

/** What is not paid after so many months is not expected any more. */
const MAX_MONTHS_LATE = 12

export class Delays {
  private readonly months = Array.from({ length: MAX_MONTHS_LATE + 1 }, () => ({ atRisk: 0n, paid: 0n }))

  /** `current`: the month that is not over. */
  constructor(private readonly current: Month) {}

  add({ dueDate, total, paid }: PaidInstalment): void {
    const due = monthOf(dueDate)
    const over = Math.min(monthsBetween(due, this.current) - 1, MAX_MONTHS_LATE)
    let open = total
    for (let late = 0; late <= over; late++) {
      const came = paid
        .filter(({ date }) => Math.max(0, monthsBetween(due, monthOf(date))) === late)
        .reduce((sum, { amount }) => sum + amount, 0n)
      this.months[late]!.atRisk += open
      this.months[late]!.paid += came
      open -= came
    }
  }

  /**
   * When to expect an amount that is already `monthsLate` late (0: not yet): by months from now, and what is left over in
   * the end. As long as nothing has fallen due, all is expected in time; a delay that nothing has reached yet goes on as the
   * longest one that was seen.
   */
  spread(amount: bigint, monthsLate: number): { byMonth: bigint[]; unpaid: bigint } {
    const byMonth: bigint[] = []
    let left = amount
    let seen = { atRisk: 1n, paid: 1n }
    this.months.forEach((month, late) => {
      if (month.atRisk > 0n) seen = month
      if (late < monthsLate) return
      const comes = divideRounded(left * seen.paid, seen.atRisk, 'halfEven')
      byMonth.push(comes)
      left -= comes
    })
    return { byMonth, unpaid: left }
  }

  items(currency: string): DelayItem[] {
    return this.months.flatMap(({ atRisk, paid }, monthsLate) =>
      atRisk === 0n ? [] : [{ currency, monthsLate, atRisk: figure(atRisk), paid: figure(paid) }],
    )
  }
}
