/** What lenders bid, and a set of bids as one loan. */
import type { BidStatus, BidView, Choice, RequestWishes, TakenBid } from '#libs/messages'
import { Day, Flag, Id, Instant, ListOf, Nested, OneOf, Ppm, Text, Whole } from '../edge/fields.js'
import { inCurrency, instant, MoneyResource, PositiveMoney, sameCurrency } from '../edge/money.js'
import { PageQuery } from '../edge/page.js'
import { QuoteResource, quoteResource, WishesRequest, wishesOf } from '../offers/quote.resource.js'

const STATUSES: readonly BidStatus[] = ['open', 'withdrawn', 'expired', 'taken', 'agreed']
const MAX_LENDERS = 60

/** Which bids. */
export class BidQuery extends PageQuery {
  @OneOf(STATUSES, 'Only those that are so', { optional: true })
  status?: BidStatus
}

/** A lender's bid on an own request. */
export class BidResource {
  @Id('Its id')
  id!: string

  @Id('Identity of the lender')
  lender!: string

  @Text('Pseudonym of the lender', 64, { nullable: true })
  lenderAlias!: string | null

  @Nested(() => MoneyResource, 'How much')
  amount!: MoneyResource

  @Nested(() => MoneyResource, 'The least part of it that would be lent')
  leastAmount!: MoneyResource

  @Ppm('The rate that the lender asks, a year')
  ratePpm!: number

  @Instant('Until when it can be taken')
  validUntil!: string

  @OneOf(STATUSES, '`taken`: in an agreement that waits for signatures')
  status!: BidStatus

  @Id('The loan that took it', { nullable: true })
  loan!: string | null

  @Instant('When it was placed')
  placedAt!: string
}

export function bidResource(view: BidView): BidResource {
  return {
    id: view.id,
    lender: view.lender,
    lenderAlias: view.lenderAlias,
    amount: view.amount,
    leastAmount: { amount: view.leastAmount, currency: view.amount.currency },
    ratePpm: view.ratePpm,
    validUntil: instant(view.validUntilMs),
    status: view.status,
    loan: view.loan,
    placedAt: instant(view.placedAtMs),
  }
}

/** A bid and how much of it is taken. */
export class TakenBidRequest {
  @Id('The bid')
  bid!: string

  @Nested(() => PositiveMoney, 'How much of it, in the currency of the request')
  amount!: PositiveMoney
}

/** Which bids to take. */
export class ChoiceRequest extends WishesRequest {
  @ListOf(() => TakenBidRequest, 'These parts of these bids; the cheapest set that covers the request when not given', {
    optional: true,
    maxItems: MAX_LENDERS,
  })
  bids?: TakenBidRequest[]

  @Day('When interest begins; today when not given', { optional: true })
  startDate?: string
}

/** Which bids to take, and until when the lenders can sign. */
export class TakeRequest extends ChoiceRequest {
  @Whole('Hours until when all can sign; 72 when not given', 1, 720, { optional: true })
  expiresInHours?: number
}

/** A choice as messages carry it. Refuses currency_differs. */
export function choiceOf(
  { bids, startDate, ...wishes }: ChoiceRequest,
  currency: string,
): RequestWishes & { bids?: TakenBid[] } {
  const taken = bids?.map(({ bid, amount }) => ({ bid, amount: sameCurrency(amount, currency) }))
  return {
    ...wishesOf(wishes, currency),
    ...(startDate !== undefined && { startDate }),
    ...(taken && { bids: taken }),
  }
}

/** A bid of a set, and how much of it is taken. */
export class TakenBidResource {
  @Id('The bid')
  bid!: string

  @Id('Identity of the lender')
  lender!: string

  @Text('Pseudonym of the lender', 64, { nullable: true })
  lenderAlias!: string | null

  @Nested(() => MoneyResource, 'How much of it')
  amount!: MoneyResource

  @Ppm('The rate of this lender, a year')
  ratePpm!: number
}

/** A set of bids as one loan. */
export class ChoiceResource {
  @ListOf(() => TakenBidResource, 'The bids, in the order of their lenders')
  taken!: TakenBidResource[]

  @Nested(() => MoneyResource, 'What they come to; less than was asked when there are not bids enough')
  amount!: MoneyResource

  @Ppm('The mean of the rates by amount, rounded up: the rate of the agreement, a year')
  blendedRatePpm!: number

  @Flag('Whether no cheaper set exists; otherwise it is the best that was found in time')
  proven!: boolean

  @Nested(() => QuoteResource, 'The whole loan')
  quote!: QuoteResource
}

export function choiceResource({ taken, amount, blendedRatePpm, proven, preview }: Choice): ChoiceResource {
  const money = inCurrency(amount.currency)
  return {
    taken: taken.map(({ bid, lender, lenderAlias, amount: part, ratePpm }) => ({
      ...{ bid, lender, lenderAlias, amount: money(part), ratePpm },
    })),
    amount,
    blendedRatePpm,
    proven,
    quote: quoteResource(preview),
  }
}
