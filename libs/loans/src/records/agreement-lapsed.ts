/** `agreement.lapsed`: the proposer closes a proposal that comes to nothing, which frees the capacity, or the bids, that it used. */
import { lendingKind, schema } from '#libs/offers'
import type { LoanState } from '../loan.js'
import { judgeLapse } from '../signing.js'
import { settles } from './agreement-settled.js'

export const agreementLapsed = lendingKind({
  name: 'agreement.lapsed',
  belongsTo: ['loan'],
  concernsAsFirst: true,
  schema: schema.object({}),
  effects: {
    ...settles('lapsed'),
    loan: {
      judge: ({ author }, past: LoanState) => judgeLapse(past, author)?.refused ?? null,
      apply: (loan: LoanState, { id, at }) => void (loan.outcome = { stage: 'lapsed', id, at }),
    },
  },
})
