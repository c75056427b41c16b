/**
 * A loan: proposed, signed by everyone, concluded or lapsed by the proposer, paid out, served, paid back. The state holds what
 * was said, keyed by the record that said it, so that records that did not know of each other can be applied in any order;
 * what it means on a day is `standing`.
 */
import type { SubjectType } from '#libs/fold'
import type { PlainDate } from '#libs/money'
import type { Agreement } from './agreement.js'
import { nothingServed, type ServicingState } from './servicing.js'

/** What a loan is after its records. Ids and keys are text, instants ms since the Unix epoch, amounts minor units. */
export interface LoanState extends ServicingState {
  /** Empty until a valid `agreement.proposed` was applied. */
  id: string
  agreement: Agreement | null
  /** By party. */
  signatures: { [party: string]: { id: string; at: number } }
  /** By party. */
  declines: { [party: string]: { id: string; at: number; reason: string } }
  /** The first of concluded and lapsed in the proposer's log; null while it is open. */
  outcome: { stage: 'concluded' | 'lapsed'; id: string; at: number } | null
  /** `payment.sent` by its id. */
  sent: { [id: string]: SentPayment }
  /** `payment.refused` by the payment that it refuses. */
  refused: { [sent: string]: RefusedPayment }
  /** `payment.confirmed` and `payment.established` by their ids. */
  confirmed: { [id: string]: ConfirmedPayment }
  /** `payment.refunded` by its id. */
  refunds: { [id: string]: Refund }
  /** The last record of each author that had an effect. */
  lastWord: { [author: string]: string }
}

export const loanType: SubjectType<LoanState> = {
  name: 'loan',
  rank: 30,
  initial: () => ({
    id: '',
    agreement: null,
    signatures: {},
    declines: {},
    outcome: null,
    sent: {},
    refused: {},
    confirmed: {},
    refunds: {},
    lastWord: {},
    ...nothingServed(),
  }),
}

/** The lender pays the principal out (`disbursement`), the borrower pays back (`repayment`); who pays decides which it is. */
export type Purpose = 'disbursement' | 'repayment'

/** What a payer said. */
export interface SentPayment {
  payer: string
  purpose: Purpose
  amount: number
  valueDate: PlainDate
  rail: string
  reference: string
  /** Meant to settle the loan early. */
  settles: boolean
  at: number
}

/** What a payee confirmed, or the arbiter established. Only this counts as money. */
export interface ConfirmedPayment {
  /** Who is paid. */
  payee: string
  purpose: Purpose
  /** The `payment.sent` that it answers; null when the payee's word came alone. */
  sent: string | null
  amount: number
  /** The day from which it counts: see `valueDateOf`. */
  valueDate: PlainDate
  receivedOn: PlainDate
  rail: string
  settles: boolean
  /** The arbiter's word and reason; null for the payee's own. */
  established: string | null
  at: number
}

/** A payee's word that a payment did not come. */
export interface RefusedPayment {
  id: string
  reason: string
  at: number
}

/** A lender's word that overpaid money was sent back. */
export interface Refund {
  amount: number
  valueDate: PlainDate
  at: number
}
