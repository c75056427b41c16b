/** `invite.created`: a member will admit, once and until a time, whoever proves the one-time key of this hash. */
import { type Effect, recordKind } from '#libs/fold'
import { toText } from '#libs/record'
import type { NetworkState } from '../network.js'

/** `keyHash`: SHA-256 of the invite's Ed25519 public key. `expiresAt`: ms, inclusive. */
export interface InviteCreatedBody {
  keyHash: Uint8Array
  expiresAt: number
}

const network: Effect<NetworkState, InviteCreatedBody> = {
  apply(state, { id, author, at, body }) {
    const keyHash = toText(body.keyHash)
    state.invites[id] = {
      by: author,
      keyHash,
      at,
      expiresAt: body.expiresAt,
      revoked: false,
      usedBy: null,
      admitted: null,
    }
  },
}

/** Void: expiry_not_after_creation. */
export const inviteCreated = recordKind<InviteCreatedBody>({
  name: 'invite.created',
  belongsTo: ['network'],
  membersOnly: true,
  schema: {
    type: 'object',
    properties: {
      keyHash: { bytes: 32 },
      expiresAt: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    },
    required: ['keyHash', 'expiresAt'],
    additionalProperties: false,
  },
  check: ({ at, body }) => (body.expiresAt > at ? null : 'expiry_not_after_creation'),
  effects: { network },
})
