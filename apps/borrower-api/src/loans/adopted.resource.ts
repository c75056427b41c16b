import type { AdoptedView } from '#libs/messages'
import { Day, Nested, Text } from '../edge/fields.js'
import { inCurrency, MoneyResource } from '../edge/money.js'

/** What a loan that ran before, on paper say, was taken over at: its balance on the morning of a day. */
export class AdoptedResource {
  @Day('The day of the balance; what falls due on it is owed')
  on!: string

  @Nested(() => MoneyResource, 'All that was still to be paid back')
  principal!: MoneyResource

  @Nested(() => MoneyResource, 'Interest that had fallen due')
  interest!: MoneyResource

  @Nested(() => MoneyResource, 'Fees that had fallen due')
  fees!: MoneyResource

  @Day('When the oldest of what was late fell due; null when nothing was', { nullable: true })
  lateSince!: string | null

  @Text('What the loan is called where it was written down', 200)
  paper!: string
}

export function adoptedResource(view: AdoptedView, currency: string): AdoptedResource {
  const money = inCurrency(currency)
  const { on, principal, interest, fees, lateSince, paper } = view
  return { on, principal: money(principal), interest: money(interest), fees: money(fees), lateSince, paper }
}
