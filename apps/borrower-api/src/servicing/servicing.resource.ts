/** What became of a loan after its agreement: charges, credits, payments taken back, default, withdrawal. */
import type { CreditView, LoanChargeView, ReversalView, ServicedView } from '#libs/messages'
import { Day, Flag, Id, Instant, ListOf, Nested, OneOf, Text } from '../edge/fields.js'
import { inCurrency, instant, MoneyResource } from '../edge/money.js'
import { AllocationResource, allocationResource } from '../payments/payment.resource.js'

/** Something that the lender charged beside what was signed for. */
export class ChargeResource {
  @Id('Its id')
  id!: string

  @OneOf(['lateFee', 'penaltyInterest', 'event'], 'By which term of the agreement')
  charge!: LoanChargeView['charge']

  @Text('What it is called', 64)
  name!: string

  @OneOf(['fee', 'penalty'], 'What it counts as')
  component!: LoanChargeView['component']

  @Nested(() => MoneyResource, 'How much')
  amount!: MoneyResource

  @Day('When it is due')
  due!: string

  @Day('When it was charged')
  leviedOn!: string

  @Text('Why', 2000)
  reason!: string

  @Nested(() => MoneyResource, 'Of it paid')
  paid!: MoneyResource

  @Nested(() => MoneyResource, 'Of it credited')
  adjusted!: MoneyResource

  @Nested(() => MoneyResource, 'Of it waived')
  waived!: MoneyResource

  @Nested(() => MoneyResource, 'Of it still owed')
  outstanding!: MoneyResource
}

/** What the lender credited without money from the borrower. */
export class CreditResource {
  @Id('Its id')
  id!: string

  @OneOf(['goodwill', 'merchantRefund', 'payoutRefund'], 'Of which kind')
  credit!: CreditView['credit']

  @Nested(() => MoneyResource, 'How much')
  amount!: MoneyResource

  @Day('From when it counts')
  date!: string

  @Text('Why', 2000)
  reason!: string

  @Nested(() => AllocationResource, 'What it went to', { nullable: true })
  allocation!: AllocationResource | null
}

/** A confirmation that the lender takes back. It counts once the borrower, or the arbiter, accepts. */
export class ReversalResource {
  @Id('Its id')
  id!: string

  @Id('The payment')
  payment!: string

  @Nested(() => MoneyResource, 'So much of it is owed again; null: as if it had never been paid', { nullable: true })
  amount!: MoneyResource | null

  @Text('Why', 2000)
  reason!: string

  @Instant('When it was said')
  at!: string

  @Instant('When it was accepted', { nullable: true })
  acceptedAt!: string | null

  @Day('From when it counts', { nullable: true })
  countsFrom!: string | null
}

/** The lender declared that the loan is in default. */
export class DefaultResource {
  @Id('The record that says so')
  record!: string

  @Day('When')
  declaredOn!: string

  @Text('Why', 2000)
  reason!: string
}

/** The lender no longer expects the money. The debt remains. */
export class WriteOffResource {
  @Id('The record that says so')
  record!: string

  @Day('When')
  on!: string

  @Nested(() => MoneyResource, 'How much')
  amount!: MoneyResource

  @Text('Why', 2000)
  reason!: string
}

/** The borrower withdrew within the cooling-off days. */
export class CancellationResource {
  @Id('The record that says so')
  record!: string

  @Day('When')
  on!: string

  @Day('Until when principal and interest to the day are to be given back; null when no money had come', {
    nullable: true,
  })
  dueOn!: string | null

  @Flag('Whether the lender says that it came too late')
  contested!: boolean
}

/** What became of a loan after its agreement. */
export class ServicingResource {
  @ListOf(() => ChargeResource, 'What was charged beside the table')
  charges!: ChargeResource[]

  @ListOf(() => CreditResource, 'What was credited')
  credits!: CreditResource[]

  @ListOf(() => ReversalResource, 'Payments that were taken back, or are to be')
  reversals!: ReversalResource[]

  @Nested(() => DefaultResource, 'Default that is in force', { nullable: true })
  default!: DefaultResource | null

  @Nested(() => WriteOffResource, 'What the lender wrote off', { nullable: true })
  writtenOff!: WriteOffResource | null

  @Nested(() => CancellationResource, 'The withdrawal of the borrower', { nullable: true })
  cancellation!: CancellationResource | null

  @Instant('Until when the borrower may withdraw; null without that right, or before the conclusion', {
    nullable: true,
  })
  cancellableUntil!: string | null

  @Nested(() => MoneyResource, 'What settles the loan that day; null when nothing is owed', { nullable: true })
  settlement!: MoneyResource | null

  @Flag('Whether a change of its table is in force')
  restructured!: boolean
}

export function servicingResource(view: ServicedView, currency: string): ServicingResource {
  const money = inCurrency(currency)
  const { cancellation, writtenOff, cancellableUntilMs, settlement } = view
  return {
    charges: view.charges.map((charge) => chargeResource(charge, currency)),
    credits: view.credits.map(({ allocation, amount, ...credit }) => ({
      ...{ id: credit.id, credit: credit.credit, date: credit.date, reason: credit.reason, amount: money(amount) },
      allocation: allocation && allocationResource(allocation, currency),
    })),
    reversals: view.reversals.map((reversal) => reversalResource(reversal, currency)),
    default: view.default && {
      record: view.default.record,
      declaredOn: view.default.declaredOn,
      reason: view.default.reason,
    },
    writtenOff: writtenOff && {
      ...{ record: writtenOff.record, on: writtenOff.on, reason: writtenOff.reason },
      amount: money(writtenOff.amount),
    },
    cancellation: cancellation && {
      ...{ record: cancellation.record, on: cancellation.on, dueOn: cancellation.dueOn },
      contested: cancellation.contested.length > 0,
    },
    cancellableUntil: cancellableUntilMs === null ? null : instant(cancellableUntilMs),
    settlement: settlement === null ? null : money(settlement),
    restructured: view.restructured,
  }
}

function chargeResource(view: LoanChargeView, currency: string): ChargeResource {
  const money = inCurrency(currency)
  return {
    id: view.id,
    charge: view.charge,
    name: view.name,
    component: view.component,
    amount: money(view.amount),
    due: view.due,
    leviedOn: view.leviedOn,
    reason: view.reason,
    paid: money(view.paid),
    adjusted: money(view.adjusted),
    waived: money(view.waived),
    outstanding: money(view.outstanding),
  }
}

function reversalResource(view: ReversalView, currency: string): ReversalResource {
  return {
    id: view.id,
    payment: view.payment,
    amount: view.amount === null ? null : inCurrency(currency)(view.amount),
    reason: view.reason,
    at: instant(view.atMs),
    acceptedAt: view.acceptedAtMs === null ? null : instant(view.acceptedAtMs),
    countsFrom: view.countsFrom,
  }
}
