import type { LoanTerms, PlainDate } from '#libs/money'
import type { RequiredAttestation } from './attestations.js'
import type { Actor, Message, Money, Page, PageRequest } from './envelope.js'

/** A part of the principal and the day on which it is to be paid out. Minor units. */
export type Tranche = [date: PlainDate, amount: number]

/**
 * A charge that the lender may levy when something happens (a reminder, a returned payment), by its name. Fixed, in minor
 * units, or a share in parts per million of the oldest unpaid instalment or of all that is outstanding on that day.
 */
export type EventCharge = { name: string } & ({ amount: number } | { ppm: number; of: 'instalment' | 'outstanding' })

/** Terms that an agreement takes over from the offer, beside those that make its table. */
export interface AgreedBesides {
  /** At most 16, by different names. */
  eventCharges?: EventCharge[]
  /** Days after the conclusion on which the borrower may withdraw, 0 … 60. Default 0. */
  coolingOffDays?: number
  /** Days past due from which default may be declared, 1 … 366. Default 90. */
  defaultAfterDays?: number
  /** The identity that may rule on payments and reversals; neither lender nor borrower. */
  arbiter?: string
}

/** The members of `LoanTerms` that belong to one loan and not to an offer. */
export type OneLoansTerms = 'principal' | 'startDate' | 'instalments' | 'firstDueDate' | 'interestPauses' | 'table'

/** Terms that an offer shares with the loans under it: see `LoanTerms`. What is left out means the plain case. */
export type OfferedTerms = Omit<LoanTerms, OneLoansTerms>

/**
 * What a lender offers. Amounts in minor units of `currency`, rates in parts per million a year. With the method `ownTable`
 * the lender writes the table when proposing.
 */
export type OfferTerms = OfferedTerms &
  AgreedBesides & {
    /** The most that may be lent under this offer at one time. */
    capacity: number
    minAmount: number
    maxAmount: number
    minInstalments: number
    maxInstalments: number
    note?: string
    /** What a borrower must have been attested; at most 8. Looked at by both sides' nodes before they sign. */
    requires?: RequiredAttestation[]
  }

/** What one loan may have of its own beside amount and instalments. `startDate` is today unless said. */
export interface OwnDates {
  startDate?: PlainDate
  /** A shorter or longer first period: after the start date. */
  firstDueDate?: PlainDate
  /** Paid out in 2 … 24 parts: days ascending from the start date, amounts summing to the principal. */
  tranches?: Tranche[]
}

export interface OfferView {
  id: string
  lender: string
  lenderAlias: string | null
  terms: OfferTerms
  status: 'open' | 'withdrawn'
  /** Capacity not yet used by proposals. */
  available: number
  applications: number
  publishedAtMs: number
  amendedAtMs: number | null
  mine: boolean
  final: boolean
}

/** One row as it would be, or is, signed: minor units. */
export interface InstalmentView {
  number: number
  /** A down payment is a share of what is paid out, due and paid on that day. */
  kind: 'downPayment' | 'instalment'
  dueDate: string
  principal: number
  interest: number
  fees: number
  total: number
  /** Principal that is paid out by then and not yet repaid. */
  balanceAfter: number
}

/** Money to be paid out on a day, and what of it is kept back. Minor units; `arrives` is what the borrower gets. */
export interface PayoutView {
  date: string
  amount: number
  /** Charges at the start that the terms deduct; they are kept back from the first payout. */
  deducted: number
  downPayment: number
  arrives: number
}

/** What a credit costs and by which methods. Amounts in minor units, rates in parts per million a year. */
export interface CostView {
  totalInterest: number
  /** Fees of all rows and what is deducted at the start. */
  totalFees: number
  /** The principal less what is deducted. */
  amountReceived: number
  totalOfPayments: number
  /** totalOfPayments − amountReceived. */
  costOfCredit: number
  aprPpm: number
  aprMethod: string
  aprcPpm: number
  aprcMethod: string
}

export interface SchedulePreview {
  currency: string
  principal: number
  rows: InstalmentView[]
  payouts: PayoutView[]
  /** Charged at the start. Those that are not deducted are in the fees of the first instalment. */
  startCharges: { name: string; amount: number; deducted: boolean }[]
  cost: CostView
}

export interface ApplicationView {
  id: string
  offer: string
  lender: string
  borrower: string
  borrowerAlias: string | null
  amount: Money
  instalments: number
  purpose: string
  /** What the borrower wishes beside that; the lender may propose something else. */
  firstDueDate: string | null
  tranches: Tranche[] | null
  status: 'submitted' | 'withdrawn' | 'declined' | 'proposed' | 'agreed'
  declinedBecause: string | null
  loan: string | null
  submittedAtMs: number
}

export interface OfferMessages {
  /**
   * Schedule and cost of a loan under given terms. Refuses with the money engine's own names and the member at `field`
   * (rate_out_of_range, grace_out_of_range, terms_contradictory, does_not_amortise, own_table_missing, …), with those of
   * offers.publish, tranches_invalid and cost_undefined.
   */
  'offers.preview': Message<{ terms: OfferTerms; amount: number; instalments: number } & OwnDates, SchedulePreview>
  /** As above, of a published offer. Refuses: offer_not_found, amount_out_of_range, instalments_out_of_range. */
  'offers.quote': Message<{ offer: string; amount: number; instalments: number } & OwnDates, SchedulePreview>
  /**
   * Refuses terms under which a loan can't be made, as `offers.preview` does, and: amount_range_empty,
   * instalments_range_empty, max_amount_above_capacity, event_charges_repeated, arbiter_is_party.
   */
  'offers.publish': Message<{ actor: Actor; terms: OfferTerms }, OfferView>
  /** Replaces the terms; the currency stays. Refuses: offer_not_found, not_your_offer, offer_withdrawn, currency_fixed, capacity_below_pledged. */
  'offers.amend': Message<{ actor: Actor; offer: string; terms: OfferTerms }, OfferView>
  'offers.withdraw': Message<{ actor: Actor; offer: string }, OfferView>
  'offers.show': Message<{ actor: Actor; offer: string }, OfferView>
  'offers.list': Message<
    { actor: Actor; mine?: boolean; status?: 'open' | 'withdrawn'; currency?: string } & PageRequest,
    Page<OfferView>
  >
  /**
   * Refuses: offer_not_found, offer_withdrawn, amount_out_of_range, instalments_out_of_range, newcomer_limit, offer_capacity_exceeded
   * {available}, own_offer, arbiter_is_party, first_due_date_out_of_range, tranches_invalid, attestation_missing {missing}.
   */
  'applications.submit': Message<
    {
      actor: Actor
      offer: string
      amount: number
      instalments: number
      purpose: string
      firstDueDate?: PlainDate
      tranches?: Tranche[]
    },
    ApplicationView
  >
  'applications.withdraw': Message<{ actor: Actor; application: string }, ApplicationView>
  /** The lender of the offer. */
  'applications.decline': Message<{ actor: Actor; application: string; reason: string }, ApplicationView>
  'applications.show': Message<{ actor: Actor; application: string }, ApplicationView>
  /** `side`: as the one who applied, or as the one whose offer it is. */
  'applications.list': Message<
    { actor: Actor; side: 'borrower' | 'lender'; offer?: string; status?: ApplicationView['status'] } & PageRequest,
    Page<ApplicationView>
  >
}
