/** `offer.amended`: the lender replaces the terms. The currency stays, and what is pledged stays covered. */
import { lendingKind } from '../lending-kind.js'
import type { OfferTerms } from '#libs/messages'
import { object, offerTerms } from '../body-schema.js'
import { judgeChange, termsFault, type OfferState } from '../offer.js'

export const offerAmended = lendingKind<{ terms: OfferTerms }>({
  name: 'offer.amended',
  belongsTo: ['offer'],
  schema: object({ terms: offerTerms }),
  check: ({ body }) => termsFault(body.terms),
  effects: {
    offer: {
      judge: ({ author, body }, past: OfferState) => judgeChange(past, author, body.terms)?.refused ?? null,
      apply(offer: OfferState, { id, at, body }) {
        offer.terms = body.terms
        offer.termsRecord = id
        offer.amendedAt = at
      },
    },
  },
})
