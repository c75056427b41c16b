import type { PlainDate } from '#libs/money'
import type { Actor, Message } from './envelope.js'
import type { LoanView } from './loans.js'
import type { PaymentView } from './payments.js'
import type { ChangedRow, CreditView, LoanChange, LoanChargeView, PartsView } from './servicing.js'

/** What settles a loan on a day, to the cent. Minor units. */
export interface SettlementQuote extends PartsView {
  loan: string
  currency: string
  /** The value date that the money must have. */
  date: PlainDate
  /** The agreed fee for settling before it is due; it is in `fees`. */
  earlySettlementFee: number
  /** The last value date for which the same amount settles it, if nothing else happens. */
  holdsUntil: PlainDate
  /** All that would be owed if it went on to the end, less the total. */
  saved: number
}

/** What the terms let the lender levy on a day, less what was levied before. Minor units. */
export interface LeviableView {
  loan: string
  date: PlainDate
  lateFee: number
  penaltyInterest: number
  /** By instalment, as the terms make it and before what was levied. */
  instalments: { dueDate: PlainDate; lateFee: number; penaltyInterest: number }[]
  events: { name: string; amount: number }[]
}

export interface ServicingMessages {
  /** Refuses: loan_not_found, loan_not_active, loan_closed, date_out_of_range {earliest}. */
  'loans.settlement': Message<{ actor: Actor; loan: string; note?: string; date?: PlainDate }, SettlementQuote>
  /** Refuses: loan_not_found, loan_not_active. */
  'loans.leviable': Message<{ actor: Actor; loan: string; note?: string; date?: PlainDate }, LeviableView>
  /**
   * Lender. `name` for an event charge; `amount` defaults to what may be levied, `due` to today. Refuses: not_the_lender,
   * loan_not_active, loan_closed, loan_written_off, loan_cancelled, charge_unknown, charge_exceeds_terms {leviable}, due_date_out_of_range {earliest, latest}.
   */
  'loans.levyCharge': Message<
    {
      actor: Actor
      loan: string
      /** Which of several notes it is about, where no servicer collects for all. */
      note?: string
      charge: LoanChargeView['charge']
      name?: string
      component?: LoanChargeView['component']
      amount?: number
      due?: PlainDate
      reason: string
    },
    LoanView
  >
  /** Lender: what is unpaid of it is no longer owed. Refuses: charge_unknown, not_the_lender, charge_waived, charge_paid. */
  'loans.waiveCharge': Message<{ actor: Actor; loan: string; charge: string; reason: string }, LoanView>
  /** Lender: credits so much against a charge. Refuses: charge_unknown, not_the_lender, charge_adjusted_beyond_amount {left}. */
  'loans.adjustCharge': Message<
    { actor: Actor; loan: string; charge: string; amount: number; reason: string },
    LoanView
  >
  /** Lender. Refuses: not_the_lender, loan_not_active, value_date_out_of_range, amount_out_of_range. */
  'loans.grantCredit': Message<
    {
      actor: Actor
      loan: string
      note?: string
      credit: CreditView['credit']
      amount: number
      date?: PlainDate
      reason: string
    },
    LoanView
  >
  /** The table that a change would make. Refuses as loans.proposeChange. */
  'loans.previewChange': Message<
    { actor: Actor; loan: string; change: LoanChange; effectiveOn?: PlainDate },
    {
      loan: string
      effectiveOn: PlainDate
      /** The table in force and the one after the change. */
      before: ChangedRow[]
      after: ChangedRow[]
      /** What is unpaid in all, minor units. */
      outstandingBefore: number
      outstandingAfter: number
    }
  >
  /**
   * Borrower or lender; the proposal is its author's signature. `effectiveOn` is today unless said, `expiresInHours` 1 … 720,
   * default 168. Refuses: not_a_party, loan_not_active, loan_cancelled, loan_written_off, effective_day_out_of_range, and by the money engine's names:
   * instalment_unknown, reschedule_empty, reschedule_out_of_range, instalment_already_paid, interest_already_paused, nothing_past_due,
   * no_instalment_left, nothing_outstanding, own_table_not_restructured.
   */
  'loans.proposeChange': Message<
    {
      actor: Actor
      loan: string
      change: LoanChange
      effectiveOn?: PlainDate
      reason: string
      expiresInHours?: number
    },
    LoanView
  >
  /** The other party. Refuses: change_unknown, not_a_party, already_signed, change_closed, change_expired, table_outdated. */
  'loans.signChange': Message<{ actor: Actor; loan: string; change: string }, LoanView>
  /** Refuses: change_unknown, not_a_party, own_proposal, already_declined, change_closed. */
  'loans.declineChange': Message<{ actor: Actor; loan: string; change: string; reason: string }, LoanView>
  /** Lender. Refuses: not_the_lender, loan_not_active, not_late_enough {daysPastDue, from}, already_defaulted. */
  'loans.declareDefault': Message<{ actor: Actor; loan: string; reason: string }, LoanView>
  /** Lender: a loss in its own books. Refuses: not_the_lender, loan_not_active, loan_closed, already_written_off. */
  'loans.writeOff': Message<{ actor: Actor; loan: string; note?: string; reason: string }, LoanView>
  /** Borrower, within the cooling-off days. Refuses: not_the_borrower, loan_not_agreed, cooling_off_over {untilMs}, already_cancelled, loan_closed. */
  'loans.cancel': Message<{ actor: Actor; loan: string; reason?: string }, LoanView>
  /** Lender: says that the withdrawal came too late; a flag that all see. Refuses: not_the_lender, not_cancelled, already_contested. */
  'loans.contestCancellation': Message<{ actor: Actor; loan: string; reason: string }, LoanView>
  /**
   * Payee: takes its confirmation back, all of it or `amount`. Nothing changes before the payer accepts. Refuses: payment_not_found,
   * not_the_payee, payment_not_confirmed, disbursement_not_reversible, reversal_open, already_reversed, amount_out_of_range {most}.
   */
  'payments.reverse': Message<{ actor: Actor; payment: string; amount?: number; reason: string }, PaymentView>
  /** Payer or arbiter. Refuses: reversal_not_found, not_a_party, already_accepted. */
  'payments.acceptReversal': Message<{ actor: Actor; reversal: string }, PaymentView>
  /**
   * Arbiter: an unanswered or refused payment did arrive. Refuses: payment_not_found, not_the_arbiter,
   * payment_already_answered, value_date_out_of_range, amount_out_of_range.
   */
  'payments.establish': Message<
    { actor: Actor; payment: string; amount: number; receivedOn: PlainDate; reason: string },
    PaymentView
  >
}
