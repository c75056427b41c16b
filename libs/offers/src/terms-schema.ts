/** JSON Schema of terms as offers, applications and agreements carry them; made of the money engine's own. */
import { FACTS, HIGHEST_LEVEL } from '#libs/attestations'
import type { BodySchema } from '#libs/fold'
import type { OfferedTerms } from '#libs/messages'
import { loanTermsProperties, type LoanTerms } from '#libs/money'
import { lineOfText } from '#libs/network'
import { amount, currency, date, instalmentCount, object, positiveAmount, text, tuple } from './body-schema.js'
import { OFFERED_MEMBERS } from './offer-terms.js'
import { MAX_TRANCHES } from './plan.js'

/** What a charge is called: a line that people read. */
const chargeName: BodySchema = { ...lineOfText(64) }
const ppm: BodySchema = { type: 'integer', minimum: 0, maximum: 1_000_000 }

/** Members of `LoanTerms`. The currency is only of the right form: whether there is one is for the kind to check. */
const members: { readonly [name in keyof LoanTerms]-?: BodySchema } = {
  ...loanTermsProperties,
  currency,
  charges: { allOf: [loanTermsProperties.charges, { type: 'array', items: { properties: { name: chargeName } } }] },
}
const { currency: _currency, principal, startDate, instalments, every, annualRatePpm, method, ...optional } = members

/** `LoanTerms`, complete. */
export const loanTerms: BodySchema = object(
  { currency, principal, startDate, instalments, every, annualRatePpm, method },
  optional,
)

/** The parts that a principal is paid out in. */
export const tranches: BodySchema = {
  type: 'array',
  items: tuple(date, positiveAmount),
  minItems: 2,
  maxItems: MAX_TRANCHES,
}

/** Charges that may be levied on an event, by their names. */
export const eventCharges: BodySchema = {
  type: 'array',
  maxItems: 16,
  items: {
    anyOf: [
      object({ name: chargeName, amount }),
      object({ name: chargeName, ppm, of: { enum: ['instalment', 'outstanding'] } }),
    ],
  },
}

/** Days after the conclusion on which the borrower may withdraw. */
export const coolingOffDays: BodySchema = { type: 'integer', minimum: 0, maximum: 60 }
/** Days past due from which default may be declared. */
export const defaultAfterDays: BodySchema = { type: 'integer', minimum: 1, maximum: 366 }

/** Members that an offer or a request has in common with loans. */
export const offeredMembers = Object.fromEntries(OFFERED_MEMBERS.map((name) => [name, members[name]])) as {
  readonly [name in keyof OfferedTerms]-?: BodySchema
}

/** What an agreement takes over beside its table's terms; how the arbiter is named differs between a body (bytes) and a message (text). */
export const agreedBesides = (arbiter: BodySchema): { [name: string]: BodySchema } => ({
  ...{ eventCharges, coolingOffDays, defaultAfterDays, arbiter },
})

/** What a borrower must have been attested. `key`: how verifiers are named. */
const requires = (key: BodySchema): BodySchema => ({
  type: 'array',
  maxItems: 8,
  items: object(
    { what: { enum: FACTS }, level: { type: 'integer', minimum: 1, maximum: HIGHEST_LEVEL } },
    { from: { type: 'array', items: key, minItems: 1, maxItems: 16 } },
  ),
})

/** The terms of an offer. `key`: how identities are named, which differs between a body (bytes) and a message (text). */
export function offerTerms(key: BodySchema): BodySchema {
  const { currency: _c, every: _e, annualRatePpm: _r, method: _m, ...shared } = offeredMembers
  return object(
    {
      ...{ currency, capacity: positiveAmount, minAmount: positiveAmount, maxAmount: positiveAmount },
      ...{ minInstalments: instalmentCount, maxInstalments: instalmentCount, every, annualRatePpm, method },
    },
    { ...shared, ...agreedBesides(key), note: text(1000), requires: requires(key) },
  )
}
