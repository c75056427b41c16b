/**
 * Checks of terms in requests. They are the JSON Schemas of the bodies that the terms become, so that there is one list of
 * members and limits; the first member that breaks them is named.
 */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { registerDecorator } from 'class-validator'
import type { BodySchema } from '#libs/fold'
import { instalmentTableSchema } from '#libs/money'
import { offerTerms, tranches } from './terms-schema.js'

const ajv = new Ajv2020({ strict: true, strictTypes: false })
const textId: BodySchema = { type: 'string', pattern: '^[ybndrfg8ejkmcpqxot1uwisza345h769]{51}[yo]$' }

/** Terms of an offer. */
export const IsOfferTerms = bySchema('isOfferTerms', offerTerms(textId))
/** Parts that a principal is paid out in: [date, amount], 2 … 24. */
export const IsTranches = bySchema('isTranches', tranches)
/** Rows of an own table: [date, principal, interest, fees], 1 … 600. */
export const IsInstalmentTable = bySchema('isInstalmentTable', instalmentTableSchema)

/** A validator of a member by a JSON Schema; it names what breaks it first. */
export function bySchema(name: string, schema: BodySchema): () => PropertyDecorator {
  const isValid = ajv.compile(schema)
  return () => (target, property) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => isValid(value),
        defaultMessage: () => {
          const { instancePath = '', message = 'is malformed', params = {} } = isValid.errors?.[0] ?? {}
          const member = (params as { additionalProperty?: string }).additionalProperty
          return [instancePath.slice(1).replaceAll('/', '.'), message, member].filter(Boolean).join(' ')
        },
      },
    })
}
