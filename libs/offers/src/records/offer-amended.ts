/** `offer.amended`: the lender replaces the terms. The currency stays, and what is pledged stays covered. */
import { lendingKind } from '../lending-kind.js'
import { offerFault, offerSchema, termsOf, type OfferBody } from '../offer-body.js'
import { judgeChange, type OfferState } from '../offer.js'

export const offerAmended = lendingKind<OfferBody>({
  name: 'offer.amended',
  belongsTo: ['offer'],
  schema: offerSchema,
  check: offerFault,
  effects: {
    offer: {
      judge: ({ author, body }, past: OfferState) => judgeChange(past, author, termsOf(body))?.refused ?? null,
      apply(offer: OfferState, { id, at, body }) {
        offer.terms = termsOf(body)
        offer.termsRecord = id
        offer.amendedAt = at
      },
    },
  },
})
