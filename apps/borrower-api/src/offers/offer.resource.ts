import { MAX_INSTALMENTS } from '#libs/money'
import type { OfferView } from '#libs/messages'
import { Currency, Flag, Id, Instant, Nested, OneOf, Text, Whole } from '../edge/fields.js'
import { inCurrency, instant, MoneyResource } from '../edge/money.js'
import { PageQuery } from '../edge/page.js'
import { TermsResource, termsResource } from './terms.resource.js'

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

  @Nested(() => TermsResource, 'What a loan under it is like')
  terms!: TermsResource

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
    terms: termsResource(terms),
    note: terms.note ?? null,
    publishedAt: instant(view.publishedAtMs),
    amendedAt: view.amendedAtMs === null ? null : instant(view.amendedAtMs),
    final: view.final,
  }
}
