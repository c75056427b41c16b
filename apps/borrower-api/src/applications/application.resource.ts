import type { ApplicationView } from '#libs/messages'
import { MAX_INSTALMENTS } from '#libs/money'
import { Day, Id, Instant, ListOf, Nested, OneOf, Text, Whole } from '../edge/fields.js'
import { inCurrency, instant, MoneyResource, PositiveMoney } from '../edge/money.js'
import { PageQuery } from '../edge/page.js'
import { WishesRequest } from '../offers/quote.resource.js'
import { TrancheResource } from '../offers/terms.resource.js'

const STATUSES: readonly ApplicationView['status'][] = ['submitted', 'withdrawn', 'declined', 'proposed', 'agreed']

/** Which applications. */
export class ApplicationQuery extends PageQuery {
  @Id('Only those for this offer', { optional: true })
  offer?: string

  @OneOf(STATUSES, 'Only those that are so', { optional: true })
  status?: ApplicationView['status']
}

/** The application that a path names. */
export class ApplicationPath {
  @Id('Id of the application')
  application!: string
}

/** What a borrower asks for. */
export class ApplyRequest extends WishesRequest {
  @Id('Id of the offer')
  offer!: string

  @Nested(() => PositiveMoney, 'How much, in the currency of the offer')
  amount!: PositiveMoney

  @Whole('How many instalments', 1, MAX_INSTALMENTS)
  instalments!: number

  @Text('What for. Public: no names, no contacts', 500, { minLength: 1 })
  purpose!: string
}

/** An application of this account's identity. */
export class ApplicationResource {
  @Id('Its id')
  id!: string

  @Id('The offer')
  offer!: string

  @Id('Identity of the lender')
  lender!: string

  @Nested(() => MoneyResource, 'How much')
  amount!: MoneyResource

  @Whole('How many instalments', 1, MAX_INSTALMENTS)
  instalments!: number

  @Text('What for', 2000)
  purpose!: string

  @Day('When the first instalment is wished to be due', { nullable: true })
  firstDueDate!: string | null

  @ListOf(() => TrancheResource, 'The parts that the money is wished to come in; empty: all at once')
  tranches!: TrancheResource[]

  @OneOf(STATUSES, 'How far it is')
  status!: ApplicationView['status']

  @Text('What the lender said', 2000, { nullable: true })
  declinedBecause!: string | null

  @Id('The loan that was proposed for it', { nullable: true })
  loan!: string | null

  @Instant('When it was submitted')
  submittedAt!: string
}

export function applicationResource(view: ApplicationView): ApplicationResource {
  const money = inCurrency(view.amount.currency)
  return {
    id: view.id,
    offer: view.offer,
    lender: view.lender,
    amount: view.amount,
    instalments: view.instalments,
    purpose: view.purpose,
    firstDueDate: view.firstDueDate,
    tranches: (view.tranches ?? []).map(([date, amount]) => ({ date, amount: money(amount) })),
    status: view.status,
    declinedBecause: view.declinedBecause,
    loan: view.loan,
    submittedAt: instant(view.submittedAtMs),
  }
}
