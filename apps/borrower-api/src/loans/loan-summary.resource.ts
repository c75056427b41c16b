import { MAX_INSTALMENTS } from '#libs/money'
import type { LoanStatus, LoanSummary } from '#libs/messages'
import { Day, Flag, Id, Instant, Nested, OneOf, Ppm, Text, Whole } from '../edge/fields.js'
import { inCurrency, instant, MoneyResource } from '../edge/money.js'
import { PageQuery } from '../edge/page.js'

const STATUSES: readonly LoanStatus[] = [
  ...(['proposed', 'declined', 'lapsed', 'agreed', 'active', 'in_arrears'] as const),
  ...(['defaulted', 'recovering', 'cancelled', 'closed'] as const),
]
const MANY = Number.MAX_SAFE_INTEGER

/** Which loans. */
export class LoanQuery extends PageQuery {
  @OneOf(STATUSES, 'Only those that are so', { optional: true })
  status?: LoanStatus
}

/** The loan that a path names. */
export class LoanPath {
  @Id('Id of the loan')
  loan!: string
}

/** The day that figures are for. */
export class AsOfQuery {
  @Day('As it stands at the end of this day; today when not given', { optional: true })
  asOf?: string
}

/** What is due next. */
export class NextDueResource {
  @Day('When')
  date!: string

  @Nested(() => MoneyResource, 'How much')
  amount!: MoneyResource
}

/** A loan in a list. */
export class LoanSummaryResource {
  @Id('Its id')
  id!: string

  @OneOf(STATUSES, 'Where it stands')
  status!: LoanStatus

  @Id('Identity of the lender')
  lender!: string

  @Text('Pseudonym of the lender', 64, { nullable: true })
  lenderAlias!: string | null

  @Nested(() => MoneyResource, 'What is lent')
  principal!: MoneyResource

  @Ppm('Interest a year')
  annualRatePpm!: number

  @Whole('How many', 1, MAX_INSTALMENTS)
  instalments!: number

  @Nested(() => MoneyResource, 'All that is still to be paid')
  outstanding!: MoneyResource

  @Whole('Since the oldest unpaid due date', 0, MANY)
  daysPastDue!: number

  @Nested(() => NextDueResource, 'The next instalment that is not paid', { nullable: true })
  nextDue!: NextDueResource | null

  @Instant('When it was proposed')
  proposedAt!: string

  @Instant('Until when a proposal can be signed')
  expiresAt!: string

  @Flag('Whether all its records are certified by a quorum of witnesses')
  final!: boolean
}

export function loanSummaryResource(view: LoanSummary): LoanSummaryResource {
  const money = inCurrency(view.principal.currency)
  return {
    id: view.id,
    status: view.status,
    lender: view.lender,
    lenderAlias: view.lenderAlias,
    principal: view.principal,
    annualRatePpm: view.annualRatePpm,
    instalments: view.instalments,
    outstanding: money(view.outstanding),
    daysPastDue: view.daysPastDue,
    nextDue: view.nextDue && { date: view.nextDue.date, amount: money(view.nextDue.amount) },
    proposedAt: instant(view.proposedAtMs),
    expiresAt: instant(view.expiresAtMs),
    final: view.final,
  }
}
