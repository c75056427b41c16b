/** What happened in a loan, as the money engine takes it: in the order of money, each from the day on which it counts. */
import type { PayoutView } from '#libs/messages'
import { addDays, type LoanEvent, type LoanEventBody, type PlainDate } from '#libs/money'
import { annulmentOf, awardsOf } from './dispute.js'
import { inForceOf } from './in-force.js'
import type { LoanState, Purpose } from './loan.js'
import { byText, dayOf, isRepaying, later, type CountedPayment } from './movement.js'
import { isServiced } from './notes/title.js'
import { firstOf } from './servicing.js'

/** An event of the engine, the record that caused it, and the day from which it counts (its own date may be another one). */
export interface CountedEvent {
  day: PlainDate
  record: string
  event: LoanEvent
  /** Of a payout: the money that had to arrive for it, minor units; 0 for the rest. */
  covers: number
  /** The payout that is complete with it. */
  payout: PayoutView | null
}

/** What came when a loan was over, or its borrower had withdrawn, is given back within so many days. */
export const GIVE_BACK_DAYS = 30

/** A day after all others. */
const AFTER_ALL: PlainDate = '9999-12-31'

/** Events of one day take effect in this order; then by id. */
const RANKS = [
  ...(['disbursement', 'startCharge', 'change', 'charge', 'chargeWaiver', 'cancellation', 'givenBack'] as const),
  ...(['credit', 'repayment', 'chargeAdjustment', 'reversal', 'refund', 'chargeOff'] as const),
] as const
type Rank = (typeof RANKS)[number]

/** All events of a concluded loan, in the order of money; `counted`: its payments in that order. */
export function eventsOf(loan: LoanState, counted: readonly CountedPayment[]): CountedEvent[] {
  if (loan.outcome?.stage !== 'concluded') return []
  return new Events(loan, counted).inOrder()
}

/** A withdrawal; in force until the arbiter annulled it. */
export interface Withdrawal {
  id: string
  on: PlainDate
  /** When all is to be given back. */
  due: PlainDate
  annulled: { id: string; on: PlainDate } | null
}

/** The borrower's withdrawal that is in force: as of a day, or by all that is known. */
export function cancellationOf(loan: LoanState, asOf?: PlainDate): Withdrawal | null {
  const inForce = withdrawalsOf(loan).find(({ annulled }) => annulled === null || (asOf && asOf < annulled.on))
  return inForce ?? null
}

/** All withdrawals, in the order of their writing: each but the last was annulled. */
export function withdrawalsOf(loan: LoanState): Withdrawal[] {
  const said = Object.entries(loan.cancellations).sort(([a, { at }], [b, other]) => at - other.at || byText(a, b))
  return said.map(([id, { at }]) => {
    const on = dayOf(at)
    const ruling = annulmentOf(loan, id)
    const annulled = ruling && { id: ruling.id, on: later(dayOf(ruling.at), on) }
    return { id, on, due: addDays(on, GIVE_BACK_DAYS), annulled }
  })
}

/** The first acceptance of a reversal; null while there is none. */
export function acceptanceOf(loan: LoanState, reversal: string): { id: string; by: string; at: number } | null {
  const accepted = Object.entries(loan.reversalsAccepted).filter(([, of]) => of.reversal === reversal)
  const first = firstOf(Object.fromEntries(accepted))
  return first && { id: first[0], by: first[1].by, at: first[1].at }
}

class Events {
  private readonly all: (CountedEvent & { rank: Rank })[] = []
  /** Nothing takes effect in the account before its first day. */
  private readonly firstDay: PlainDate

  constructor(
    private readonly loan: LoanState,
    private readonly counted: readonly CountedPayment[],
  ) {
    this.firstDay = inForceOf(loan.agreement!).terms.startDate
    this.addPayouts()
    this.addPayments()
    this.addCharges()
    this.addAwards()
    this.addReversals()
    this.addEndings()
  }

  private of(purpose: Purpose): CountedPayment[] {
    return this.counted.filter((payment) => payment.purpose === purpose)
  }

