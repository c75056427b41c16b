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

/** An array of exactly these items. */
export const tuple = (...items: BodySchema[]): BodySchema => ({
  type: 'array',
  prefixItems: items,
  items: false,
  minItems: items.length,
  maxItems: items.length,
})
