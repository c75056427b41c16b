/** ▸ `offer.published`: a lender says what it would lend, and on which terms. Starts the offer. */
import { lendingKind } from '../lending-kind.js'
import type { OfferTerms } from '#libs/messages'
import { object, offerTerms } from '../body-schema.js'
import { termsFault, type OfferState } from '../offer.js'

export const offerPublished = lendingKind<{ terms: OfferTerms }>({
  name: 'offer.published',
  starts: ['offer'],
  schema: object({ terms: offerTerms }),
  check: ({ body }) => termsFault(body.terms),
  effects: {
    offer: {
      apply(offer: OfferState, { id, author, at, body }) {
        offer.id = id
        offer.lender = author
        offer.terms = body.terms
        offer.termsRecord = id
        offer.publishedAt = at
      },
    },
  },
})
