/** Amounts as this API carries them. */
import { RefusalException } from '#libs/node-client'
import { Currency, Whole } from './fields.js'

/** Integer minor units of a currency: `{ "amount": 125000, "currency": "EUR" }` is 1250.00 euros. */
export class MoneyResource {
  @Whole('Minor units of the currency', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  amount!: number

  @Currency('ISO 4217 code')
  currency!: string
}

/** An amount to move: more than nothing. */
export class PositiveMoney {
  @Whole('Minor units of the currency', 1, Number.MAX_SAFE_INTEGER)
  amount!: number

  @Currency('ISO 4217 code')
  currency!: string
}

/** Minor units of one currency as amounts. */
export const inCurrency =
  (currency: string) =>
  (amount: number): MoneyResource => ({ amount, currency })

/** Milliseconds since the Unix epoch as RFC 3339. */
export const instant = (atMs: number): string => new Date(atMs).toISOString()

/** The minor units of an amount that must be in a currency. Refuses currency_differs. */
export function sameCurrency(money: MoneyResource, currency: string): number {
  if (money.currency !== currency) throw new RefusalException({ refused: 'currency_differs', expected: currency })
  return money.amount
}
