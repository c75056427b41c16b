import type { PartsView } from '#libs/messages'
import { Nested } from '../edge/fields.js'
import { inCurrency, MoneyResource } from '../edge/money.js'

/** Amounts by what they are for. */
export class PartsResource {
  @Nested(() => MoneyResource, 'Principal')
  principal!: MoneyResource

  @Nested(() => MoneyResource, 'Interest')
  interest!: MoneyResource

  @Nested(() => MoneyResource, 'Fees')
  fees!: MoneyResource

  @Nested(() => MoneyResource, 'Penalties')
  penalties!: MoneyResource

  @Nested(() => MoneyResource, 'Sum of the four')
  total!: MoneyResource
}

export function partsResource(parts: PartsView, currency: string): PartsResource {
  const money = inCurrency(currency)
  return {
    principal: money(parts.principal),
    interest: money(parts.interest),
    fees: money(parts.fees),
    penalties: money(parts.penalties),
    total: money(parts.total),
  }
}
