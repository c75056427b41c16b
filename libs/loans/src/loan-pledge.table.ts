/** What lenders' signatures hold of their means: their shares, from the signature until the money is paid out or the proposal lapses. */
import { replacePledges, type PledgeRow } from '#libs/offers'
import type { Projection } from '#libs/store'
import { cancellationOf } from './event.js'
import type { LoanState } from './loan.js'
import { missingPayout } from './movement.js'

export const loanPledgeProjection: Projection = {
  type: 'loan',
  // Cleared with the pledges of offers.
  tables: [],
  async project(manager, subjects) {
    const loans = subjects.filter(({ applied }) => applied.length > 0).map(({ state }) => state as LoanState)
    await replacePledges(
      manager,
      subjects.map(({ subject }) => subject),
      loans.flatMap(pledgesOf),
    )
  },
}

function pledgesOf(loan: LoanState): PledgeRow[] {
  const { lenders, bids, terms } = loan.agreement!
  const isOpen = loan.outcome === null
  const isOwed = loan.outcome?.stage === 'concluded' && missingPayout(loan) > 0 && cancellationOf(loan) === null
  if (!isOpen && !isOwed) return []
  return lenders.flatMap(([lender, amount], k) =>
    loan.signatures[lender]
      ? [
          {
            subject: loan.id,
            lender,
            currency: terms.currency,
            amount,
            kind: 'signed',
            until: null,
            instead: bids?.[k] ?? null,
          },
        ]
      : [],
  )
}
