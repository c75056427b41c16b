/** `bid.withdrawn`: the lender would no longer lend this. */
import { lendingKind, schema } from '#libs/offers'
import { judgeBidWithdrawal, type BidState } from '../bid.js'

export const bidWithdrawn = lendingKind({
  name: 'bid.withdrawn',
  belongsTo: ['bid'],
  schema: schema.object({}),
  effects: {
    bid: {
      judge: ({ author }, past: BidState) => judgeBidWithdrawal(past, author)?.refused ?? null,
      apply: (bid: BidState, { at }) => void (bid.withdrawnAt = at),
    },
  },
})
