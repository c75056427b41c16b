/**
 * An offer: what a lender is ready to lend, on which terms, and how much of it is pledged to proposals. Everything about its
 * capacity is in the lender's own log, so the lender's log alone says what is left, and no two nodes can disagree.
 */
import type { Refusal, SubjectType, VoidReason } from '#libs/fold'
import type { OfferTerms } from '#libs/messages'

/** What an offer is after its records. Ids and keys are text, instants ms since the Unix epoch, amounts minor units. */
export interface OfferState {
  /** The offer's id; empty until a valid `offer.published` was applied. */
  id: string
  lender: string
  /** Null until published. */
  terms: OfferTerms | null
  /** The record that set the terms in force. */
  termsRecord: string
  publishedAt: number
  amendedAt: number | null
  withdrawnAt: number | null
  /** What the lender's proposals use of the capacity, by loan. */
  pledges: { [loan: string]: Pledge }
}

/** A proposal under the offer: `open` and `concluded` ones use capacity, a `lapsed` one no longer does. */
export interface Pledge {
  amount: number
  stage: ProposalStage
}

/** How the proposer's own log left a proposal: the first `agreement.concluded` or `agreement.lapsed` in it counts. */
export type ProposalStage = 'open' | 'concluded' | 'lapsed'

export const offerType: SubjectType<OfferState> = {
  name: 'offer',
  rank: 10,
  initial: () => ({
    id: '',
    lender: '',
    terms: null,
    termsRecord: '',
    publishedAt: 0,
    amendedAt: null,
    withdrawnAt: null,
    pledges: {},
  }),
}

/** Capacity used by open and concluded proposals, minor units. */
export function pledged(offer: OfferState): number {
  let sum = 0
  for (const { amount, stage } of Object.values(offer.pledges)) if (stage !== 'lapsed') sum += amount
  return sum
}

/** Capacity that new proposals may still use, minor units; never negative. */
export function available(offer: OfferState): number {
  return (offer.terms?.capacity ?? 0) - pledged(offer)
}

/** Whether `author` may change the offer to `terms`, or withdraw it when there are none. */
export function judgeChange(offer: OfferState, author: string, terms?: OfferTerms): Refusal | null {
  if (offer.terms === null) return { refused: 'offer_not_found' }
  if (author !== offer.lender) return { refused: 'not_your_offer' }
  if (offer.withdrawnAt !== null) return { refused: 'offer_withdrawn' }
  if (!terms) return null
  if (terms.currency !== offer.terms.currency) return { refused: 'currency_fixed', currency: offer.terms.currency }
  if (terms.capacity < pledged(offer)) return { refused: 'capacity_below_pledged', pledged: pledged(offer) }
  return null
}

/** What someone asks for under an offer. */
export interface Ask {
  borrower: string
  currency: string
  amount: number
  instalments: number
}

/** Whether the offer, as it is, answers to what is asked. Capacity is not looked at: an application pledges nothing. */
export function judgeAsk(offer: OfferState, ask: Ask): Refusal | null {
  const { terms } = offer
  if (terms === null) return { refused: 'offer_not_found' }
  if (ask.borrower === offer.lender) return { refused: 'own_offer' }
  if (ask.borrower === terms.arbiter) return { refused: 'arbiter_is_party' }
  if (offer.withdrawnAt !== null) return { refused: 'offer_withdrawn' }
  if (ask.currency !== terms.currency) return { refused: 'currency_differs', currency: terms.currency }
  return judgeSize(terms, ask.amount, ask.instalments)
}

/** Whether an amount and a number of instalments lie within the terms. */
export function judgeSize(terms: OfferTerms, amount: number, instalments: number): Refusal | null {
  const { minAmount, maxAmount, minInstalments, maxInstalments } = terms
  if (amount < minAmount || amount > maxAmount) return { refused: 'amount_out_of_range', minAmount, maxAmount }
  if (instalments < minInstalments || instalments > maxInstalments)
    return { refused: 'instalments_out_of_range', minInstalments, maxInstalments }
  return null
}

/** A proposal as the offer that it names sees it. */
export interface PledgeAsk {
  /** The offer that the proposal names. */
  offer: string
  proposer: string
  currency: string
  amount: number
}

/** Whether a proposal may use the offer's capacity. */
export function judgePledge(offer: OfferState, ask: PledgeAsk): Refusal | null {
  if (offer.terms === null) return { refused: 'offer_not_found' }
  if (ask.proposer !== offer.lender) return { refused: 'not_your_offer' }
  if (ask.offer !== offer.id) return { refused: 'offer_misnamed' }
  if (offer.withdrawnAt !== null) return { refused: 'offer_withdrawn' }
  if (ask.currency !== offer.terms.currency) return { refused: 'currency_differs', currency: offer.terms.currency }
  if (ask.amount > available(offer)) return { refused: 'offer_capacity_exceeded', available: available(offer) }
  return null
}

/**
 * Whether `author` may conclude or lapse a proposal, as far as the offer is concerned: its own, and not the other way before. A
 * second conclusion passes here, because only the loan knows whether the first one named every signature.
 */
export function judgeSettlement(
  stage: ProposalStage | undefined,
  proposer: string,
  author: string,
  to: 'concluded' | 'lapsed',
): VoidReason | null {
  if (author !== proposer) return 'not_the_proposer'
  if (!stage) return 'proposal_void'
  return stage === 'open' || (stage === 'concluded' && to === 'concluded') ? null : 'proposal_closed'
}
