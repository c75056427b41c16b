/**
 * A loan: proposed, signed by everyone, concluded or lapsed by the proposer, paid out, served, paid back. The state holds what
 * was said, keyed by the record that said it, so that records that did not know of each other can be applied in any order;
 * what it means on a day is `standing`.
 */
import type { SubjectType } from '#libs/fold'
import type { PlainDate } from '#libs/money'
import type { Agreement } from './agreement.js'
import type { DisputesState } from './dispute.js'
import type { CollateralState, GuaranteesState } from './security.js'
import { nothingTraded, type TradeState } from './notes/trade.js'
import { nothingServed, type ServicingState } from './servicing.js'

/** What a loan is after its records. Ids and keys are text, instants ms since the Unix epoch, amounts minor units. */
export interface LoanState extends ServicingState, TradeState {
  /** Empty until a valid `agreement.proposed` or `loan.adopted` was applied. */
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
  /** Each from its first record on. */
  guarantees?: GuaranteesState
  collateral?: CollateralState
  disputes?: DisputesState
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
    ...nothingTraded(),
  }),
}

/**
 * The lender pays the principal out (`disbursement`), the borrower pays back (`repayment`): who pays decides which it is. A guarantor
 * pays what was called (`guarantee`), and is paid back by the borrower (`recourse`): then the payment names the call, or the guarantee. The buyer of a note pays its seller
 * (`purchase`), and who collected money for another's note passes it on (`passOn`): these say so, and are in no account of the borrower's.
 */
export type Purpose = 'disbursement' | 'repayment' | 'guarantee' | 'recourse' | 'purchase' | 'passOn'

/** What a payment for one note names. */
export interface ForNote {
  /** Absent: the only one there is, or all that a servicer collects for. */
  note?: string
  /** Whom the payer pays, where that is not who was to be paid at the beginning. */
  to?: string
  /** Of a buyer's payment. */
  order?: string
}

/** What a payment under a guarantee names. */
export interface UnderGuarantee {
  /** The guarantee's record; of a guarantor's payment as of what the borrower pays back of it. */
  guarantee?: string
  /** Of a guarantor's payment: the call that it answers. */
  call?: string
}

/** What a payer said. */
export interface SentPayment extends UnderGuarantee, ForNote {
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
export interface ConfirmedPayment extends UnderGuarantee, Omit<ForNote, 'to'> {
  /** Who is paid. */
  payee: string
  /** The sale by which the payee was owner no longer: its borrower did not know of it. */
  goodFaith?: string
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
  /** No money: the balance at which a loan that ran before was taken over, by its conclusion. */
  opening?: true
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
  note?: string
  by: string
  amount: number
  valueDate: PlainDate
  at: number
}
