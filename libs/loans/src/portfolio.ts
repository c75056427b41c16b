/** Loans by currency and status, in sums. */
import type { AnswerOf } from '#libs/messages'
import type { PlainDate } from '#libs/money'
import type { LoanState } from './loan.js'
import { standing } from './standing.js'

type Portfolio = Exclude<AnswerOf<'loans.portfolio'>, { refused: string }>['items']

/** Sums of minor units per currency and status on a day, by currency, then status. */
export function portfolioOf(loans: readonly LoanState[], asOf: PlainDate): Portfolio {
  const groups = new Map<string, Portfolio[number]>()
  for (const loan of loans) {
    const { currency, principal } = loan.agreement!.terms
    const { status, outstanding, overdue } = standing(loan, asOf)
    const key = `${currency} ${status}`
    const group = groups.get(key) ?? { currency, status, loans: 0, principal: 0, outstanding: 0, overdue: 0 }
    group.loans++
    group.principal += principal
    group.outstanding += outstanding.total
    group.overdue += overdue
    groups.set(key, group)
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}
