import { ApiProperty } from '@nestjs/swagger'
import type { LoanInstalmentView, LoanStatus, LoanSummary, LoanView, RecordView } from '#libs/messages'
import { Day, Flag, Id, Instant, ListOf, Nested, OneOf, Ppm, Text, Texts, Whole } from '../edge/fields.js'
import { inCurrency, instant, MoneyResource } from '../edge/money.js'
import { PageQuery } from '../edge/page.js'
import { CostResource, costResource, MAX_INSTALMENTS } from '../offers/offer.resource.js'

const STATUSES: readonly LoanStatus[] = ['proposed', 'declined', 'lapsed', 'agreed', 'active', 'in_arrears', 'closed']
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

/** Why an agreement is not signed. */
export class DeclineRequest {
  @Text('Why; the lender reads it', 500, { minLength: 1 })
  reason!: string
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

  @Nested(() => MoneyResource, 'Principal, interest and fees that are still to be paid')
  outstanding!: MoneyResource

  @Whole('Since the oldest unpaid due date', 0, MANY)
  daysPastDue!: number

  @Nested(() => NextDueResource, 'The next instalment that is not paid', { nullable: true })
  nextDue!: NextDueResource | null

  @Instant('When the lender proposed it')
  proposedAt!: string

  @Instant('Until when a proposal can be signed')
  expiresAt!: string

  @Flag('Whether all its records are certified by a quorum of witnesses')
  final!: boolean
}

/** One signed instalment and how far it is paid. */
export class LoanInstalmentResource {
  @Whole('1, 2, 3 …', 1, MAX_INSTALMENTS)
  number!: number

  @Day('When it is due')
  dueDate!: string

  @Nested(() => MoneyResource, 'Principal')
  principal!: MoneyResource

  @Nested(() => MoneyResource, 'Interest')
  interest!: MoneyResource

  @Nested(() => MoneyResource, 'Fees')
  fees!: MoneyResource

  @Nested(() => MoneyResource, 'Sum of the three')
  total!: MoneyResource

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

/** Amounts by what they are for. */
export class PartsResource {
  @Nested(() => MoneyResource, 'Principal')
  principal!: MoneyResource

  @Nested(() => MoneyResource, 'Interest')
  interest!: MoneyResource

  @Nested(() => MoneyResource, 'Fees')
  fees!: MoneyResource
}

/** What a borrower can do with a loan now: names of operations of this API. */
const OPERATIONS: Readonly<Record<string, string>> = {
  'loans.sign': 'signLoan',
  'loans.decline': 'declineLoan',
  'payments.send': 'reportPayment',
  'payments.confirm': 'confirmDisbursement',
}

/** A loan with its terms, schedule and standing. */
export class LoanResource extends LoanSummaryResource {
  @Id('The application that it answers', { nullable: true })
  application!: string | null

  @Id('The offer that it is under', { nullable: true })
  offer!: string | null

  @Day('The day that the figures are for')
  asOf!: string

  @Text('How the principal is repaid', 32)
  method!: string

  @Text('Day count of interest', 32)
  dayCount!: string

  @Day('When interest begins')
  startDate!: string

  @Whole('Days after a due date on which nothing counts as late yet', 0, 366)
  graceDays!: number

  @Text('What for', 2000)
  purpose!: string

  @ListOf(() => SignatureResource, 'Who must sign, and who did')
  signatures!: SignatureResource[]

  @Nested(() => ConclusionResource, 'Null until all have signed', { nullable: true })
  conclusion!: ConclusionResource | null

  @ListOf(() => LoanInstalmentResource, 'Every instalment, as signed')
  schedule!: LoanInstalmentResource[]

  @Nested(() => CostResource, 'What it costs')
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

  @Texts('What can be done now: ids of operations of this API')
  may!: string[]
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

export function loanResource(view: LoanView): LoanResource {
  const { currency } = view.principal
  const money = inCurrency(currency)
  const parts = (of: { principal: number; interest: number; fees: number }): PartsResource => ({
    principal: money(of.principal),
    interest: money(of.interest),
    fees: money(of.fees),
  })
  const { conclusion } = view
  return {
    ...loanSummaryResource(view),
    application: view.application,
    offer: view.offer,
    asOf: view.asOf,
    method: view.terms.loan.method,
    dayCount: view.terms.loan.dayCount ?? 'equal periods',
    startDate: view.terms.loan.startDate,
    graceDays: view.terms.loan.arrears?.graceDays ?? 0,
    purpose: view.purpose,
    signatures: view.signatures.map(({ identity, signedAtMs }) => ({
      identity,
      signedAt: signedAtMs === null ? null : instant(signedAtMs),
    })),
    conclusion: conclusion && { id: conclusion.id, at: instant(conclusion.atMs), final: conclusion.final },
    schedule: view.schedule.map((row) => ({
      number: row.number,
      dueDate: row.dueDate,
      ...parts(row),
      total: money(row.total),
      paid: money(row.paid),
      outstanding: money(row.outstanding),
      state: row.state,
      paidOn: row.paidOn,
    })),
    cost: costResource(view.cost, currency),
    disbursed: money(view.disbursed),
    paid: parts(view.paid),
    outstandingParts: parts(view.outstandingParts),
    accruedInterest: money(view.accruedInterest),
    overdue: money(view.overdue),
    overpaid: money(view.overpaid),
    may: view.may.flatMap((message) => OPERATIONS[message] ?? []),
  }
}

/** A signed record of a loan. */
export class RecordResource {
  @Id('Its id: SHA-256 of its header')
  id!: string

  @Id('Who signed it')
  author!: string

  @Text('Pseudonym of the author', 64, { nullable: true })
  authorAlias!: string | null

  @Whole('Its place in the log of the author', 0, MANY)
  seq!: number

  @Text('What it says, as `payment.confirmed`', 64)
  kind!: string

  @Instant('By the clock of the author')
  at!: string

  @Texts('Ids of records of others that it rests on')
  refs!: string[]

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'The body; null when it is not held here',
  })
  body!: unknown

  @Text('Why it has no effect; null when it has one', 200, { nullable: true })
  void!: string | null

  @OneOf(['stored', 'final'], '`final`: certified by a quorum of witnesses, and so is all that it rests on')
  finality!: 'stored' | 'final'
}

/** The records of a loan, in canonical order. */
export class TimelineResource {
  @ListOf(() => RecordResource, 'The records')
  items!: RecordResource[]
}

export function recordResource(view: RecordView): RecordResource {
  return {
    id: view.id,
    author: view.author,
    authorAlias: view.authorAlias,
    seq: view.seq,
    kind: view.kind,
    at: instant(view.atMs),
    refs: view.refs,
    body: view.body,
    void: view.void,
    finality: view.finality,
  }
}
