/** JSON Schema of what an agreement asks of guarantors and collateral; how identities are named differs between bodies and messages. */
import type { BodySchema } from '#libs/fold'
import { schema } from '#libs/offers'

const { id32, object, positiveAmount, tuple } = schema
const level: BodySchema = { type: 'integer', minimum: 1, maximum: 1_000_000 }

/** An id or key in a message. */
export const TEXT_ID: BodySchema = { type: 'string', pattern: '^[ybndrfg8ejkmcpqxot1uwisza345h769]{51}[yo]$' }

export const guarantorsSchema = (key: BodySchema): BodySchema => ({
  ...{ type: 'array', items: tuple(key, positiveAmount) },
  ...{ minItems: 1, maxItems: 16 },
})

export const collateralSchema = (key: BodySchema): BodySchema =>
  object({ initialPpm: level, maintenancePpm: level, liquidationPpm: level, valuer: key })

/** Optional members of an agreement's body. */
export const securitySchema: { [member: string]: BodySchema } = {
  guarantors: guarantorsSchema(id32),
  group: { const: true },
  collateral: collateralSchema(id32),
}
