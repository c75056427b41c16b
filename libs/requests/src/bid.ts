/**
 * A bid: a lender says how much of a request it would lend and at which rate. It binds nobody: the lender's signature under the
 * agreement does. It copies what later records are judged by (the request, its borrower), because its fold reads no other subject.
 */
import type { Refusal, SubjectType } from '#libs/fold'
import type { BidStatus } from '#libs/messages'
import type { Promised, ProposalStage } from '#libs/offers'
import { loanOf } from './request.js'

/** What a bid is after its records. Amounts are minor units of `currency`, instants ms since the Unix epoch. */
export interface BidState {
  /** Empty until a valid `bid.placed` was applied. */
  id: string
  request: string
  borrower: string
  lender: string
  currency: string
  amount: number
  /** The least part that the lender would lend. */
  leastAmount: number
  ratePpm: number
  validUntil: number
  placedAt: number
  withdrawnAt: number | null
  /** The borrower's proposals that take it, by loan. */
  proposals: { [loan: string]: ProposalStage }
}

export const bidType: SubjectType<BidState> = {
  name: 'bid',
  rank: 22,
  initial: () => ({
    ...{ id: '', request: '', borrower: '', lender: '', currency: '', amount: 0, leastAmount: 0, ratePpm: 0 },
    ...{ validUntil: 0, placedAt: 0, withdrawnAt: null, proposals: {} },
  }),
}

/** How it stands at an instant. A bid that is in an open proposal is taken, whatever its validity: it was valid when it was taken. */
export function bidStatus(bid: BidState, now: number): BidStatus {
  const stages = Object.values(bid.proposals)
  if (stages.includes('concluded')) return 'agreed'
  if (bid.withdrawnAt !== null) return 'withdrawn'
  if (stages.includes('open')) return 'taken'
  return now > bid.validUntil ? 'expired' : 'open'
}

/** What a bid promises: while it can be taken, and when it is taken until its lender's signature stands for it. */
export function promisedBy(bid: BidState): Promised[] {
  const { id: subject, lender, currency, amount } = bid
  const status = bidStatus(bid, bid.placedAt)
  if (status !== 'open' && status !== 'taken') return []
  const until = status === 'open' ? bid.validUntil : null
  return [{ subject, lender, currency, amount, kind: 'bid', until, instead: null }]
}

/** What a bid can break in itself. */
export function bidFault(bid: Pick<BidState, 'amount' | 'leastAmount' | 'validUntil'>, at: number): Refusal | null {
  if (bid.leastAmount > bid.amount) return { refused: 'amount_range_empty', field: 'leastAmount' }
  return bid.validUntil <= at ? { refused: 'expiry_in_the_past', field: 'validUntil' } : null
}

/** Whether `author` may withdraw it: until it is agreed. What was signed stands: a withdrawal undoes no signature. */
export function judgeBidWithdrawal(bid: BidState, author: string): Refusal | null {
  if (bid.id === '') return { refused: 'bid_not_found' }
  if (author !== bid.lender) return { refused: 'not_your_bid' }
  if (Object.values(bid.proposals).includes('concluded')) return { refused: 'bid_agreed' }
  return bid.withdrawnAt === null ? null : { refused: 'bid_withdrawn' }
}

/** What a proposal takes of a bid, and for whom; `at`: when. */
export interface Taking {
  request: string
  proposer: string
  currency: string
  lender: string
  share: number
  ratePpm: number
  at: number
}

/** Whether a proposal may take the bid: its request's borrower, within what it says, at its rate or more, one proposal at a time. */
export function judgeTaking(bid: BidState, taking: Taking): Refusal | null {
  if (bid.id === '') return { refused: 'bid_not_found' }
  if (taking.request !== bid.request) return { refused: 'request_misnamed' }
  if (taking.proposer !== bid.borrower) return { refused: 'not_your_request' }
  if (taking.lender !== bid.lender) return { refused: 'bid_misnamed' }
  if (taking.currency !== bid.currency) return { refused: 'currency_differs', currency: bid.currency }
  const status = bidStatus(bid, taking.at)
  if (status !== 'open') return { refused: `bid_${status}`, loan: loanOf(bid.proposals) }
  const { leastAmount, amount, ratePpm } = bid
  if (taking.share < leastAmount || taking.share > amount) return { refused: 'share_outside_bid', leastAmount, amount }
  return taking.ratePpm < ratePpm ? { refused: 'rate_below_bid', ratePpm } : null
}
