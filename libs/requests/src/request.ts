/**
 * A request: a borrower says what it would borrow, on which terms and up to which rate; lenders bid. It binds nobody. The borrower's
 * proposals are in the borrower's own log, one at a time.
 */
import type { Refusal, SubjectType } from '#libs/fold'
import type { RequestStatus, RequestTerms } from '#libs/messages'
import type { ProposalStage } from '#libs/offers'

/** What a request is after its records. Ids and keys are text, instants ms since the Unix epoch, amounts minor units. */
export interface RequestState {
  /** Empty until a valid `request.published` was applied. */
  id: string
  borrower: string
  terms: RequestTerms | null
  publishedAt: number
  withdrawnAt: number | null
  /** The borrower's proposals that answer it, by loan. */
  proposals: { [loan: string]: ProposalStage }
}

export const requestType: SubjectType<RequestState> = {
  name: 'request',
  rank: 12,
  initial: () => ({ id: '', borrower: '', terms: null, publishedAt: 0, withdrawnAt: null, proposals: {} }),
}

/** A concluded agreement outweighs all else, a withdrawal an open proposal. */
export function requestStatus(request: RequestState): RequestStatus {
  const stages = Object.values(request.proposals)
  if (stages.includes('concluded')) return 'agreed'
  if (request.withdrawnAt !== null) return 'withdrawn'
  return stages.includes('open') ? 'proposed' : 'open'
}

/** The loan that proposals led to: the concluded one, else the open one; null when there is neither. */
export function loanOf(proposals: { [loan: string]: ProposalStage }): string | null {
  const loans = Object.entries(proposals)
  const best = loans.find(([, stage]) => stage === 'concluded') ?? loans.find(([, stage]) => stage === 'open')
  return best?.[0] ?? null
}

/** Whether `author` may withdraw it: until it is agreed, also while a proposal waits for signatures. */
export function judgeWithdrawal(request: RequestState, author: string): Refusal | null {
  return judgeOwner(request, author) ?? closed(request)
}

/** A bid as the request that it names sees it. */
export interface BidAsk {
  /** The request that the bid names, and its borrower as the bid says. */
  request: string
  borrower: string
  lender: string
  currency: string
  amount: number
  ratePpm: number
  at: number
}

/** Whether a bid can be placed at its `at`. Also while a proposal is open: it may come to nothing. */
export function judgeBid(request: RequestState, bid: BidAsk): Refusal | null {
  const { terms } = request
  if (terms === null) return { refused: 'request_not_found' }
  if (bid.request !== request.id) return { refused: 'request_misnamed' }
  if (bid.borrower !== request.borrower) return { refused: 'borrower_misnamed' }
  if (bid.lender === request.borrower) return { refused: 'own_request' }
  if (bid.lender === terms.arbiter) return { refused: 'arbiter_is_party' }
  const stop = closed(request)
  if (stop) return stop
  if (bid.at > terms.closesAt) return { refused: 'request_closed', closedAtMs: terms.closesAt }
  if (bid.currency !== terms.currency) return { refused: 'currency_differs', currency: terms.currency }
  if (bid.amount > terms.amount) return { refused: 'amount_out_of_range', maxAmount: terms.amount }
  if (bid.ratePpm > terms.highestRatePpm) return { refused: 'rate_above_highest', highestRatePpm: terms.highestRatePpm }
  return null
}

/** A proposal as the request that it names sees it. */
export interface RequestAnswer {
  request: string
  proposer: string
  currency: string
  principal: number
  ratePpm: number
}

/** Whether the borrower may propose: one agreement at a time, for no less than the least and no more than was asked. */
export function judgeRequestAnswer(request: RequestState, answer: RequestAnswer): Refusal | null {
  const { terms } = request
  const stop = judgeOwner(request, answer.proposer)
  if (stop || terms === null) return stop ?? { refused: 'request_not_found' }
  if (answer.request !== request.id) return { refused: 'request_misnamed' }
  const over = judgeAnswerable(request)
  if (over) return over
  if (answer.currency !== terms.currency) return { refused: 'currency_differs', currency: terms.currency }
  const { leastAmount: minAmount, amount: maxAmount, highestRatePpm } = terms
  if (answer.principal < minAmount || answer.principal > maxAmount)
    return { refused: 'amount_out_of_range', minAmount, maxAmount }
  return answer.ratePpm > highestRatePpm ? { refused: 'rate_above_highest', highestRatePpm } : null
}

/** Whether there is room for a proposal: none stands, and the request does. */
export function judgeAnswerable(request: RequestState): Refusal | null {
  const loan = loanOf(request.proposals)
  return closed(request) ?? (loan === null ? null : { refused: 'request_proposed', loan })
}

function judgeOwner(request: RequestState, author: string): Refusal | null {
  if (request.terms === null) return { refused: 'request_not_found' }
  return author === request.borrower ? null : { refused: 'not_your_request' }
}

function closed(request: RequestState): Refusal | null {
  const status = requestStatus(request)
  return status === 'agreed' || status === 'withdrawn' ? { refused: `request_${status}` } : null
}
