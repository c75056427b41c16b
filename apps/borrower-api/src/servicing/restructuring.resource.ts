/** Changes of a loan's table that both parties sign. */
import { MAX_INSTALMENTS } from '#libs/money'
import type { AnswerOf, ChangedRow, LoanChange, LoanChangeView } from '#libs/messages'
import { Day, Id, Instant, ListOf, Nested, OneOf, Ppm, Text, Texts, Whole } from '../edge/fields.js'
import { inCurrency, instant, MoneyResource } from '../edge/money.js'
import { asked } from '../edge/page.js'
import { LoanPath } from '../loans/loan-summary.resource.js'
import { PeriodResource } from '../offers/terms.resource.js'

/** The change that a path names. */
export class RestructuringPath extends LoanPath {
  @Id('Id of the restructuring')
  restructuring!: string
}

/** One change of the table. Which members belong to it follows from `type`. */
export class ChangeResource {
  @OneOf(
    ['reschedule', 'reamortise', 'reage', 'interestPause'],
    '`reschedule`: instalments move, pause their principal, become more, or bear another rate. `reamortise`: unpaid ' +
      'principal goes in equal parts onto later instalments. `reage`: all of it into a new table. `interestPause`: days ' +
      'without interest',
  )
  type!: LoanChange['type']

  @Day('reschedule: the instalment that it begins with. interestPause: the first day', { optional: true })
  from?: string

  @Day('interestPause: the day on which interest runs again', { optional: true })
  to?: string

  @Day('reschedule: when that instalment is to be due instead', { optional: true })
  newDueDate?: string

  @Whole('reschedule: so many instalments without principal', 1, MAX_INSTALMENTS, { optional: true })
  principalGraceInstalments?: number

  @Whole('reschedule: so many instalments more', 1, MAX_INSTALMENTS, { optional: true })
  extraInstalments?: number

  @Ppm('reschedule: another rate a year', { optional: true })
  annualRatePpm?: number

  @Day('reage: when the first new instalment is due', { optional: true })
  firstDue?: string

  @Nested(() => PeriodResource, 'reage: from one to the next', { optional: true })
  every?: PeriodResource

  @Whole('reage: how many', 1, MAX_INSTALMENTS, { optional: true })
  instalments?: number
}

/** What a change would make. */
export class PreviewRestructuringRequest {
  @Nested(() => ChangeResource, 'What is to change')
  change!: ChangeResource

  @Day('From when; today when not given', { optional: true })
  effectiveOn?: string
}

/** What a borrower asks the lender to agree to. It is signed by asking. */
export class RestructuringRequest extends PreviewRestructuringRequest {
  @Text('Why, for example hardship. Public: no names, no contacts', 500, { minLength: 1 })
  reason!: string

  @Whole('Hours in which the lender may sign; 168 when not given', 1, 720, { optional: true })
  expiresInHours?: number
}

/** Why a change is not signed. */
export class DeclineRestructuringRequest {
  @Text('Why; the lender reads it', 500, { minLength: 1 })
  reason!: string
}

/** A row of a table that a change makes. */
export class ChangedRowResource {
  @Day('When it is due')
  dueDate!: string

  @Nested(() => MoneyResource, 'Principal')
  principal!: MoneyResource

  @Nested(() => MoneyResource, 'Interest')
  interest!: MoneyResource

  @Nested(() => MoneyResource, 'Fees and penalties')
  fees!: MoneyResource
}

/** Who signed a change. */
export class ChangeSignatureResource {
  @Id('The party')
  identity!: string

  @Instant('When it signed; null before', { nullable: true })
  signedAt!: string | null
}

/** A change that was asked for, and what became of it. */
export class RestructuringResource {
  @Id('Its id')
  id!: string

  @Id('Who asked for it')
  by!: string

  @Nested(() => ChangeResource, 'What is to change')
  change!: ChangeResource

