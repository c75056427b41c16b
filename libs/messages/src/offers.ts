import type { Actor, Message, Money, Page, PageRequest } from './envelope.js'

/** What a lender offers. Amounts in minor units of `currency`, rates in parts per million a year. */
export interface OfferTerms {
  currency: string
  /** The most that may be lent under this offer at one time. */
  capacity: number
  minAmount: number
  maxAmount: number
  minInstalments: number
  maxInstalments: number
  every: { count: number; unit: 'day' | 'week' | 'month' }
  annualRatePpm: number
  method: 'annuity' | 'equalPrincipal' | 'bullet'
  dayCount: 'ACT/365F' | 'ACT/360' | '30/360 BOND'
  /** Charged once, added to the first instalment; parts per million of the principal. */
  originationFeePpm?: number
  /** Days after a due date on which nothing counts as late yet. */
  graceDays?: number
  note?: string
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

/** One instalment as it would be, or is, signed: minor units. */
export interface InstalmentView {
  number: number
  dueDate: string
  principal: number
  interest: number
  fees: number
  total: number
  balanceAfter: number
}

export interface SchedulePreview {
  currency: string
  principal: number
  rows: InstalmentView[]
  cost: { totalInterest: number; totalFees: number; totalOfPayments: number; aprPpm: number; aprcPpm: number }
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
  status: 'submitted' | 'withdrawn' | 'declined' | 'proposed' | 'agreed'
  declinedBecause: string | null
  loan: string | null
  submittedAtMs: number
}

export interface OfferMessages {
  /** Schedule and cost of a loan under given terms. Refuses with the money engine's own names (rate_out_of_range, …). */
  'offers.preview': Message<
    { terms: OfferTerms; amount: number; instalments: number; startDate?: string },
    SchedulePreview
  >
  /** As above, of a published offer. Refuses: offer_not_found, amount_out_of_range, instalments_out_of_range. */
  'offers.quote': Message<{ offer: string; amount: number; instalments: number; startDate?: string }, SchedulePreview>
  'offers.publish': Message<{ actor: Actor; terms: OfferTerms }, OfferView>
  /** Replaces the terms; the currency stays. Refuses: offer_not_found, not_your_offer, offer_withdrawn, currency_fixed, capacity_below_pledged. */
  'offers.amend': Message<{ actor: Actor; offer: string; terms: OfferTerms }, OfferView>
  'offers.withdraw': Message<{ actor: Actor; offer: string }, OfferView>
  'offers.show': Message<{ actor: Actor; offer: string }, OfferView>
  'offers.list': Message<
    { actor: Actor; mine?: boolean; status?: 'open' | 'withdrawn'; currency?: string } & PageRequest,
    Page<OfferView>
  >
  /** Refuses: offer_not_found, offer_withdrawn, amount_out_of_range, instalments_out_of_range, offer_capacity_exceeded {available}, own_offer. */
  'applications.submit': Message<
    { actor: Actor; offer: string; amount: number; instalments: number; purpose: string },
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
