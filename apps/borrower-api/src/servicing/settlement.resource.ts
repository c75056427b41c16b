import type { SettlementQuote } from '#libs/messages'
import { Day, Id, Nested } from '../edge/fields.js'
import { inCurrency, MoneyResource } from '../edge/money.js'
import { PartsResource, partsResource } from '../loans/parts.resource.js'

/** The day to settle on. */
export class SettlementQuery {
  @Day('The value date that the money is to have; today when not given', { optional: true })
  on?: string
}

/** What settles a loan on a day, to the minor unit. */
export class SettlementResource {
  @Id('The loan')
  loan!: string

  @Day('The value date that the money must have')
  on!: string

  @Nested(() => MoneyResource, 'What settles it')
  amount!: MoneyResource

  @Nested(() => PartsResource, 'What it is made of')
  parts!: PartsResource

  @Nested(() => MoneyResource, 'The agreed fee for settling early, which is among the fees')
  earlySettlementFee!: MoneyResource

  @Day('The last value date for which the same amount settles it, if nothing else happens')
  holdsUntil!: string

  @Nested(() => MoneyResource, 'What would be paid more if it went on to its end')
  saved!: MoneyResource
}

export function settlementResource(quote: SettlementQuote): SettlementResource {
  const money = inCurrency(quote.currency)
  return {
    loan: quote.loan,
    on: quote.date,
    amount: money(quote.total),
    parts: partsResource(quote, quote.currency),
    earlySettlementFee: money(quote.earlySettlementFee),
    holdsUntil: quote.holdsUntil,
    saved: money(quote.saved),
  }
}
