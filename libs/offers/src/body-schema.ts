/** JSON Schema of what bodies of this feature are made of. */
import type { BodySchema } from '#libs/fold'
import { lineOfText, linesOfText } from '#libs/network'

/** An id, key or hash. */
export const id32: BodySchema = { bytes: 32 }
/** An amount above zero in minor units. */
export const positiveAmount: BodySchema = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }
/** An amount in minor units, perhaps zero. */
export const amount: BodySchema = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }
export const currency: BodySchema = { type: 'string', pattern: '^[A-Z]{3}$' }
/** The form of `YYYY-MM-DD`; whether there is such a day is for the kind to check. */
export const date: BodySchema = { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }
/** 1 … 600 instalments. */
export const instalmentCount: BodySchema = { type: 'integer', minimum: 1, maximum: 600 }
/** Parts per million a year, 0 … 1,000 %. */
export const annualRate: BodySchema = { type: 'integer', minimum: 0, maximum: 10_000_000 }
export const method: BodySchema = { enum: ['annuity', 'equalPrincipal', 'bullet'] }
export const dayCount: BodySchema = { enum: ['ACT/365F', 'ACT/360', '30/360 BOND'] }
export const every: BodySchema = object({
  count: { type: 'integer', minimum: 1, maximum: 366 },
  unit: { enum: ['day', 'week', 'month'] },
})
export const graceDays: BodySchema = { type: 'integer', minimum: 0, maximum: 366 }
/** Free text of a person, at most `maxLength` code points, perhaps none: lines without control and bidirectional characters. */
export const text = (maxLength: number): BodySchema => ({ anyOf: [{ const: '' }, linesOfText(maxLength)] })
/** As `text`, on one line. */
export const line = (maxLength: number): BodySchema => ({ anyOf: [{ const: '' }, lineOfText(maxLength)] })

/** A map with exactly these members; those in `optional` may be left out. */
export function object(
  properties: { [name: string]: BodySchema },
  optional: { [name: string]: BodySchema } = {},
): BodySchema {
  return {
    type: 'object',
    properties: { ...properties, ...optional },
    required: Object.keys(properties),
    additionalProperties: false,
  }
}

/** The terms of an offer, as `offer.published` and `offer.amended` carry them. */
export const offerTerms: BodySchema = object(
  {
    currency,
    capacity: positiveAmount,
    minAmount: positiveAmount,
    maxAmount: positiveAmount,
    minInstalments: instalmentCount,
    maxInstalments: instalmentCount,
    every,
    annualRatePpm: annualRate,
    method,
    dayCount,
  },
  { originationFeePpm: { type: 'integer', minimum: 0, maximum: 1_000_000 }, graceDays, note: text(1000) },
)
