import type { PlainDate } from '#libs/money'
import type { Actor, Message, Money, Page, PageRequest } from './envelope.js'
import type { LoanView, ProposalWishes } from './loans.js'
import type { AgreedBesides, OfferedTerms, SchedulePreview } from './offers.js'

/** How a loan with several lenders is served, as a request announces it and an agreement has it. */
export interface SharedServing {
  /** The identity that collects once for all lenders and passes on; without one each lender is paid by the borrower. */
  servicer?: string
  /** Of the outstanding principal, how much its owners must hold together to decide for all, ppm: 500001 (default) … 1000000. */
  majorityPpm?: number
}

/**
 * What a borrower asks for, with all terms but the rate: by these the agreement will be made. Amounts in minor units of
 * `currency`, rates in parts per million a year. Any method but `ownTable`.
 */
export type RequestTerms = Omit<OfferedTerms, 'annualRatePpm'> &
  AgreedBesides &
  SharedServing & {
    amount: number
    /** The least that must come together for the loan to go ahead. */
    leastAmount: number
    instalments: number
    /** No bid may ask more. */
    highestRatePpm: number
    purpose: string
    /** Until when bids can be placed, ms since the Unix epoch. */
    closesAt: number
  }

export type RequestStatus = 'open' | 'withdrawn' | 'proposed' | 'agreed'

export interface RequestView {
  id: string
  borrower: string
  borrowerAlias: string | null
  terms: RequestTerms
  status: RequestStatus
  /** Whether a bid can be placed now: open, and not past its closing. */
  biddable: boolean
  /** Bids that could be taken now, and what they come to in minor units. */
  bids: number
  bidAmount: number
  /** The agreement that it led to: concluded, or proposed. */
  loan: string | null
  publishedAtMs: number
  mine: boolean
  final: boolean
}

/** `expired`: past its validity and never agreed. `taken`: in a proposal that is not settled. */
export type BidStatus = 'open' | 'withdrawn' | 'expired' | 'taken' | 'agreed'

export interface BidView {
  id: string
  request: string
  borrower: string
  lender: string
  lenderAlias: string | null
  amount: Money
  /** The least part of it that the lender would lend. */
  leastAmount: number
  ratePpm: number
  validUntilMs: number
  status: BidStatus
  /** The agreement that took it: concluded, or proposed. */
  loan: string | null
  placedAtMs: number
  mine: boolean
}

/** A bid and how much of it is taken, minor units. */
export interface TakenBid {
  bid: string
  amount: number
}

/** What a borrower may give a proposal of its own: dates, parts, and what secures the loan. */
export type RequestWishes = Omit<ProposalWishes, 'table'>

/** A set of bids as one loan. */
export interface Choice {
  taken: (TakenBid & { lender: string; lenderAlias: string | null; ratePpm: number })[]
  /** What they come to; less than was asked when there are not bids enough. */
  amount: Money
  /** The exact mean of the rates by amount, as a fraction of integers: parts per million a year. */
  blendedRate: { numerator: string; denominator: string }
  /** The same as the agreement carries it: rounded up to a whole ppm, so that every lender gets at least the own rate. */
  blendedRatePpm: number
  /** Whether no cheaper set exists; false when the search was cut short, and this is the best that it met. */
  proven: boolean
  /** The whole loan. */
  preview: SchedulePreview
}

/** What of a lender's means is spoken for in one currency, minor units. */
export interface PledgeView {
  currency: string
  /** Own shares that were signed for and are not paid out. */
  signed: number
  /** Bids that could still be taken, and those taken that wait for the own signature. */
  bids: number
  /** What open offers still have to lend. */
  offers: number
  /** What the owner allows; null without a limit. */
  limit: LendingLimit | null
}

/**
 * The most, in minor units, that an identity's node lets it promise in a currency. `signed` counts what was signed for alone; `promised`
 * counts bids and offers as well, from the moment that they are made.
 */
export interface LendingLimit {
  amount: number
  counts: 'signed' | 'promised'
}

export interface RequestMessages {
  /**
   * Refuses terms of which no loan can be made, by the names of `offers.preview`, and: amount_range_empty, own_table_unexpected,
   * closes_in_the_past, newcomer_limit, arbiter_is_party, servicer_is_borrower.
   */
  'requests.publish': Message<{ actor: Actor; terms: RequestTerms }, RequestView>
  /** No more bids and no new proposal. Refuses: request_not_found, not_your_request, request_withdrawn, request_agreed. */
  'requests.withdraw': Message<{ actor: Actor; request: string }, RequestView>
  'requests.show': Message<{ actor: Actor; request: string }, RequestView>
  /** `biddable`: those on which a bid can be placed now. The highest rate at least `ratePpm`, at most `instalments` of them. */
  'requests.list': Message<
    {
      actor: Actor
      mine?: boolean
      biddable?: boolean
      status?: RequestStatus
      currency?: string
      ratePpm?: number
      instalments?: number
    } & PageRequest,
    Page<RequestView>
  >
  /** Schedule and cost of the whole loan, or of `amount`, at a rate; default: the highest one. Refuses as offers.preview does. */
  'requests.quote': Message<
    { request: string; amount?: number; ratePpm?: number; startDate?: PlainDate },
    SchedulePreview
  >
  /**
   * The cheapest set of the bids that can be taken now, or these ones, as one loan. Refuses: request_not_found, not_your_request,
   * request_withdrawn, request_agreed, request_proposed, bids_insufficient {available, leastAmount}, bid_not_found, and as a proposal does.
   */
  'requests.choose': Message<{ actor: Actor; request: string; bids?: TakenBid[] } & RequestWishes, Choice>
  /** Borrower: proposes the agreement of such a choice, and signs it. `expiresInHours` 1 … 720, default 72. */
  'requests.take': Message<
    { actor: Actor; request: string; bids?: TakenBid[]; expiresInHours?: number } & RequestWishes,
    LoanView
  >
  /**
   * Lender. `leastAmount` is the whole unless said. Refuses: request_not_found, request_withdrawn, request_agreed, request_closed, newcomer_limit, own_request,
   * arbiter_is_party, amount_out_of_range, rate_above_highest {highestRatePpm}, expiry_in_the_past, bid_already_open {bid},
   * pledged_beyond_limit {limit, pledged, left}.
   */
  'bids.place': Message<
    { actor: Actor; request: string; amount: number; leastAmount?: number; ratePpm: number; validUntilMs: number },
    BidView
  >
  /** Refuses: bid_not_found, not_your_bid, bid_withdrawn, bid_agreed. */
  'bids.withdraw': Message<{ actor: Actor; bid: string }, BidView>
  'bids.show': Message<{ actor: Actor; bid: string }, BidView>
  /** `side`: bids that one has placed, or that one's requests have. */
  'bids.list': Message<
    { actor: Actor; side: 'borrower' | 'lender'; request?: string; status?: BidStatus } & PageRequest,
    Page<BidView>
  >
  /** What the actor has promised, by currency. */
  'lending.pledges': Message<{ actor: Actor }, { items: PledgeView[] }>
  /** The actor's own limit in a currency; null lifts it. It holds on this node. Refuses: currency_unknown. */
  'lending.setLimit': Message<{ actor: Actor; currency: string; limit: LendingLimit | null }, PledgeView>
}
