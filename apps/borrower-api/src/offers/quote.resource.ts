/** What a loan would be like: every instalment, what is paid out, and what it costs. */
import { MAX_INSTALMENTS } from '#libs/money'
import type { CostView, InstalmentView, PayoutView, SchedulePreview, Tranche } from '#libs/messages'
import { Day, Flag, ListOf, Nested, OneOf, Ppm, Text, Whole } from '../edge/fields.js'
import { inCurrency, MoneyResource, PositiveMoney, sameCurrency } from '../edge/money.js'

/** Most parts that a principal is paid out in. */
const MAX_TRANCHES = 24

/** A part that the money is wished to come in. */
export class TrancheRequest {
  @Day('When')
  date!: string

  @Nested(() => PositiveMoney, 'How much, in the currency of the offer')
  amount!: PositiveMoney
}

/** What a borrower may wish for beside amount and instalments. */
export class WishesRequest {
  @Day('When the first instalment is to be due: a shorter or longer first period', { optional: true })
  firstDueDate?: string

  @ListOf(() => TrancheRequest, 'The money in 2 to 24 parts, days ascending, which sum to the amount', {
    optional: true,
    maxItems: MAX_TRANCHES,
  })
  tranches?: TrancheRequest[]
}

/** What to compute a schedule for. */
export class QuoteRequest extends WishesRequest {
  @Nested(() => PositiveMoney, 'How much, in the currency of the offer')
  amount!: PositiveMoney

  @Whole('How many instalments', 1, MAX_INSTALMENTS)
  instalments!: number

  @Day('When the money would come; today when not given. The first tranche is paid out on it', { optional: true })
  startDate?: string
}

/** Wishes as messages carry them. Refuses currency_differs. */
export function wishesOf(
  { firstDueDate, tranches }: WishesRequest,
  currency: string,
): { firstDueDate?: string; tranches?: Tranche[] } {
  const parts = tranches?.map(({ date, amount }): Tranche => [date, sameCurrency(amount, currency)])
  return { ...(firstDueDate !== undefined && { firstDueDate }), ...(parts && { tranches: parts }) }
}

/** One instalment as it would be signed. */
export class InstalmentResource {
  @Whole('1, 2, 3 …', 1, MAX_INSTALMENTS)
  number!: number

  @OneOf(['instalment', 'downPayment'], 'A down payment is kept back from what is paid out that day')
  kind!: InstalmentView['kind']

  @Day('When it is due')
  dueDate!: string

  @Nested(() => MoneyResource, 'Principal repaid')
  principal!: MoneyResource

  @Nested(() => MoneyResource, 'Interest')
  interest!: MoneyResource

  @Nested(() => MoneyResource, 'Fees')
  fees!: MoneyResource

  @Nested(() => MoneyResource, 'Sum of the three')
  total!: MoneyResource

  @Nested(() => MoneyResource, 'Principal that is left after it')
  balanceAfter!: MoneyResource
}

/** Money that is paid out on a day, and what of it is kept back. */
export class PayoutResource {
  @Day('When')
  date!: string

  @Nested(() => MoneyResource, 'Principal')
  amount!: MoneyResource

  @Nested(() => MoneyResource, 'Of it kept back for charges at the start')
  deducted!: MoneyResource

  @Nested(() => MoneyResource, 'Of it kept back as a down payment')
  downPayment!: MoneyResource

  @Nested(() => MoneyResource, 'What arrives')
  arrives!: MoneyResource
}

/** What is charged at the start. */
export class StartChargeResource {
  @Text('What it is called', 64)
  name!: string

  @Nested(() => MoneyResource, 'How much')
  amount!: MoneyResource

  @Flag('Kept back from the first payout; otherwise in the fees of the first instalment')
  deducted!: boolean
}

/** What a loan costs. */
export class CostResource {
  @Nested(() => MoneyResource, 'All interest')
  totalInterest!: MoneyResource

  @Nested(() => MoneyResource, 'All fees, with what is kept back for them')
  totalFees!: MoneyResource

  @Nested(() => MoneyResource, 'The principal less what is kept back for charges')
  amountReceived!: MoneyResource

  @Nested(() => MoneyResource, 'All that is to be paid')
  totalOfPayments!: MoneyResource

  @Nested(() => MoneyResource, 'What is to be paid beyond what is received')
  costOfCredit!: MoneyResource

  @Ppm('Annual percentage rate')
  aprPpm!: number

  @Text('The method that it is computed by', 200)
  aprMethod!: string

  @Ppm('Annual percentage rate of charge')
  aprcPpm!: number

  @Text('The method that it is computed by', 200)
  aprcMethod!: string
}

/** A loan as it would be under an offer. */
export class QuoteResource {
  @Nested(() => MoneyResource, 'What would be lent')
  principal!: MoneyResource

  @ListOf(() => InstalmentResource, 'Every instalment')
  instalments!: InstalmentResource[]

  @ListOf(() => PayoutResource, 'What would be paid out when')
  payouts!: PayoutResource[]

  @ListOf(() => StartChargeResource, 'What would be charged at the start')
  startCharges!: StartChargeResource[]

  @Nested(() => CostResource, 'What it would cost')
  cost!: CostResource
}

export function quoteResource({ currency, principal, rows, payouts, startCharges, cost }: SchedulePreview) {
  const money = inCurrency(currency)
  const quote: QuoteResource = {
    principal: money(principal),
    instalments: rows.map((row) => ({
      number: row.number,
      kind: row.kind,
      dueDate: row.dueDate,
      principal: money(row.principal),
      interest: money(row.interest),
      fees: money(row.fees),
      total: money(row.total),
      balanceAfter: money(row.balanceAfter),
    })),
    payouts: payouts.map((payout) => payoutResource(payout, currency)),
    startCharges: startCharges.map(({ name, amount, deducted }) => ({ name, amount: money(amount), deducted })),
    cost: costResource(cost, currency),
  }
  return quote
}

export function payoutResource(view: PayoutView, currency: string): PayoutResource {
  const money = inCurrency(currency)
  return {
    date: view.date,
    amount: money(view.amount),
    deducted: money(view.deducted),
    downPayment: money(view.downPayment),
    arrives: money(view.arrives),
  }
}

export function costResource(cost: CostView, currency: string): CostResource {
  const money = inCurrency(currency)
  return {
    totalInterest: money(cost.totalInterest),
    totalFees: money(cost.totalFees),
    amountReceived: money(cost.amountReceived),
    totalOfPayments: money(cost.totalOfPayments),
    costOfCredit: money(cost.costOfCredit),
    aprPpm: cost.aprPpm,
    aprMethod: cost.aprMethod,
    aprcPpm: cost.aprcPpm,
    aprcMethod: cost.aprcMethod,
  }
}
