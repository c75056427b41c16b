/** What `agreement.concluded` and `agreement.lapsed` do to the offer and the application of their proposal. */
import type { Effect } from '#libs/fold'
import { judgeSettlement, type ApplicationState, type OfferState } from '#libs/offers'

/** The proposal's pledge is used for good (`concluded`) or freed (`lapsed`): the first of the two in the proposer's log counts. */
export const settlesPledge = (to: 'concluded' | 'lapsed'): Effect<OfferState> => ({
  judge: ({ subj, author }, past) => judgeSettlement(past.pledges[subj!]?.stage, past.lender, author, to),
  apply: (offer, { subj }) => void (offer.pledges[subj!]!.stage = to),
})

/** The application is agreed, or open again. */
export const settlesAnswer = (to: 'concluded' | 'lapsed'): Effect<ApplicationState> => ({
  judge: ({ subj, author }, past) => judgeSettlement(past.proposals[subj!], past.lender, author, to),
  apply: (application, { subj }) => void (application.proposals[subj!] = to),
})