  @Day('From when')
  effectiveOn!: string

  @Text('Why', 2000)
  reason!: string

  @ListOf(() => ChangedRowResource, 'The table that is signed for')
  table!: ChangedRowResource[]

  @OneOf(['proposed', 'declined', 'lapsed', 'concluded'], 'In force once it is concluded')
  status!: LoanChangeView['status']

  @ListOf(() => ChangeSignatureResource, 'Who must sign, and who did')
  signatures!: ChangeSignatureResource[]

  @Text('Why it was declined', 2000, { nullable: true })
  declinedBecause!: string | null

  @Instant('Until when it can be signed')
  expiresAt!: string

  @Text('Why it could not take effect', 200, { nullable: true })
  withoutEffect!: string | null

  @Texts('What can be done now: ids of operations of this API')
  may!: string[]
}

/** The changes of a loan. */
export class RestructuringsResource {
  @ListOf(() => RestructuringResource, 'All of them, oldest first')
  items!: RestructuringResource[]
}

/** The table in force, and the one that a change would make. */
export class RestructuringPreviewResource {
  @Day('From when')
  effectiveOn!: string

  @ListOf(() => ChangedRowResource, 'As it is')
  before!: ChangedRowResource[]

  @ListOf(() => ChangedRowResource, 'As it would be')
  after!: ChangedRowResource[]

  @Nested(() => MoneyResource, 'All that is unpaid now')
  outstandingBefore!: MoneyResource

  @Nested(() => MoneyResource, 'All that would be unpaid')
  outstandingAfter!: MoneyResource
}

const OPERATIONS: Readonly<Record<string, string>> = {
  'loans.signChange': 'signRestructuring',
  'loans.declineChange': 'declineRestructuring',
}

export function restructuringResource(view: LoanChangeView, currency: string): RestructuringResource {
  return {
    id: view.id,
    by: view.by,
    change: view.change,
    effectiveOn: view.effectiveOn,
    reason: view.reason,
    table: view.table.map((row) => rowResource(row, currency)),
    status: view.status,
    signatures: view.signatures.map(({ identity, signedAtMs }) => ({
      identity,
      signedAt: signedAtMs === null ? null : instant(signedAtMs),
    })),
    declinedBecause: view.declinedBecause,
    expiresAt: instant(view.expiresAtMs),
    withoutEffect: view.withoutEffect,
    may: view.may.flatMap((message) => OPERATIONS[message] ?? []),
  }
}

/** All changes of a loan, oldest first: asking is signing, so the first signature says when. */
export function restructuringResources(views: readonly LoanChangeView[], currency: string): RestructuringResource[] {
  const askedAt = ({ by, signatures }: LoanChangeView): number =>
    signatures.find(({ identity }) => identity === by)?.signedAtMs ?? 0
  return [...views].sort((a, b) => askedAt(a) - askedAt(b)).map((view) => restructuringResource(view, currency))
}

type Preview = Exclude<AnswerOf<'loans.previewChange'>, { refused: string }>

export function restructuringPreviewResource(view: Preview, currency: string): RestructuringPreviewResource {
  const money = inCurrency(currency)
  return {
    effectiveOn: view.effectiveOn,
    before: view.before.map((row) => rowResource(row, currency)),
    after: view.after.map((row) => rowResource(row, currency)),
    outstandingBefore: money(view.outstandingBefore),
    outstandingAfter: money(view.outstandingAfter),
  }
}

function rowResource([dueDate, principal, interest, fees]: ChangedRow, currency: string): ChangedRowResource {
  const money = inCurrency(currency)
  return { dueDate, principal: money(principal), interest: money(interest), fees: money(fees) }
}

/**
 * A change as messages carry it. The node refuses one whose members don't belong to its type, so nothing of what was sent is left
 * out.
 */
export function changeOf(change: ChangeResource): LoanChange {
  return asked(change) as LoanChange
}
