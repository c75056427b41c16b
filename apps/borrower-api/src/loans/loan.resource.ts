import { MAX_INSTALMENTS } from '#libs/money'
import type { AgreedTermsView, LoanInstalmentView, LoanView } from '#libs/messages'
import { Day, Flag, Id, Instant, ListOf, Nested, OneOf, Ppm, Text, Texts, Whole } from '../edge/fields.js'
import { inCurrency, instant, MoneyResource } from '../edge/money.js'
import { CostResource, costResource, PayoutResource, payoutResource } from '../offers/quote.resource.js'
import { TermsResource, termsResource, TrancheResource } from '../offers/terms.resource.js'
import { RestructuringResource, restructuringResources } from '../servicing/restructuring.resource.js'
import { ServicingResource, servicingResource } from '../servicing/servicing.resource.js'
import { AdoptedResource, adoptedResource } from './adopted.resource.js'
import { LoanSummaryResource, loanSummaryResource } from './loan-summary.resource.js'
import { PartsResource, partsResource } from './parts.resource.js'

/** Why an agreement is not signed. */
export class DeclineRequest {
  @Text('Why; the lender reads it', 500, { minLength: 1 })
  reason!: string
}

/** One row of the table in force and how far it is paid. */
export class LoanInstalmentResource extends PartsResource {
  @Whole('1, 2, 3 …', 1, Number.MAX_SAFE_INTEGER)
  number!: number

  @OneOf(['instalment', 'downPayment', 'afterwards'], '`afterwards`: fell due outside of the signed table')
  kind!: LoanInstalmentView['kind']

  @Day('When it is due')
  dueDate!: string

  @Nested(() => MoneyResource, 'Of it paid')
  paid!: MoneyResource

  @Nested(() => MoneyResource, 'Of it not paid')
  outstanding!: MoneyResource

  @OneOf(['paid', 'partly_paid', 'due', 'overdue', 'upcoming'], 'How far it is paid')
  state!: LoanInstalmentView['state']

  @Day('When the last of it was paid', { nullable: true })
  paidOn!: string | null
}

/** A party's signature under the agreement. */
export class SignatureResource {
  @Id('The party')
  identity!: string

  @Instant('When it signed; null before', { nullable: true })
  signedAt!: string | null
}

/** The record that made the agreement a loan. */
export class ConclusionResource {
  @Id('Id of the record')
  id!: string

  @Instant('When')
  at!: string

  @Flag('Certified by a quorum of witnesses: only then should money be sent')
  final!: boolean
}

/** Days without interest. */
export class InterestPauseResource {
  @Day('From this day')
  from!: string

  @Day('Up to the day before this one')
  to!: string
}

/** All that is agreed beside the rows of the table. */
export class AgreedTermsResource extends TermsResource {
  @Day('When interest begins')
  startDate!: string

  @Whole('How many instalments', 1, MAX_INSTALMENTS)
  instalments!: number

  @Day('The first due date where the first period is shorter or longer', { nullable: true })
  firstDueDate!: string | null

  @ListOf(() => InterestPauseResource, 'Days without interest')
  interestPauses!: InterestPauseResource[]

  @ListOf(() => TrancheResource, 'The parts that the money comes in; empty: all at once')
  tranches!: TrancheResource[]

  @Whole('A payment counts from the day it was sent if it was received at most so many days later', 0, 366)
  railDays!: number

  @Whole('Days after which a payment that the lender does not answer no longer counts as late', 0, 366)
  answerDays!: number
}

/** A lender and the own share. */
export class LoanLenderResource {
  @Id('The lender')
  identity!: string

  @Text('Pseudonym of the lender', 64, { nullable: true })
  alias!: string | null

  @Nested(() => MoneyResource, 'The share')
  share!: MoneyResource

  @Ppm('The rate of this share, a year')
  ratePpm!: number
}

/** What a borrower can do with a loan now: names of operations of this API. */
const OPERATIONS: Readonly<Record<string, string>> = {
  'loans.sign': 'signLoan',
  'loans.decline': 'declineLoan',
  'loans.cancel': 'cancelLoan',
  'loans.settlement': 'getSettlement',
  'loans.proposeChange': 'proposeRestructuring',
  'payments.send': 'reportPayment',
  'payments.confirm': 'confirmDisbursement',
}

/** A loan with its terms, schedule and standing. */
export class LoanResource extends LoanSummaryResource {
  @Id('The application that it answers', { nullable: true })
  application!: string | null

  @Id('The offer that it is under', { nullable: true })
  offer!: string | null

  @Id('The request that it answers otherwise', { nullable: true })
  request!: string | null

  @Nested(() => AdoptedResource, 'Of a loan that ran before: what it was taken over at', { nullable: true })
  adopted!: AdoptedResource | null