  inOrder(): CountedEvent[] {
    return this.all
      .sort(
        (a, b) =>
          byText(a.day, b.day) || RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank) || byText(a.event.id, b.event.id),
      )
      .map(({ rank: _rank, ...counted }) => counted)
  }

  /** In the engine's account an event may have another `date` and `id` than the day from which it counts and its record. */
  private add(
    rank: Rank,
    record: string,
    day: PlainDate,
    body: LoanEventBody,
    { date = day, id = record, covers = 0, payout = null }: Partial<CountedEvent & LoanEvent> = {},
  ): void {
    this.all.push({ rank, record, day, covers, payout, event: { id, date: later(date, this.firstDay), ...body } })
  }

  /**
   * A payout counts when what arrived covers it and those before it. One payout is dated on the first day, whatever day the money
   * took: the signed table stands. What comes after a withdrawal, or was not yet a payout then, is to be given back.
   */
  private addPayouts(): void {
    const { terms, payouts } = inForceOf(this.loan.agreement!)
    const withdrawals = withdrawalsOf(this.loan)
    let arrived = 0
    let counted = 0
    let covered = 0
    /** What was no payout yet when the borrower withdrew. */
    const giveBackBefore = (day: PlainDate) => {
      while (withdrawals[0] && withdrawals[0].on < day) {
        const { id, on, due, annulled } = withdrawals[0]
        if (arrived > covered) this.addGivenBack(id, on, arrived - covered, due, `${id}/back`)
        covered = arrived
        if (annulled === null || day <= annulled.on) return
        withdrawals.shift()
      }
    }
    for (const { id, amount, valueDate } of this.of('disbursement')) {
      giveBackBefore(valueDate)
      const [withdrawn] = withdrawals
      if (withdrawn && valueDate > withdrawn.on) {
        this.addGivenBack(id, valueDate, amount, withdrawn.due)
        continue
      }
      arrived += amount
      for (; counted < payouts.length && arrived >= covered + payouts[counted]!.arrives; counted++) {
        const payout = payouts[counted]!
        const { amount: lent, arrives: covers } = payout
        covered += covers
        const date = payouts.length === 1 ? terms.startDate : valueDate
        const first = counted === 0
        const as = { date, covers, payout, id: first ? id : `${id}/${counted + 1}` }
        const dueBack = addDays(later(date, this.firstDay), GIVE_BACK_DAYS)
        this.add('disbursement', id, valueDate, { type: 'disbursement', amount: lent, dueBack }, as)
        if (first) this.addStartCharge(id, valueDate, date)
      }
    }
    giveBackBefore(AFTER_ALL)
  }

  private addGivenBack(record: string, day: PlainDate, amount: number, dueBack: PlainDate, id = record): void {
    this.add('givenBack', record, day, { type: 'disbursement', amount, dueBack }, { covers: amount, id })
  }

  private addStartCharge(record: string, day: PlainDate, date: PlainDate): void {
    const { startCharge, terms } = inForceOf(this.loan.agreement!)
    if (startCharge === 0n) return
    const body = { type: 'charge', component: 'fee', due: terms.startDate, amount: Number(startCharge) } as const
    this.add('startCharge', record, day, body, { date, id: `${record}/charge` })
  }

  private addPayments(): void {
    for (const { id, amount, valueDate, settles } of this.counted.filter(({ purpose }) => isRepaying(purpose)))
      this.add('repayment', id, valueDate, { type: settles ? 'settlement' : 'repayment', amount })
    for (const [id, { amount, valueDate }] of Object.entries(this.loan.refunds))
      this.add('refund', id, valueDate, { type: 'refund', amount })
    for (const [id, { credit, amount, date }] of Object.entries(this.loan.credits))
      this.add('credit', id, date, { type: credit === 'goodwill' ? 'goodwillCredit' : credit, amount })
  }

  /** What the arbiter awards the borrower is taken off the debt, what it awards the lender is owed like a charge. */
  private addAwards(): void {
    for (const { id, to, amount, at } of awardsOf(this.loan)) {
      const day = dayOf(at)
      if (to === 'borrower') this.add('credit', id, day, { type: 'goodwillCredit', amount })
      else this.add('charge', id, day, { type: 'charge', component: 'fee', amount, due: day })
    }
  }

  private addCharges(): void {
    const { charges, waivers, adjustments } = this.loan
    for (const [id, { component, amount, due, at }] of Object.entries(charges))
      this.add('charge', id, dayOf(at), { type: 'charge', component, amount, due })
    const from = (charge: string, at: number) => later(dayOf(at), dayOf(charges[charge]!.at))
    for (const [id, { charge, at }] of Object.entries(waivers))
      this.add('chargeWaiver', id, from(charge, at), { type: 'chargeWaiver', of: charge })
    for (const [id, { charge, amount, at }] of Object.entries(adjustments))
      this.add('chargeAdjustment', id, from(charge, at), { type: 'chargeAdjustment', of: charge, amount })
  }

  /** A reversal counts from its acceptance, and never before what it reverses. */
  private addReversals(): void {
    for (const [reversal, { confirmation, amount }] of Object.entries(this.loan.reversals)) {
      const accepted = acceptanceOf(this.loan, reversal)
      if (!accepted) continue
      const day = later(dayOf(accepted.at), this.loan.confirmed[confirmation]!.valueDate)
      const of = confirmation
      this.add(
        'reversal',
        accepted.id,
        day,
        amount === null ? { type: 'reversal', of } : { type: 'chargeback', of, amount },
      )
    }
  }

  /** Changes count from their conclusion, dated at their effective day. */
  private addEndings(): void {
    for (const [change, { stage, id, at }] of Object.entries(this.loan.changesSettled)) {
      if (stage !== 'concluded') continue
      const { change: body, effectiveOn } = this.loan.changes[change]!
      this.add('change', id, later(dayOf(at), effectiveOn), body, { date: effectiveOn })
    }
    for (const { id, on, due, annulled } of withdrawalsOf(this.loan)) {
      this.add('cancellation', id, on, { type: 'cancellation', due: later(due, this.firstDay) })
      if (annulled) this.add('reversal', annulled.id, annulled.on, { type: 'reversal', of: id })
    }
    const writtenOff = firstOf(this.loan.writeOffs)
    // A note that a servicer collects for is written off in its owner's books alone: the account goes on.
    if (writtenOff && !isServiced(this.loan))
      this.add('chargeOff', writtenOff[0], dayOf(writtenOff[1].at), { type: 'chargeOff' })
  }
}
