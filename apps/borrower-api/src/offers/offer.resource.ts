import type { InstalmentView, OfferView, SchedulePreview } from '#libs/messages'
import { METHODS, type Method } from '#libs/money'
import { Currency, Day, Flag, Id, Instant, ListOf, Nested, OneOf, Ppm, Text, Whole } from '../edge/fields.js'
import { inCurrency, instant, MoneyResource, PositiveMoney } from '../edge/money.js'
import { PageQuery } from '../edge/page.js'

/** Longest schedule of any agreement. */
export const MAX_INSTALMENTS = 600

/** Which offers. */
export class OfferQuery extends PageQuery {
  @Currency('Only offers in this currency', { optional: true })
  currency?: string

  @OneOf(['open', 'withdrawn'], 'Only offers that are so; open ones when not given', { optional: true })
  status?: 'open' | 'withdrawn'
}

/** The offer that a path names. */
export class OfferPath {
  @Id('Id of the offer')
  offer!: string
}

/** How often instalments come. */
export class PeriodResource {
  @Whole('How many', 1, 366)
  count!: number

  @OneOf(['day', 'week', 'month'], 'Of what')
  unit!: 'day' | 'week' | 'month'
}

/** A lender's offer. */
export class OfferResource {
  @Id('Its id')
  id!: string

  @Id('Identity of the lender')
  lender!: string

  @Text('Pseudonym of the lender', 64, { nullable: true })
  lenderAlias!: string | null

  @OneOf(['open', 'withdrawn'], 'Whether one can apply')
  status!: 'open' | 'withdrawn'

  @Nested(() => MoneyResource, 'What is left to lend under it')
  available!: MoneyResource

  @Nested(() => MoneyResource, 'The smallest loan')
  minAmount!: MoneyResource

  @Nested(() => MoneyResource, 'The largest loan')
  maxAmount!: MoneyResource

  @Whole('Fewest instalments', 1, MAX_INSTALMENTS)
  minInstalments!: number

  @Whole('Most instalments', 1, MAX_INSTALMENTS)
  maxInstalments!: number

  @Nested(() => PeriodResource, 'From one instalment to the next')
  every!: PeriodResource

  @Ppm('Interest a year')
  annualRatePpm!: number

  @OneOf(METHODS, 'How the principal is repaid')
  method!: Method

  @Text('Day count of interest', 32)
  dayCount!: string

  @Ppm('Charged once with the first instalment, of the principal')
  originationFeePpm!: number

  @Whole('Days after a due date on which nothing counts as late yet', 0, 366)
  graceDays!: number

  @Text('What the lender adds', 2000, { nullable: true })
  note!: string | null

  @Instant('When it was published')
  publishedAt!: string

  @Instant('When its terms changed last; null when they never did', { nullable: true })
  amendedAt!: string | null

  @Flag('Certified by a quorum of witnesses')
  final!: boolean
}

export function offerResource(view: OfferView): OfferResource {
  const { terms } = view
  const money = inCurrency(terms.currency)
  return {
    id: view.id,
    lender: view.lender,
    lenderAlias: view.lenderAlias,
    status: view.status,
    available: money(view.available),
    minAmount: money(terms.minAmount),
    maxAmount: money(terms.maxAmount),
    minInstalments: terms.minInstalments,
    maxInstalments: terms.maxInstalments,
    every: terms.every,
    annualRatePpm: terms.annualRatePpm,
    method: terms.method,
    dayCount: terms.dayCount ?? 'equal periods',
    originationFeePpm: terms.charges?.find(({ when, ppm }) => when === 'atStart' && ppm !== undefined)?.ppm ?? 0,
    graceDays: terms.arrears?.graceDays ?? 0,
    note: terms.note ?? null,
    publishedAt: instant(view.publishedAtMs),
    amendedAt: view.amendedAtMs === null ? null : instant(view.amendedAtMs),
    final: view.final,
  }
}

/** What to compute a schedule for. */
export class QuoteRequest {
  @Nested(() => PositiveMoney, 'How much, in the currency of the offer')
  amount!: PositiveMoney

  @Whole('How many instalments', 1, MAX_INSTALMENTS)
  instalments!: number

  @Day('When the money would come; today when not given', { optional: true })
  startDate?: string
}

/** One instalment as it would be signed. */
export class InstalmentResource {
  @Whole('1, 2, 3 …', 1, MAX_INSTALMENTS)
  number!: number

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

/** What a loan costs. */
export class CostResource {
  @Nested(() => MoneyResource, 'All interest')
  totalInterest!: MoneyResource

  @Nested(() => MoneyResource, 'All fees')
  totalFees!: MoneyResource

  @Nested(() => MoneyResource, 'All that is to be paid')
  totalOfPayments!: MoneyResource

  @Ppm('APR, actuarial (12 CFR 1026 Appendix J)')
  aprPpm!: number

  @Ppm('APRC (Directive 2008/48/EC Annex I)')
  aprcPpm!: number
}

/** A loan as it would be under an offer. */
export class QuoteResource {
  @Nested(() => MoneyResource, 'What would be lent')
  principal!: MoneyResource

  @ListOf(() => InstalmentResource, 'Every instalment')
  instalments!: InstalmentResource[]

  @Nested(() => CostResource, 'What it would cost')
  cost!: CostResource
}

export function quoteResource(preview: SchedulePreview): QuoteResource {
  const money = inCurrency(preview.currency)
  return {
    principal: money(preview.principal),
    instalments: preview.rows.map((row) => instalmentResource(row, preview.currency)),
    cost: costResource(preview.cost, preview.currency),
  }
}

function instalmentResource(row: InstalmentView, currency: string): InstalmentResource {
  const money = inCurrency(currency)
  return {
    number: row.number,
    dueDate: row.dueDate,
    principal: money(row.principal),
    interest: money(row.interest),
    fees: money(row.fees),
    total: money(row.total),
    balanceAfter: money(row.balanceAfter),
  }
}

export function costResource(cost: SchedulePreview['cost'], currency: string): CostResource {
  const money = inCurrency(currency)
  return {
    totalInterest: money(cost.totalInterest),
    totalFees: money(cost.totalFees),
    totalOfPayments: money(cost.totalOfPayments),
    aprPpm: cost.aprPpm,
    aprcPpm: cost.aprcPpm,
  }
}
