/** The account of a loan: its events folded by the money engine, looked at day after day. */
import {
  LoanFold,
  openOf,
  type BookStep,
  type EventRefusal,
  type Loan,
  type LoanEvent,
  type PlainDate,
} from '#libs/money'
import { eventsOf, type CountedEvent } from './event.js'
import { inForceOf } from './in-force.js'
import type { LoanState } from './loan.js'
import { countedInOrder, excusedFrom, isRepaying, unanswered, type CountedPayment } from './movement.js'

/** What an event changed in the books: the engine's step, the record that caused it and the day from which it counts. */
export type Booking = BookStep & { day: PlainDate; record: string }

/** Begins before everything; `advanceTo` goes on, never back. */
export class LoanAccount {
  /** In the order of money. */
  readonly bookings: Booking[] = []
  /** The day since which nothing is open; null while something is, or nothing was paid out. */
  closedOn: PlainDate | null = null
  /** The day of the last event that was folded. */
  changedOn: PlainDate | null = null
  /** How much of what arrived is part of payouts, minor units. */
  covered = 0
  /** What has no effect, by record, and why. */
  readonly refused: { record: string; refused: string }[] = []
  /** All payments that count, in the order of money. */
  readonly counted: readonly CountedPayment[]
  /** Money paid out that arrived, in the order of money. */
  readonly arrivals: readonly CountedPayment[]
  /** Repayments that nobody has answered, and from when that no longer counts as late. */
  readonly silence: readonly { amount: number; valueDate: PlainDate; excusedFrom: PlainDate }[]
  /** Payouts that were complete, with what the terms kept back of them. Minor units. */
  readonly payouts: { record: string; day: PlainDate; deducted: number; downPayment: number }[] = []
  private readonly fold: LoanFold
  private readonly events: readonly CountedEvent[]
  private next = 0
  private day: PlainDate = ''

  constructor(readonly of: LoanState) {
    this.fold = new LoanFold(inForceOf(of.agreement!).terms)
    this.counted = countedInOrder(of)
    this.events = eventsOf(of, this.counted)
    this.arrivals = this.counted.filter(({ purpose }) => purpose === 'disbursement')
    this.silence = unanswered(of)
      .filter(([, { purpose }]) => isRepaying(purpose))
      .map(([, sent]) => ({ amount: sent.amount, valueDate: sent.valueDate, excusedFrom: excusedFrom(of, sent) }))
  }

  /** The engine's loan as of the last day. Not to be changed. */
  get loan(): Loan {
    return this.fold.loan
  }

  /** Days on which an event counts, ascending, perhaps repeated. */
  get days(): PlainDate[] {
    return this.events.map(({ day }) => day)
  }

  /** What is unpaid of the table, minor units. */
  get open(): bigint {
    return this.loan.state.rows.reduce((sum, row) => sum + openOf(row), 0n)
  }

  get isDisbursed(): boolean {
    return this.loan.state.disbursements.length > 0
  }

  /** Nothing is open and nothing is to be paid out any more. */
  get isClosed(): boolean {
    return this.closedOn !== null
  }

  /** Records of changes that have taken effect. */
  get bookedChanges(): string[] {
    const inForce = new Set(this.loan.events.map(({ id }) => id))
    return Object.values(this.of.changesSettled).flatMap(({ id }) => (inForce.has(id) ? [id] : []))
  }

  /** Money paid out that arrived by the last day that the account was advanced to, minor units. */
  get arrived(): number {
    return this.arrivals.reduce((sum, { amount, valueDate }) => (valueDate <= this.day ? sum + amount : sum), 0)
  }

  /** Folds the next event, whatever its day, and returns what it booked; null after the last one. */
  advance(): { day: PlainDate; record: string; bookings: readonly Booking[] } | null {
    const event = this.events[this.next]
    if (!event) return null
    this.next++
    this.day = event.day
    const known = this.bookings.length
    this.take(event)
    return { day: event.day, record: event.record, bookings: this.bookings.slice(known) }
  }

  /** Folds the events that count up to and including a day. */
  advanceTo(day: PlainDate): this {
    this.day = day
    for (; this.next < this.events.length && this.events[this.next]!.day <= day; this.next++)
      this.take(this.events[this.next]!)
    return this
  }

  /** Folds one more event, to see what it would do. Returns why it has no effect, or null. */
  attempt(event: LoanEvent): EventRefusal | null {
    return this.fold.advance(event)
  }

  private take({ day, record, event, covers, payout }: CountedEvent): void {
    const { loan } = this.fold
    const known = loan.steps.length
    const knownRefused = loan.refused.length
    const isRefused = this.fold.advance(event) !== null
    for (const step of loan.steps.slice(known)) this.bookings.push({ ...step, day, record })
    for (const { event: id, refused } of loan.refused.slice(knownRefused))
      this.refused.push({ record: this.events.find((other) => other.event.id === id)!.record, refused })
    this.changedOn = day
    // What the engine did not take as a payout is owed as it arrived.
    if (!isRefused) this.covered += covers
    if (payout && !isRefused)
      this.payouts.push({ record, day, deducted: payout.deducted, downPayment: payout.downPayment })
    const { state } = this.loan
    const done = this.isDisbursed && (state.ended !== undefined || this.isAllPaidOut) && !this.isOpen
    this.closedOn = done ? (this.closedOn ?? day) : null
  }

  /** What is open is mostly at the table's end. */
  private get isOpen(): boolean {
    return this.loan.state.rows.findLast((row) => openOf(row) > 0n) !== undefined
  }

  private get isAllPaidOut(): boolean {
    return this.loan.state.disbursements.length >= inForceOf(this.of.agreement!).payouts.length
  }
}

/** The account as of a day. */
export function accountAt(loan: LoanState, asOf: PlainDate): LoanAccount {
  return new LoanAccount(loan).advanceTo(asOf)
}
