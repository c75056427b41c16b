import { MAX_INSTALMENTS } from '#libs/money'
import type { AttestedFact, OfferView } from '#libs/messages'
import { Currency, Flag, Id, Instant, ListOf, Nested, OneOf, Text, Texts, Whole } from '../edge/fields.js'
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

/** A fact that verifiers must have attested. */
export class RequiredAttestationResource {
  @OneOf(['identity', 'incomeBand', 'membership'], 'Which fact')
  what!: AttestedFact

  @Whole('At least this level: 1 known to the verifier, 2 seen in documents, 3 checked at the source', 1, 3)
  level!: number

  @Texts('By one of these verifiers, each by its key; none: by any member')
  from!: string[]
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

  @ListOf(() => RequiredAttestationResource, 'What one must have been attested to apply')
  requires!: RequiredAttestationResource[]

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
    requires: (terms.requires ?? []).map(({ what, level, from }) => ({ what, level, from: from ?? [] })),
    note: terms.note ?? null,
    publishedAt: instant(view.publishedAtMs),
    amendedAt: view.amendedAtMs === null ? null : instant(view.amendedAtMs),
    final: view.final,
  }
}
