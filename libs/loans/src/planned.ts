/** A loan as it is planned to go on: payouts that have not come yet come on their days. */
import { later } from './movement.js'
import { accountAt, type LoanAccount } from './account.js'
import { inForceOf } from './in-force.js'
import type { LoanState } from './loan.js'
import type { PlainDate } from '#libs/money'

/** The account of a concluded loan as of a day, with the payouts that are missing then. */
export function plannedAccount(loan: LoanState, asOf: PlainDate): LoanAccount {
  const account = accountAt(loan, asOf)
  const { payouts, startCharge, terms } = inForceOf(loan.agreement!)
  if (account.loan.state.ended) return account
  const made = account.payouts.length
  let from = account.loan.events.at(-1)?.date ?? terms.startDate
  payouts.slice(made).forEach(({ date, amount }, index) => {
    const planned = payouts.length === 1 ? terms.startDate : later(date, from)
    account.attempt({ id: `planned ${made + index}`, date: planned, type: 'disbursement', amount })
    from = planned
    if (made + index > 0 || startCharge === 0n) return
    const charge = { type: 'charge', component: 'fee', due: terms.startDate, amount: Number(startCharge) } as const
    account.attempt({ id: 'planned charge', date: planned, ...charge })
  })
  return account
}
