/** ▸ `offer.published`: a lender says what it would lend, and on which terms. Starts the offer. */
import { lendingKind } from '../lending-kind.js'
import { offerFault, offerSchema, termsOf, type OfferBody } from '../offer-body.js'
import type { OfferState } from '../offer.js'

export const offerPublished = lendingKind<OfferBody>({
  name: 'offer.published',
  starts: ['offer'],
  schema: offerSchema,
  check: offerFault,
  effects: {
    offer: {
      apply(offer: OfferState, { id, author, at, body }) {
        offer.id = id
        offer.lender = author
        offer.terms = termsOf(body)
        offer.termsRecord = id
        offer.publishedAt = at
      },
    },
  },
})
