/** What lenders' signatures hold of their means: their shares, from the signature until the money is paid out or the proposal lapses. */
import type { NewPledge, Promised } from '#libs/offers'
import type { Agreement } from './agreement.js'
import { cancellationOf } from './event.js'
import type { LoanState } from './loan.js'
import { missingPayout } from './movement.js'

/** One for each lender that has signed. */
export function promisedBy(loan: LoanState): Promised[] {
  const { id: subject, agreement, outcome, signatures } = loan
  const { lenders, bids, terms, adopted } = agreement!
  // What was lent before takes no means any more.
  if (adopted) return []
  const { currency } = terms
  const isOwed = outcome?.stage === 'concluded' && missingPayout(loan) > 0 && cancellationOf(loan) === null
  if (outcome !== null && !isOwed) return []
  return lenders.flatMap(([lender, amount], k): Promised[] => {
    const instead = bids?.[k] ?? null
    return signatures[lender] ? [{ subject, lender, currency, amount, kind: 'signed', until: null, instead }] : []
  })
}

/** What a lender's signature would pledge: the own share, instead of the bid; null for someone who does not lend, or lent before. */
export function pledgeOfSigning({ lenders, bids, terms, adopted }: Agreement, identity: string): NewPledge | null {
  if (adopted) return null
  const place = lenders.findIndex(([lender]) => lender === identity)
  if (place < 0) return null
  return { currency: terms.currency, amount: lenders[place]![1], as: 'signed', instead: bids?.[place] ?? null }
}
