/** What a borrower asks lenders for. */
import { DAY_COUNTS, MAX_INSTALMENTS, METHODS } from '#libs/money'
import type { RequestStatus, RequestTerms, RequestView } from '#libs/messages'
import { Flag, Id, Instant, InstantInUtc, Nested, OneOf, Ppm, Text, Whole } from '../edge/fields.js'
import { inCurrency, instant, MoneyResource, PositiveMoney, sameCurrency } from '../edge/money.js'
import { asked, PageQuery } from '../edge/page.js'
import { PeriodResource, TermsResource, termsResource } from '../offers/terms.resource.js'

const STATUSES: readonly RequestStatus[] = ['open', 'withdrawn', 'proposed', 'agreed']
/** Those that make a table by themselves. */
const METHODS_ASKED = METHODS.filter((method) => method !== 'ownTable')
const HIGHEST_RATE = 10_000_000

/** Which requests. */
export class RequestQuery extends PageQuery {
  @OneOf(STATUSES, 'Only those that are so', { optional: true })
  status?: RequestStatus
}

/** The request that a path names. */
export class RequestPath {
  @Id('Id of the request')
  request!: string
}

/** What is asked for. The agreement will have these terms, and the rate that the bids blend to. */
export class PublishRequest {
  @Nested(() => PositiveMoney, 'How much')
  amount!: PositiveMoney

  @Nested(() => PositiveMoney, 'The least that must come together; all of it when not given', { optional: true })
  leastAmount?: PositiveMoney

  @Whole('How many instalments', 1, MAX_INSTALMENTS)
  instalments!: number

  @Nested(() => PeriodResource, 'From one instalment to the next')
  every!: PeriodResource

  @OneOf(METHODS_ASKED, 'How the principal is repaid')
  method!: RequestTerms['method']

  @OneOf(DAY_COUNTS, 'Interest by actual days; each period the same part of a year when not given', { optional: true })
  dayCount?: NonNullable<RequestTerms['dayCount']>

  @Whole('No bid may ask a higher rate: parts per million a year', 0, HIGHEST_RATE)
  highestRatePpm!: number

  @Text('What for. Public: no names, no contacts', 500, { minLength: 1 })
  purpose!: string

  @InstantInUtc('Until when lenders can bid')
  closesAt!: string

  @Whole('Days after the conclusion on which you may withdraw', 0, 60, { optional: true })
  coolingOffDays?: number

  @Whole('Days past due from which default may be declared', 1, 366, { optional: true })
  defaultAfterDays?: number

  @Id('Who may rule on payments and reversals', { optional: true })
  arbiter?: string

  @Id('Who collects once for all lenders and passes on', { optional: true })
  servicer?: string
}

/** Terms as messages carry them. Refuses currency_differs. */
export function requestTerms({ amount, leastAmount = amount, closesAt, ...said }: PublishRequest): RequestTerms {
  const { currency } = amount
  return {
    ...asked(said),
    ...{
      currency,
      amount: amount.amount,
      leastAmount: sameCurrency(leastAmount, currency),
      closesAt: Date.parse(closesAt),
    },
  }
}

/** A request of this account's identity. */
export class RequestResource {
  @Id('Its id')
  id!: string

  @OneOf(STATUSES, '`proposed`: an agreement waits for signatures. `agreed`: it is a loan')
  status!: RequestStatus

  @Nested(() => MoneyResource, 'How much')
  amount!: MoneyResource

  @Nested(() => MoneyResource, 'The least that must come together')
  leastAmount!: MoneyResource

  @Whole('How many instalments', 1, MAX_INSTALMENTS)
  instalments!: number

  @Ppm('The highest rate that a bid may ask, a year')
  highestRatePpm!: number

  @Nested(() => TermsResource, 'All terms; `annualRatePpm` is the highest that it may be')
  terms!: TermsResource

  @Id('Who collects once for all lenders and passes on', { nullable: true })
  servicer!: string | null

  @Text('What for', 2000)
  purpose!: string

  @Instant('Until when lenders can bid')
  closesAt!: string

  @Flag('Whether lenders can bid now')
  biddable!: boolean

  @Whole('Bids that can be taken now', 0, Number.MAX_SAFE_INTEGER)
  bids!: number

  @Nested(() => MoneyResource, 'What they come to')
  bidAmount!: MoneyResource

  @Id('The loan that was proposed for it', { nullable: true })
  loan!: string | null

  @Instant('When it was published')
  publishedAt!: string

  @Flag('Certified by a quorum of witnesses')
  final!: boolean
}

export function requestResource(view: RequestView): RequestResource {
  const { terms } = view
  const money = inCurrency(terms.currency)
  return {
    id: view.id,
    status: view.status,
    amount: money(terms.amount),
    leastAmount: money(terms.leastAmount),
    instalments: terms.instalments,
    highestRatePpm: terms.highestRatePpm,
    terms: termsResource({ ...terms, annualRatePpm: terms.highestRatePpm }),
    servicer: terms.servicer ?? null,
    purpose: terms.purpose,
    closesAt: instant(terms.closesAt),
    biddable: view.biddable,
    bids: view.bids,
    bidAmount: money(view.bidAmount),
    loan: view.loan,
    publishedAt: instant(view.publishedAtMs),
    final: view.final,
  }
}
