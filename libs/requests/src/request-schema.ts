/** JSON Schema of what requests and bids carry. */
import type { BodySchema } from '#libs/fold'
import { schema, termsSchema } from '#libs/offers'

const { instalmentCount, object, positiveAmount, text } = schema

/** Instants of a request and a bid, ms since the Unix epoch. */
export const instant: BodySchema = { type: 'integer', minimum: 0, maximum: 253_402_300_799_999 }
/** Parts per million a year, to 1,000 %. */
export const ratePpm: BodySchema = { type: 'integer', minimum: 0, maximum: 10_000_000 }
/** More than half, to all. */
export const majorityPpm: BodySchema = { type: 'integer', minimum: 500_001, maximum: 1_000_000 }

/** The terms of a request; how identities are named differs between a body (bytes) and a message (text). */
export function requestTerms(identity: BodySchema): BodySchema {
  const { annualRatePpm: _rate, currency, every, method, ...shared } = termsSchema.offeredMembers
  return object(
    {
      ...{ currency, every, method, amount: positiveAmount, leastAmount: positiveAmount },
      ...{ instalments: instalmentCount, highestRatePpm: ratePpm, purpose: text(1000), closesAt: instant },
    },
    { ...shared, ...termsSchema.agreedBesides(identity), servicer: identity, majorityPpm },
  )
}
