/** ▸ `attestation.issued`: what its author verified of another. Concerns the identity, whose first record `refs` name. */
import { type Effect, recordKind } from '#libs/fold'
import type { AttestedFact } from '#libs/messages'
import { isDate } from '#libs/money'
import { type IdentityState, lineOfText } from '#libs/network'
import { toText } from '#libs/record'
import { type AttestationState, FACTS, HIGHEST_LEVEL } from '../attestation.js'

export interface AttestationIssuedBody {
  /** First key of the identity that it is about. */
  about: Uint8Array
  what: AttestedFact
  level: number
  /** The last day on which it holds, `YYYY-MM-DD`. */
  until: string
  value?: string
}

/** A band, or to what someone belongs. */
export const valueText = lineOfText(80)

/** The identity that is referred to is the one that it is about, and another's. */
const identity: Effect<IdentityState, AttestationIssuedBody> = {
  judge({ author, body }, { key }) {
    if (toText(body.about) !== key) return 'identity_not_referenced'
    return key === author ? 'own_identity' : null
  },
  apply: () => undefined,
}

const attestation: Effect<AttestationState, AttestationIssuedBody> = {
  apply(state, { id, author, at, body: { about, what, level, until, value = '' } }) {
    Object.assign(state, { id, about: toText(about), verifier: author, what, level, value, until, at })
  },
}

/** Void: identity_not_referenced, own_identity, date_malformed. */
export const attestationIssued = recordKind<AttestationIssuedBody>({
  name: 'attestation.issued',
  starts: ['attestation'],
  schema: {
    type: 'object',
    properties: {
      about: { bytes: 32 },
      what: { enum: FACTS },
      level: { type: 'integer', minimum: 1, maximum: HIGHEST_LEVEL },
      until: { type: 'string', maxLength: 10 },
      value: valueText,
    },
    required: ['about', 'what', 'level', 'until'],
    additionalProperties: false,
  },
  check({ body, refs }) {
    if (!isDate(body.until)) return 'date_malformed'
    return refs.length === 1 ? null : 'identity_not_referenced'
  },
  effects: { identity, attestation },
})
