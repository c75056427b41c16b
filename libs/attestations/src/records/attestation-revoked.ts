/** `attestation.revoked`: the verifier takes its attestation back, from then on. */
import { type Effect, recordKind } from '#libs/fold'
import { lineOfText } from '#libs/network'
import { type AttestationState, judgeRevocation } from '../attestation.js'

export interface AttestationRevokedBody {
  reason?: string
}

export const reasonText = lineOfText(280)

const attestation: Effect<AttestationState, AttestationRevokedBody> = {
  judge: ({ author }, past) => judgeRevocation(past, author),
  apply(state, { id, at, body }) {
    state.revoked = { record: id, reason: body.reason ?? '', at }
  },
}

/** Void: not_your_attestation, attestation_revoked. */
export const attestationRevoked = recordKind<AttestationRevokedBody>({
  name: 'attestation.revoked',
  belongsTo: ['attestation'],
  schema: { type: 'object', properties: { reason: reasonText }, additionalProperties: false },
  effects: { attestation },
})
