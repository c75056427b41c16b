import type { PlainDate } from '#libs/money'
import type { PaymentView } from './payments.js'

/** Minor units by what they are for. */
export interface PartsView {
  principal: number
  interest: number
  fees: number
  penalties: number
  total: number
}

/** Something that the lender levied on an event, beside what the signed table asks for. Minor units. */
export interface LoanChargeView {
  /** The note that it was levied on; null where the loan is one account. */
  note: string | null
  /** Id of its `charge.levied`. */
  id: string
  /** `lateFee` and `penaltyInterest` by the terms, `event` by its name in the agreement. */
  charge: 'lateFee' | 'penaltyInterest' | 'event'
  name: string
  component: 'fee' | 'penalty'
  amount: number
  due: PlainDate
  leviedOn: PlainDate
  reason: string
  paid: number
  /** Credited against it. */
  adjusted: number
  /** What was unpaid of it when it was waived. */
  waived: number
  outstanding: number
  /** 'loans.waiveCharge', 'loans.adjustCharge'. */
  may: string[]
}

/** A change of the table that both parties sign. Dates are those of instalments in force. */
export type LoanChange =
  /** From the instalment due on `from`: a new due date, so many instalments without principal, more instalments, another rate. */
  | {
      type: 'reschedule'
      from: PlainDate
      newDueDate?: PlainDate
      principalGraceInstalments?: number
      extraInstalments?: number
      annualRatePpm?: number
    }
  /** Unpaid principal that fell due before the effective day goes in equal parts onto the later instalments. */
  | { type: 'reamortise' }
  /** All unpaid principal goes into a new table of equal parts. */
  | {
      type: 'reage'
      firstDue: PlainDate
      every: { count: number; unit: 'day' | 'week' | 'month' }
      instalments: number
    }
  /** No interest runs from `from` up to the day before `to`. */
  | { type: 'interestPause'; from: PlainDate; to: PlainDate }

/** A row of a table that a change would make: `[date, principal, interest, fees]`, fees with penalties. */
export type ChangedRow = [dueDate: PlainDate, principal: number, interest: number, fees: number]

/** A change that was proposed, and what became of it. */
export interface LoanChangeView {
  /** Id of its `restructure.proposed`. */
  id: string
  by: string
  change: LoanChange
  effectiveOn: PlainDate
  reason: string
  /** The table that was signed for: all rows from the change on and before. */
  table: ChangedRow[]
  status: 'proposed' | 'declined' | 'lapsed' | 'concluded'
  signatures: { identity: string; signedAtMs: number | null }[]
  declinedBecause: string | null
  expiresAtMs: number
  settledAtMs: number | null
  /** Why the concluded change could not take effect, by the money engine's name; null when it did or is open. */
  withoutEffect: string | null
  /** 'loans.signChange', 'loans.declineChange'. */
  may: string[]
}

/** A confirmation that its payee takes back. Without the payer's (or the arbiter's) acceptance it has no effect. */
export interface ReversalView {
  /** Id of its `payment.reversed`. */
  id: string
  /** The payment, as `payments.list` names it. */
  payment: string
  by: string
  /** Null: as if the payment had never been; else so much of it is owed again. */
  amount: number | null
  reason: string
  atMs: number
  acceptedBy: string | null
  acceptedAtMs: number | null
  /** The day from which it counts. */
  countsFrom: PlainDate | null
  /** 'payments.acceptReversal'. */
  may: string[]
}

/** What the lender credited without money from the borrower. Minor units. */
export interface CreditView {
  /** Id of its `credit.granted`. */
  id: string
  credit: 'goodwill' | 'merchantRefund' | 'payoutRefund'
  amount: number
  date: PlainDate
  reason: string
  allocation: PaymentView['allocation']
}

/** A record of the loan in the order of its writing. */
export interface TimelineItem {
  record: string
  kind: string
  by: string
  atMs: number
  /** The day from which it counts, where it has one. */
  date: PlainDate | null
  amount: number | null
  /** A reason or a name that was given, or ''. */
  text: string
}

/** What servicing adds to a loan's view. */
export interface ServicedView {
  charges: LoanChargeView[]
  changes: LoanChangeView[]
  reversals: ReversalView[]
  credits: CreditView[]
  /** The declaration in force; a restructuring that is concluded later ends it. */
  default: { record: string; declaredOn: PlainDate; reason: string } | null
  /** Default may be declared from this many days past due on; null while it may not on the view's day. */
  defaultPossible: boolean
  /** In the lender's books only: the debt remains. */
  writtenOff: { record: string; on: PlainDate; amount: number; reason: string } | null
  /** The borrower withdrew. Nothing but principal and interest to the day is owed, by `dueOn`; null when no money had come. */
  cancellation: {
    record: string
    on: PlainDate
    dueOn: PlainDate | null
    contested: { by: string; reason: string; atMs: number }[]
  } | null
  /** The last instant at which the borrower may withdraw; null without that right, or before the conclusion. */
  cancellableUntilMs: number | null
  /** What settles the loan on the view's day; null when nothing is owed. See `loans.settlement`. */
  settlement: number | null
  restructured: boolean
  contested: boolean
  /** What was recorded and could not take effect in the loan's account, by the money engine's names. */
  withoutEffect: { record: string; refused: string }[]
  timeline: TimelineItem[]
}
