import type { PaymentView, Rail } from '#libs/messages'
import { Day, Flag, Id, Instant, Nested, OneOf, Text, Texts } from '../edge/fields.js'
import { inCurrency, instant, MoneyResource, PositiveMoney } from '../edge/money.js'
import { PageQuery } from '../edge/page.js'
import { LoanPath } from '../loans/loan-summary.resource.js'
import { PayeeResource } from '../payees/payee.resource.js'

const RAILS: readonly Rail[] = ['bank', 'mobile-money', 'cash', 'bitcoin', 'other']
const STATUSES: readonly PaymentView['status'][] = ['sent', 'confirmed', 'refused', 'established', 'reversed']

/** Which payments of a loan. */
export class PaymentQuery extends PageQuery {
  @OneOf(STATUSES, 'Only those that are so', { optional: true })
  status?: PaymentView['status']
}

/** The payment that a path names. */
export class PaymentPath {
  @Id('Id of the payment')
  payment!: string
}

/** The payment of a loan that a path names. */
export class LoanPaymentPath extends LoanPath {
  @Id('Id of the payment')
  payment!: string
}

/** What a borrower says to have paid. */
export class ReportPaymentRequest {
  @Nested(() => PositiveMoney, 'How much, in the currency of the loan')
  amount!: PositiveMoney

  @OneOf(RAILS, 'By what way')
  rail!: Rail

  @Day('The day of the transfer; today when not given', { optional: true })
  valueDate?: string

  @Text('The reference of the transfer', 140, { optional: true, minLength: 1 })
  reference?: string

  @Flag('Meant to settle the loan, with the amount of `getSettlement` for its day', { optional: true })
  settles?: boolean
}

/** What arrived of a payment that the lender reported. */
export class ConfirmPaymentRequest {
  @Nested(() => PositiveMoney, 'What arrived; may differ from what was said')
  amount!: PositiveMoney

  @Day('When it arrived; today when not given', { optional: true })
  receivedOn?: string
}

/** What arrived without the lender having said so. */
export class ConfirmDisbursementRequest {
  @Nested(() => PositiveMoney, 'What arrived, in the currency of the loan')
  amount!: PositiveMoney

  @OneOf(RAILS, 'By what way', { optional: true })
  rail?: Rail

  @Day('When it arrived; today when not given', { optional: true })
  receivedOn?: string
}

/** Why a payment is refused. */
export class RefusePaymentRequest {
  @Text('Why: it did not come, or is not for this', 500, { minLength: 1 })
  reason!: string
}

/** How a repayment was divided. */
export class AllocationResource {
  @Nested(() => MoneyResource, 'To principal')
  principal!: MoneyResource

  @Nested(() => MoneyResource, 'To interest')
  interest!: MoneyResource

  @Nested(() => MoneyResource, 'To fees')
  fees!: MoneyResource

  @Nested(() => MoneyResource, 'To penalties')
  penalties!: MoneyResource

  @Nested(() => MoneyResource, 'More than was owed')
  overpaid!: MoneyResource
}

export function allocationResource(
  allocation: NonNullable<PaymentView['allocation']>,
  currency: string,
): AllocationResource {
  const money = inCurrency(currency)
  return {
    principal: money(allocation.principal),
    interest: money(allocation.interest),
    fees: money(allocation.fees),
    penalties: money(allocation.penalties),
    overpaid: money(allocation.overpaid),
  }
}

/** A movement of money in a loan. */
export class PaymentResource {
  @Id('Its id')
  id!: string

  @Id('The loan')
  loan!: string

  @OneOf(
    ['disbursement', 'repayment', 'guarantee', 'recourse', 'purchase', 'passOn'],
    'The lender pays out, the borrower pays back; a guarantor pays in the borrower’s place and is paid back; owners of notes among themselves',
  )
  purpose!: PaymentView['purpose']

  @Id('Who pays')
  payer!: string

  @Id('Who is paid')
  payee!: string

  @Nested(() => MoneyResource, 'What the payer said')
  amount!: MoneyResource

  @Day('The day that counts')
  valueDate!: string

  @OneOf(RAILS, 'By what way')
  rail!: Rail

  @Text('Reference of the transfer', 140)
  reference!: string

  @OneOf(STATUSES, 'What the payee confirmed counts, or what the arbiter established; not what was reversed')
  status!: PaymentView['status']

  @Flag('Meant to settle the loan')
  settles!: boolean

  @Text('What the payee said', 2000, { nullable: true })
  refusedBecause!: string | null

  @Nested(() => MoneyResource, 'What the payee confirmed', { nullable: true })
  confirmedAmount!: MoneyResource | null

  @Nested(() => AllocationResource, 'How a confirmed repayment was divided', { nullable: true })
  allocation!: AllocationResource | null

  @Nested(() => MoneyResource, 'What of it is owed again')
  chargedBack!: MoneyResource

  @Id('A reversal that waits for its acceptance', { nullable: true })
  reversal!: string | null

  @Texts('Ids of its signed records')
  records!: string[]

  @Instant('When it became known')
  at!: string

  @Texts('What can be done now: ids of operations of this API')
  may!: string[]
}

const OPERATIONS: Readonly<Record<string, string>> = {
  'payments.confirm': 'confirmPayment',
  'payments.refuse': 'refusePayment',
  'payments.acceptReversal': 'acceptReversal',
}

export function paymentResource(view: PaymentView): PaymentResource {
  const money = inCurrency(view.amount.currency)
  const { allocation } = view
  return {
    id: view.id,
    loan: view.loan,
    purpose: view.purpose,
    payer: view.payer,
    payee: view.payee,
    amount: view.amount,
    valueDate: view.valueDate,
    rail: view.rail,
    reference: view.reference,
    status: view.status,
    settles: view.settles,
    refusedBecause: view.refusedBecause,
    confirmedAmount: view.confirmedAmount === null ? null : money(view.confirmedAmount),
    allocation: allocation && allocationResource(allocation, view.amount.currency),
    chargedBack: money(view.chargedBack),
    reversal: view.reversal,
    records: view.records,
    at: instant(view.atMs),
    may: view.may.flatMap((message) => OPERATIONS[message] ?? []),
  }
}

/** Where and how to pay what is due. */
export class InstructionsResource {
  @Id('The loan')
  loan!: string

  @Id('Whom to pay')
  payee!: string

  @Nested(() => MoneyResource, 'What is due')
  amount!: MoneyResource

  @Day('Until when; null when nothing is to be paid any more', { nullable: true })
  dueDate!: string | null

  @Text('ISO 11649 creditor reference to put on the transfer', 35)
  reference!: string

  @Nested(() => PayeeResource, 'Where to pay; null when the payee has not said so here', { nullable: true })
  details!: PayeeResource | null
}
