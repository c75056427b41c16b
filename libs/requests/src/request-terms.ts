/** The terms of a request: those of an offer of exactly this loan, but for the rate, which the bids make. */
import type { Refusal } from '#libs/fold'
import type { OfferTerms, RequestTerms } from '#libs/messages'
import { offerTermsFault } from '#libs/offers'

/** More than half of the outstanding principal, unless the parties agree on more. */
export const MAJORITY_PPM = 500_001

/** The request as if a lender offered it at a rate: what makes tables, and what a loan takes over, is the same. */
export function asOffer(terms: RequestTerms, annualRatePpm: number, amount = terms.amount): OfferTerms {
  const { amount: capacity, leastAmount, instalments, ...rest } = terms
  const { highestRatePpm: _1, purpose: _2, closesAt: _3, servicer: _4, majorityPpm: _5, ...shared } = rest
  return {
    ...shared,
    annualRatePpm,
    capacity,
    ...{ minAmount: Math.min(leastAmount, amount), maxAmount: amount },
    ...{ minInstalments: instalments, maxInstalments: instalments },
  }
}

/** What terms can break in themselves; they are tried on the smallest and the largest loan, at no interest and at the highest rate. */
export function requestFault(terms: RequestTerms, borrower: string, at: number): Refusal | null {
  if (terms.method === 'ownTable') return { refused: 'own_table_unexpected', field: 'method' }
  if (terms.leastAmount > terms.amount) return { refused: 'amount_range_empty', field: 'leastAmount' }
  if (terms.closesAt <= at) return { refused: 'closes_in_the_past', field: 'closesAt' }
  if (terms.arbiter === borrower || (terms.arbiter !== undefined && terms.arbiter === terms.servicer))
    return { refused: 'arbiter_is_party', field: 'arbiter' }
  if (terms.servicer === borrower) return { refused: 'servicer_is_borrower', field: 'servicer' }
  return offerTermsFault(asOffer(terms, terms.highestRatePpm)) ?? offerTermsFault(asOffer(terms, 0))
}
