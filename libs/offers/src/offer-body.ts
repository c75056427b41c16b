/** The body of `offer.published` and `offer.amended`: the terms, with the arbiter's key as bytes. */
import type { Body, BodySchema, FoldRecord, VoidReason } from '#libs/fold'
import type { OfferTerms } from '#libs/messages'
import { fromText, toText } from '#libs/record'
import { id32, object } from './body-schema.js'
import { termsFault } from './offer-terms.js'
import { offerTerms } from './terms-schema.js'

type Keyed = 'arbiter' | 'requires'
type Required = NonNullable<OfferTerms['requires']>[number]
/** Keys are bytes here and text in the terms. */
type RequiredInBody = Omit<Required, 'from'> & { from?: Uint8Array[] }
export type OfferBody = { terms: Omit<OfferTerms, Keyed> & { arbiter?: Uint8Array; requires?: RequiredInBody[] } }

export const offerSchema: BodySchema = object({ terms: offerTerms(id32) })

/** What a record with terms breaks in itself. */
export function offerFault({ author, body }: FoldRecord<OfferBody>): VoidReason | null {
  const terms = termsOf(body)
  return terms.arbiter === author ? 'arbiter_is_party' : (termsFault(terms)?.refused ?? null)
}

/** The terms of a body. */
export function termsOf({ terms: { arbiter, requires, ...terms } }: OfferBody): OfferTerms {
  return {
    ...terms,
    ...(arbiter ? { arbiter: toText(arbiter) } : {}),
    ...(requires ? { requires: requires.map((each) => withVerifiers(each, toText)) } : {}),
  }
}

/** The body of terms; members without a value are left out, as bodies ask for. */
export function offerBody({ arbiter, requires, ...terms }: OfferTerms): Body {
  const plain = JSON.parse(JSON.stringify(terms)) as Body
  return {
    terms: {
      ...plain,
      ...(arbiter === undefined ? {} : { arbiter: fromText(arbiter) }),
      ...(requires === undefined ? {} : { requires: requires.map((each) => withVerifiers(each, fromText)) }),
    },
  }
}

function withVerifiers<From, To>(
  { what, level, from }: Omit<Required, 'from'> & { from?: From[] },
  named: (key: From) => To,
): Omit<Required, 'from'> & { from?: To[] } {
  return { what, level, ...(from === undefined ? {} : { from: from.map(named) }) }
}
