/** What `agreement.concluded` and `agreement.lapsed` do to what their proposal came from. */
import type { Effect } from '#libs/fold'
import { judgeSettlement, type ApplicationState, type OfferState, type ProposalStage } from '#libs/offers'
import type { BidState, RequestState } from '#libs/requests'

type To = 'concluded' | 'lapsed'

/** The pledge is used for good (`concluded`) or freed (`lapsed`): the first of the two in the proposer's log counts. */
const settlesPledge = (to: To): Effect<OfferState> => ({
  judge: ({ subj, author }, past) => judgeSettlement(past.pledges[subj!]?.stage, past.lender, author, to),
  apply: (offer, { subj }) => void (offer.pledges[subj!]!.stage = to),
})

/** What was answered is agreed, or free for another proposal. */
const settlesAnswer = <S extends { proposals: { [loan: string]: ProposalStage } }>(
  to: To,
  proposerOf: (state: S) => string,
): Effect<S> => ({
  judge: ({ subj, author }, past) => judgeSettlement(past.proposals[subj!], proposerOf(past), author, to),
  apply: (state, { subj }) => void (state.proposals[subj!] = to),
})

/** The effects of a settlement on offer and application, or on request and bids. */
export const settles = (to: To): { [subjectType: string]: Effect<never> } => ({
  offer: settlesPledge(to),
  application: settlesAnswer<ApplicationState>(to, ({ lender }) => lender),
  request: settlesAnswer<RequestState>(to, ({ borrower }) => borrower),
  bid: settlesAnswer<BidState>(to, ({ borrower }) => borrower),
})
