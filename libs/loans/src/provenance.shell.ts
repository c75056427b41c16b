/** What no fold can rule on, and the one who signs should: that a proposal follows from its terms, and answers what was said before. */
import type { Refusal } from '#libs/fold'
import { applicationStatus, type ApplicationState } from '#libs/offers'
import type { BidState, RequestState } from '#libs/requests'
import type { StoreView } from '#libs/store'
import { followsFromTerms, type Agreement } from './agreement.js'
import type { LoanState } from './loan.js'
import { followsFromRequest } from './request-proposal.js'

/** Refuses: table_does_not_follow_from_terms, application_closed, bid_not_taken, terms_differ_from_request. */
export async function judgeProvenance(loan: LoanState, identity: string, view: StoreView): Promise<Refusal | null> {
  const agreement = loan.agreement!
  if (!followsFromTerms(agreement)) return { refused: 'table_does_not_follow_from_terms' }
  // It answers nothing that was said in the network.
  if (agreement.adopted) return null
  if (agreement.request !== null) return judgeTakenBid(loan.id, agreement, identity, view)
  if (identity !== agreement.borrower) return null
  const application = await view.fold<ApplicationState>('application', agreement.application!)
  const waits = application !== null && applicationStatus(application.state) === 'proposed'
  return waits && application.state.proposals[loan.id] === 'open' ? null : { refused: 'application_closed' }
}

/** A lender signs what takes the own bid, by the terms under which it was placed. */
async function judgeTakenBid(
  loan: string,
  agreement: Agreement,
  identity: string,
  view: StoreView,
): Promise<Refusal | null> {
  const place = agreement.lenders.findIndex(([lender]) => lender === identity)
  if (place >= 0) {
    const bid = await view.fold<BidState>('bid', agreement.bids![place]!)
    if (bid?.state.lender !== identity || bid.state.proposals[loan] !== 'open') return { refused: 'bid_not_taken' }
    if (bid.state.withdrawnAt !== null) return { refused: 'bid_withdrawn' }
  }
  const request = await view.fold<RequestState>('request', agreement.request!)
  return request && followsFromRequest(agreement, request.state) ? null : { refused: 'terms_differ_from_request' }
}
