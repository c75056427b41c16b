/**
 * What happens to a loan. Each event is caused by one record, whose id it carries; its date is its value date. Amounts
 * in minor units.
 */
import type { PlainDate } from '../calendar.js'
import type { Every } from '../terms.js'

export type LoanEvent = { id: string; date: PlainDate } & LoanEventBody

/** A payment or a credit: allocated to what is owed. */
export type CreditType = 'repayment' | 'merchantRefund' | 'payoutRefund' | 'goodwillCredit'

export type LoanEventBody =
  /** `dueBack`: when all of it is due if the table is over by then; without, such a disbursement is refused. */
  | { type: 'disbursement'; amount: number; dueBack?: PlainDate }
  | { type: CreditType; amount: number }
  /** A payment that settles the loan on its day, if it covers what `settlementOf` says; else a repayment like any other. */
  | { type: 'settlement'; amount: number }
  /** The borrower withdraws: what came is due back on `due` with interest to the day, and nothing else is owed. */
  | { type: 'cancellation'; due: PlainDate }
  /** The lender gave back overpaid money; what is given back beyond it is owed again. */
  | { type: 'refund'; amount: number }
  /**
   * Owed with the first instalment due on or after `due`. A share is in ppm of the loan's whole principal and interest.
   */
  | { type: 'charge'; component: 'fee' | 'penalty'; due: PlainDate; amount: number }
  | { type: 'charge'; component: 'fee' | 'penalty'; due: PlainDate; ppmOfPrincipalAndInterest: number }
  /** A credit of this amount against an earlier charge, allocated like a repayment. */
  | { type: 'chargeAdjustment'; of: string; amount: number }
  /** What is unpaid of a charge is no longer owed. */
  | { type: 'chargeWaiver'; of: string }
  /** As if the event named had never been. */
  | { type: 'reversal'; of: string }
  /** A payment was taken back by the payer's bank: overpaid money is used first, the rest is owed again. */
  | { type: 'chargeback'; of: string; amount: number }
  | Reschedule
  /** Unpaid principal due before the date goes in equal parts onto the instalments due on or after it. */
  | { type: 'reamortise' }
  /** All unpaid principal goes into a new table of equal parts. */
  | { type: 'reage'; firstDue: PlainDate; every: Every; instalments: number }
  /** No interest runs from `from` up to the day before `to`. */
  | { type: 'interestPause'; from: PlainDate; to: PlainDate }
  | { type: 'flag'; flag: string }
  | { type: 'chargeOff' }
  | { type: 'undoChargeOff' }
  /** Title passes at the end of the settlement date, at what is outstanding then; the price is so many ppm of it. */
  | { type: 'sale'; settlementDate: PlainDate; pricePpm: number }
  | { type: 'buyback'; settlementDate: PlainDate }

/**
 * From the instalment due on `from`: new dates, no principal for a while, more instalments, another rate. At least one
 * of them.
 */
export interface Reschedule {
  type: 'reschedule'
  from: PlainDate
  /** That instalment's new due date; later ones follow at the terms' `every`. */
  newDueDate?: PlainDate
  /** So many instalments without principal, and as many added at the end. */
  principalGraceInstalments?: number
  extraInstalments?: number
  annualRatePpm?: number
}

/** Why an event has no effect. */
export type EventRefusal =
  | 'event_date_invalid'
  | 'event_id_repeated'
  | 'amount_out_of_range'
  | 'not_disbursed'
  | 'disbursed_beyond_principal'
  | 'disbursed_after_maturity'
  | 'own_table_disbursed_in_parts'
  | 'own_table_not_restructured'
  | 'charge_unknown'
  | 'charge_adjusted_beyond_amount'
  | 'event_unknown'
  | 'event_not_reversible'
  | 'already_reversed'
  | 'payment_unknown'
  | 'charged_back_beyond_payment'
  | 'instalment_unknown'
  | 'reschedule_empty'
  | 'reschedule_out_of_range'
  | 'instalment_already_paid'
  | 'interest_already_paused'
  | 'nothing_past_due'
  | 'no_instalment_left'
  | 'nothing_outstanding'
  | 'already_charged_off'
  | 'charge_off_backdated'
  | 'loan_charged_off'
  | 'loan_ended'
  | 'not_charged_off'
  | 'title_not_with_owner'
  | 'title_not_sold'
  | 'settlement_date_out_of_range'
