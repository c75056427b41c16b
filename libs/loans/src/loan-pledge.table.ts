/** What lenders' signatures promise: see `promisedBy`. */
import { replacePledges } from '#libs/offers'
import type { Projection } from '#libs/store'
import type { LoanState } from './loan.js'
import { promisedBy } from './loan-pledge.js'

export const loanPledgeProjection: Projection = {
  type: 'loan',
  // Cleared with the pledges of offers.
  tables: [],
  async project(manager, subjects) {
    const loans = subjects.filter(({ applied }) => applied.length > 0).map(({ state }) => state as LoanState)
    await replacePledges(
      manager,
      subjects.map(({ subject }) => subject),
      loans.flatMap(promisedBy),
    )
  },
}
