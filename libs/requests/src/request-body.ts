/** The body of `request.published`: the terms, with the keys of arbiter and servicer as bytes. */
import type { Body, BodySchema, FoldRecord, VoidReason } from '#libs/fold'
import type { RequestTerms } from '#libs/messages'
import { schema } from '#libs/offers'
import { fromText, toText } from '#libs/record'
import { requestTerms } from './request-schema.js'
import { requestFault } from './request-terms.js'

export type RequestBody = {
  terms: Omit<RequestTerms, 'arbiter' | 'servicer'> & { arbiter?: Uint8Array; servicer?: Uint8Array }
}

export const requestSchema: BodySchema = schema.object({ terms: requestTerms(schema.id32) })

/** What a record with terms breaks in itself. */
export function bodyFault({ author, at, body }: FoldRecord<RequestBody>): VoidReason | null {
  return requestFault(termsOf(body), author, at)?.refused ?? null
}

/** The terms of a body. */
export function termsOf({ terms: { arbiter, servicer, ...terms } }: RequestBody): RequestTerms {
  return {
    ...terms,
    ...(arbiter ? { arbiter: toText(arbiter) } : {}),
    ...(servicer ? { servicer: toText(servicer) } : {}),
  }
}

/** The body of terms; members without a value are left out, as bodies ask for. */
export function requestBody({ arbiter, servicer, ...terms }: RequestTerms): Body {
  const plain = JSON.parse(JSON.stringify(terms)) as Body
  return {
    terms: {
      ...plain,
      ...(arbiter === undefined ? {} : { arbiter: fromText(arbiter) }),
      ...(servicer === undefined ? {} : { servicer: fromText(servicer) }),
    },
  }
}
