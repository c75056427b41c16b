import type { InstalmentRow, LoanTerms } from '#libs/money'
import type { CollateralTermsView } from './collateral.js'
import type { GuarantorView } from './guarantees.js'
import type { Actor, Message, Money, Page, PageRequest } from './envelope.js'
import type { AgreedBesides, CostView, OwnDates, PayoutView, SchedulePreview, Tranche } from './offers.js'
import type { PartsView, ServicedView } from './servicing.js'

/**
 * `cancelled`: the borrower withdrew, and what came is not all given back. `recovering`: money came after default was
 * declared. `closed`: nothing is owed.
 */
export type LoanStatus =
  | 'proposed'
  | 'declined'
  | 'lapsed'
  | 'agreed'
  | 'active'
  | 'in_arrears'
  | 'defaulted'
  | 'recovering'
  | 'cancelled'
  | 'closed'

/** One row of the table in force and how far it is paid, as of the view's date. Minor units. */
export interface LoanInstalmentView {
  number: number
  /** A down payment is kept back from the money lent; `afterwards`: fell due outside of the signed table. */
  kind: 'instalment' | 'downPayment' | 'afterwards'
  dueDate: string
  principal: number
  interest: number
  fees: number
  penalties: number
  total: number
  paid: number
  outstanding: number
  state: 'paid' | 'partly_paid' | 'due' | 'overdue' | 'upcoming'
  paidOn: string | null
}

/** A loan in a list. */
export interface LoanSummary {
  id: string
  lender: string
  lenderAlias: string | null
  borrower: string
  borrowerAlias: string | null
  principal: Money
  annualRatePpm: number
  instalments: number
  status: LoanStatus
  outstanding: number
  daysPastDue: number
  nextDue: { date: string; amount: number } | null
  proposedAtMs: number
  expiresAtMs: number
  side: 'lender' | 'borrower' | 'other'
  final: boolean
  /** Something about it is in dispute. */
  disputed: boolean
}

/** The terms of an agreement beside its table. Amounts in minor units, rates in parts per million a year. */
export interface AgreedTermsView extends Required<Pick<AgreedBesides, 'coolingOffDays' | 'defaultAfterDays'>> {
  /** What the table follows from and how the loan is served: see `LoanTerms`. */
  loan: LoanTerms
  tranches: Tranche[] | null
  eventCharges: NonNullable<AgreedBesides['eventCharges']>
  arbiter: string | null
  /** Who collects for all lenders and passes on; null when each is paid. */
  servicer: string | null
  /** How much of the outstanding principal decides for all lenders, ppm. */
  majorityPpm: number
  /** What may be owed for what is pledged; null where the agreement asks for no collateral. */
  collateral: CollateralTermsView | null
  /** A confirmed payment counts from the day it was sent if it was received at most so many days later. */
  railDays: number
  /** After so many days without an answer a payment that was sent no longer counts as late. */
  answerDays: number
}

/** What a loan that ran before was taken over at: its balance on the morning of a day, what falls due on it included. Minor units. */
export interface AdoptedView {
  on: string
  /** All that is to be paid back. */
  principal: number
  /** Of what has fallen due. */
  interest: number
  fees: number
  /** When the oldest of what is late fell due; null when nothing is. */
  lateSince: string | null
  /** What the loan is called where it was written down. */
  paper: string
}

/** A loan that runs already, as one of its parties writes it down. Amounts in minor units, rates in parts per million a year. */
export interface Adoption extends Pick<AgreedBesides, 'eventCharges' | 'arbiter' | 'defaultAfterDays'> {
  /** Which side the actor is on. */
  side: 'lender' | 'borrower'
  /** The other side. */
  counterparty: string
  currency: string
  annualRatePpm: number
  /** Default: every month. */
  every?: LoanTerms['every']
  arrears?: NonNullable<LoanTerms['arrears']>
  /** Since when the first of the rows bears interest: the last due date that is paid, or when the money was lent. */
  startDate: string
  /** Every row that is not paid, or what is left of it, overdue ones as well: [date, principal, interest, fees]. */
  table: InstalmentRow[]
  /** What the paper says that it stands at: it has to be what the rows come to. */
  balance: { on: string; principal: number; interest: number; fees: number }
  paper: string
  purpose: string
}

