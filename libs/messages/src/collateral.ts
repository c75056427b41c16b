import type { Actor, Message, Money } from './envelope.js'

/** What may be owed for what is pledged: shares of its worth, ppm, ascending. */
export interface CollateralTermsView {
  /** When money is paid out, and what a margin call asks to get back to. */
  initialPpm: number
  /** Beyond it more is to be pledged. */
  maintenancePpm: number
  /** Beyond it what is pledged may be turned into money. */
  liquidationPpm: number
  /** Who says what it is worth. */
  valuer: string
}

/** Something pledged for a loan. Minor units of the loan's currency. */
export interface CollateralPledgeView {
  /** Id of its `collateral.pledged`. */
  id: string
  owner: string
  ownerAlias: string | null
  what: string
  description: string
  /** SHA-256 of a document that describes it; null without. */
  document: string | null
  pledgedAtMs: number
  /** The last valuation by the view's day. */
  worth: { amount: number; date: string; method: string; record: string } | null
  /** The day from which it is no longer pledged; null while it is. */
  releasedOn: string | null
  may: string[]
}

/**
 * `covered`: up to the initial level. `belowInitial`: beyond it, but not beyond maintenance. `marginCall`: beyond maintenance.
 * `liquidation`: beyond the last level. `nothingOwed`: nothing needs to be covered.
 */
export type MarginStatus = 'nothingOwed' | 'covered' | 'belowInitial' | 'marginCall' | 'liquidation'

/** What is pledged for a loan, on a day. Minor units. */
export interface CollateralView {
  loan: string
  asOf: string
  terms: CollateralTermsView
  pledges: CollateralPledgeView[]
  /** Of all that is pledged and valued. */
  worth: Money
  /** What is to be covered: what would settle the loan, without a fee for that. */
  exposure: Money
  /** Exposure over worth, ppm; null without worth. */
  loanToValuePpm: number | null
  status: MarginStatus
  /** The worth that the levels ask for. */
  required: { initial: number; maintenance: number; liquidation: number }
  /** How much worth is missing to the initial level. */
  shortfall: number
  /** What the actor may do now: 'collateral.pledge', 'collateral.value', 'collateral.release'. */
  may: string[]
}

export interface CollateralMessages {
  /**
   * The borrower, or who guarantees the loan, pledges something of their own. `document`: SHA-256, text form. Refuses:
   * loan_not_found, collateral_not_agreed, not_the_borrower, proposal_closed, loan_closed.
   */
  'collateral.pledge': Message<
    { actor: Actor; loan: string; what: string; description?: string; document?: string },
    CollateralView
  >
  /** Who the agreement names says what a pledge is worth on a day. Refuses: pledge_not_found, not_the_valuer, pledge_released, value_date_out_of_range. */
  'collateral.value': Message<
    { actor: Actor; loan: string; pledge: string; amount: number; date?: string; method: string },
    CollateralView
  >
  /** Lender: a pledge is free. Refuses: pledge_not_found, not_the_lender, already_released. */
  'collateral.release': Message<{ actor: Actor; loan: string; pledge: string; reason: string }, CollateralView>
  /** Refuses: loan_not_found, collateral_not_agreed. */
  'collateral.show': Message<{ actor: Actor; loan: string; asOf?: string }, CollateralView>
}