  @ListOf(() => LoanLenderResource, 'Who lends how much; note k is the k-th one’s')
  lenders!: LoanLenderResource[]

  @Id('Who collects once for all lenders and passes on', { nullable: true })
  servicer!: string | null

  @Day('The day that the figures are for')
  asOf!: string

  @Nested(() => AgreedTermsResource, 'All terms, as they are signed')
  terms!: AgreedTermsResource

  @Text('What for', 2000)
  purpose!: string

  @Texts('What to look at before signing: `table_does_not_follow_from_terms`')
  warnings!: string[]

  @ListOf(() => SignatureResource, 'Who must sign, and who did')
  signatures!: SignatureResource[]

  @Nested(() => ConclusionResource, 'Null until all have signed', { nullable: true })
  conclusion!: ConclusionResource | null

  @ListOf(() => LoanInstalmentResource, 'The table in force: as signed, with every change that both signed since')
  schedule!: LoanInstalmentResource[]

  @ListOf(() => PayoutResource, 'What is to be paid out when')
  payouts!: PayoutResource[]

  @Nested(() => CostResource, 'What it costs, as it was signed')
  cost!: CostResource

  @Nested(() => MoneyResource, 'Principal that the borrower confirmed to have received')
  disbursed!: MoneyResource

  @Nested(() => PartsResource, 'What was paid')
  paid!: PartsResource

  @Nested(() => PartsResource, 'What is still to be paid')
  outstandingParts!: PartsResource

  @Nested(() => MoneyResource, 'Interest since the last due date')
  accruedInterest!: MoneyResource

  @Nested(() => MoneyResource, 'Due and not paid')
  overdue!: MoneyResource

  @Nested(() => MoneyResource, 'Paid and not owed')
  overpaid!: MoneyResource

  @Nested(() => ServicingResource, 'What became of it after the agreement')
  servicing!: ServicingResource

  @ListOf(() => RestructuringResource, 'Changes of the table that were asked for, and what became of them')
  restructurings!: RestructuringResource[]

  @Texts('What can be done now: ids of operations of this API')
  may!: string[]
}

export function loanResource(view: LoanView): LoanResource {
  const { currency } = view.principal
  const money = inCurrency(currency)
  const { conclusion } = view
  return {
    ...loanSummaryResource(view),
    application: view.application,
    offer: view.offer,
    request: view.request,
    adopted: view.adopted && adoptedResource(view.adopted, currency),
    lenders: view.lenders.map(({ identity, alias, share, ratePpm }) => ({
      ...{ identity, alias, ratePpm, share: money(share) },
    })),
    servicer: view.terms.servicer,
    asOf: view.asOf,
    terms: agreedTermsResource(view.terms),
    purpose: view.purpose,
    warnings: view.warnings ?? [],
    signatures: view.signatures.map(({ identity, signedAtMs }) => ({
      identity,
      signedAt: signedAtMs === null ? null : instant(signedAtMs),
    })),
    conclusion: conclusion && { id: conclusion.id, at: instant(conclusion.atMs), final: conclusion.final },
    schedule: view.schedule.map((row) => instalmentResource(row, currency)),
    payouts: view.payouts.map((payout) => payoutResource(payout, currency)),
    cost: costResource(view.cost, currency),
    disbursed: money(view.disbursed),
    paid: partsResource(view.paid, currency),
    outstandingParts: partsResource(view.outstandingParts, currency),
    accruedInterest: money(view.accruedInterest),
    overdue: money(view.overdue),
    overpaid: money(view.overpaid),
    servicing: servicingResource(view, currency),
    restructurings: restructuringResources(view.changes, currency),
    may: view.may.flatMap((message) => OPERATIONS[message] ?? []),
  }
}

function instalmentResource(row: LoanInstalmentView, currency: string): LoanInstalmentResource {
  const money = inCurrency(currency)
  return {
    number: row.number,
    kind: row.kind,
    dueDate: row.dueDate,
    ...partsResource(row, currency),
    paid: money(row.paid),
    outstanding: money(row.outstanding),
    state: row.state,
    paidOn: row.paidOn,
  }
}

function agreedTermsResource({ loan, arbiter, tranches, ...view }: AgreedTermsView): AgreedTermsResource {
  const { eventCharges, coolingOffDays, defaultAfterDays, railDays, answerDays } = view
  const money = inCurrency(loan.currency)
  const besides = { eventCharges, coolingOffDays, defaultAfterDays, ...(arbiter !== null && { arbiter }) }
  return {
    ...termsResource({ ...loan, ...besides }),
    startDate: loan.startDate,
    instalments: loan.instalments,
    firstDueDate: loan.firstDueDate ?? null,
    interestPauses: loan.interestPauses ?? [],
    tranches: (tranches ?? []).map(([date, amount]) => ({ date, amount: money(amount) })),
    railDays,
    answerDays,
  }
}
