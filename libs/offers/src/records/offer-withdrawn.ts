/** `offer.withdrawn`: no new applications and proposals; proposals already made stand. */
import { lendingKind } from '../lending-kind.js'
import { object } from '../body-schema.js'
import { judgeChange, type OfferState } from '../offer.js'

export const offerWithdrawn = lendingKind({
  name: 'offer.withdrawn',
  belongsTo: ['offer'],
  schema: object({}),
  effects: {
    offer: {
      judge: ({ author }, past: OfferState) => judgeChange(past, author)?.refused ?? null,
      apply: (offer: OfferState, { at }) => void (offer.withdrawnAt = at),
    },
  },
})