/** What a lender may give a proposal of its own; dates and tranches default to the application's wishes. */
export interface ProposalWishes extends OwnDates {
  /** An own table instead of the one that the offer makes: [date, principal, interest, fees], 1 … 600 rows. */
  table?: InstalmentRow[]
  /** Whose guarantee the conclusion waits for, and for how much at least, minor units. */
  guarantors?: [guarantor: string, cap: number][]
  /** Borrower and guarantors are a group, whose members guarantee each other's loans. */
  group?: true
  /** Things are to be pledged. */
  collateral?: CollateralTermsView
}

export interface LoanView extends LoanSummary, ServicedView {
  application: string | null
  offer: string | null
  /** Where it comes from otherwise. */
  request: string | null
  bids: string[] | null
  /** Where it ran before the network; null otherwise. */
  adopted: AdoptedView | null
  /** Ascending by key: note k is the k-th lender's. Shares in minor units, own rates in ppm a year. */
  lenders: { identity: string; alias: string | null; share: number; ratePpm: number }[]
  asOf: string
  /** All of them as signed. */
  terms: AgreedTermsView
  purpose: string
  signatures: { identity: string; signedAtMs: number | null }[]
  /** Whose guarantees the conclusion waits for. */
  guarantors: GuarantorView[]
  /** The agreement's conclusion; money should only be sent once it is final. */
  conclusion: { id: string; atMs: number; final: boolean } | null
  schedule: LoanInstalmentView[]
  /** What is to be paid out when, and what is kept back from it. */
  payouts: PayoutView[]
  cost: CostView
  disbursed: number
  paid: PartsView
  outstandingParts: PartsView
  accruedInterest: number
  overpaid: number
  overdue: number
  /** What the actor may do now: names of messages. */
  may: string[]
  /** What to look at before signing; absent when there is nothing. table_does_not_follow_from_terms. */
  warnings?: string[]
}

export interface LoanMessages {
  /**
   * The agreement that a proposal would sign. Refuses: application_not_found, not_your_offer, attestation_missing {missing}, newcomer_limit, application_closed,
   * offer_capacity_exceeded {available}, start_date_out_of_range, and as offers.preview does; for an own table also:
   * table_dates_not_ascending, table_principal_does_not_sum, table_starts_too_early, table_ends_too_late, …
   */
  'loans.preview': Message<{ actor: Actor; application: string } & ProposalWishes, SchedulePreview>
  /** Lender: proposes the agreement that an application asks for, and signs it. `expiresInHours` 1 … 720, default 72. */
  'loans.propose': Message<{ actor: Actor; application: string; expiresInHours?: number } & ProposalWishes, LoanView>
  /**
   * Lender or borrower: proposes to take over a loan that ran before, and signs it; the other side signs it with loans.sign. Once
   * concluded it is active, and no money is paid out. `expiresInHours` 1 … 720, default 72. Refuses: identity_not_found,
   * balance_day_out_of_range, balance_differs_from_table {principal, interest, fees}, arrears_differ_from_table, late_charges_counted_twice, table_not_own,
   * table_starts_too_early, borrower_lends, arbiter_is_party, and the names of the money engine.
   */
  'loans.adopt': Message<{ actor: Actor; expiresInHours?: number } & Adoption, LoanView>
  /** Refuses: loan_not_found, not_a_party, already_signed, proposal_expired, proposal_closed, newcomer_limit. The proposer's node concludes by itself once all have signed, and lapses what expired. */
  'loans.sign': Message<{ actor: Actor; loan: string }, LoanView>
  'loans.decline': Message<{ actor: Actor; loan: string; reason: string }, LoanView>
  'loans.show': Message<{ actor: Actor; loan: string; asOf?: string }, LoanView>
  'loans.list': Message<
    { actor: Actor; side?: 'lender' | 'borrower' | 'all'; status?: LoanStatus } & PageRequest,
    Page<LoanSummary>
  >
  /** Totals of the actor's loans by status and arrears bucket. */
  'loans.portfolio': Message<
    { actor: Actor; side: 'lender' | 'borrower' },
    {
      items: {
        currency: string
        status: LoanStatus
        loans: number
        principal: number
        outstanding: number
        overdue: number
      }[]
    }
  >
}
