/** What a borrower would propose to the lenders of bids: by the request's terms, at the rate that their bids blend to. */
import { isRefusal, type Refusal } from '#libs/fold'
import type { ProposalWishes } from '#libs/messages'
import { loanTermsOf, quote, type Quote } from '#libs/offers'
import { compareBytes, encode, equalBytes, fromText, type Value } from '#libs/record'
import {
  asOffer,
  blendedRatePpm,
  judgeRequestAnswer,
  judgeTaking,
  MAX_LENDERS,
  type BidState,
  type RequestState,
} from '#libs/requests'
import { agreementFault, indivisible, type Agreement, type AgreementBody } from './agreement.js'
import { besidesOf, dayAt, judgeStart } from './proposal.js'
import { securityBody } from './security.js'

/** A bid and how much of it is taken, minor units. */
export interface TakenState {
  bid: BidState
  amount: number
}

/** Who takes which bids, and until when it can be signed. Instants are ms since the Unix epoch. */
export interface RequestProposing {
  request: RequestState
  taken: readonly TakenState[]
  said: Omit<ProposalWishes, 'table'>
  now: number
  expiresAt: number
}

/** The agreement of all whose bids are taken, and the quote that it is made of. Refuses as `requests.take` does. */
export function requestProposalOf(proposing: RequestProposing): { body: AgreementBody; quoted: Quote } | Refusal {
  const { request, said, now, expiresAt } = proposing
  const { startDate: wished, firstDueDate, tranches, ...security } = said
  const startDate = wished ?? tranches?.[0]?.[0] ?? dayAt(now)
  const taken = byLender(proposing.taken)
  const stop = judgeAll(request, taken, now) ?? judgeStart(startDate, now)
  if (stop) return stop
  const { terms, borrower } = request
  const { principal, ratePpm } = sumOf(taken)
  const dates = { ...(firstDueDate ? { firstDueDate } : {}), ...(tranches ? { tranches } : {}) }
  const quoted = quote(asOffer(terms!, ratePpm, principal), principal, terms!.instalments, startDate, dates)
  if (isRefusal(quoted)) return quoted
  const rates = taken.map(({ bid }) => bid.ratePpm)
  const { servicer, majorityPpm } = terms!
  const body: AgreementBody = {
    request: fromText(request.id),
    bids: taken.map(({ bid }) => fromText(bid.id)),
    borrower: fromText(borrower),
    lenders: taken.map(({ bid, amount }) => [fromText(bid.lender), amount]),
    ...(rates.every((rate) => rate === ratePpm) ? {} : { rates }),
    ...quoted,
    ...securityBody(security),
    ...besidesOf(terms!),
    ...(servicer === undefined ? {} : { servicer: fromText(servicer) }),
    ...(majorityPpm === undefined ? {} : { majorityPpm }),
    purpose: terms!.purpose,
    expiresAt,
  }
  const broken = agreementFault(body, now)
  const field = broken === 'terms_not_divisible' ? indivisible(body) : null
  return broken ? { refused: broken, ...(field === null ? {} : { field }) } : { body, quoted }
}

/** Ascending by key, as agreements list lenders. */
export function byLender(taken: readonly TakenState[]): TakenState[] {
  return [...taken].sort((a, b) => compareBytes(fromText(a.bid.lender), fromText(b.bid.lender)))
}

/** What the bids come to, and the rate that they blend to. */
function sumOf(taken: readonly TakenState[]): { principal: number; ratePpm: number } {
  return {
    principal: taken.reduce((sum, { amount }) => sum + amount, 0),
    ratePpm: blendedRatePpm(taken.map(({ bid, amount }) => ({ amount, ratePpm: bid.ratePpm }))),
  }
}

function judgeAll(request: RequestState, taken: readonly TakenState[], now: number): Refusal | null {
  if (request.terms === null) return { refused: 'request_not_found' }
  if (taken.length === 0) return { refused: 'bids_insufficient', available: 0, leastAmount: request.terms.leastAmount }
  if (taken.length > MAX_LENDERS) return { refused: 'too_many_lenders', most: MAX_LENDERS }
  const { currency } = request.terms
  const by = { request: request.id, proposer: request.borrower, currency }
  const stop = judgeRequestAnswer(request, { ...by, ...sumOf(taken) })
  if (stop) return stop
  for (const { bid, amount: share } of taken) {
    const { lender, ratePpm } = bid
    const stop = judgeTaking(bid, { ...by, lender, share, ratePpm, at: now })
    if (stop) return { ...stop, bid: bid.id }
  }
  return null
}

/**
 * Whether an agreement has the terms of the request that it came from. No fold rules on it; a lender's node does not sign one that
 * has others.
 */
export function followsFromRequest(agreement: Agreement, { terms: asked }: RequestState): boolean {
  if (!asked) return false
  const { terms } = agreement
  const { principal: amount, annualRatePpm, startDate, firstDueDate } = terms
  const { instalments } = asked
  const loan = { amount, instalments, startDate, ...(firstDueDate ? { firstDueDate } : {}) }
  const made = loanTermsOf(asOffer(asked, annualRatePpm, amount), loan)
  const { railDays, answerDays, coolingOffDays, defaultAfterDays, eventCharges = [], majorityPpm } = agreement
  const { arbiter: _arbiter, eventCharges: _charges, ...days } = besidesOf(asked)
  return isEqual(
    {
      ...{ terms, railDays, answerDays, coolingOffDays, defaultAfterDays, eventCharges },
      ...{ arbiter: agreement.arbiter ?? null, servicer: agreement.servicer, majorityPpm: majorityPpm ?? null },
    },
    {
      ...{ ...days, terms: made, eventCharges: asked.eventCharges ?? [] },
      ...{ arbiter: asked.arbiter ?? null, servicer: asked.servicer ?? null, majorityPpm: asked.majorityPpm ?? null },
    },
  )
}

/** In one canonical encoding: the order of members says nothing. */
const isEqual = (a: object, b: object): boolean => equalBytes(encode({ ...a } as Value), encode({ ...b } as Value))
