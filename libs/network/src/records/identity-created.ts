/** `identity.created`: seq 0 of a newcomer's log. It is stored once a member has admitted it. */
import { type Effect, recordKind } from '#libs/fold'
import { toText } from '#libs/record'
import type { IdentityState } from '../identity.js'

/**
 * `next`: SHA-256 of the public key that may continue this identity. `heldBy`: the identity of the operator who signs for it, for a
 * person without a phone; it stands in the first record, so that everything which follows in the log says so.
 */
export interface IdentityCreatedBody {
  next: Uint8Array
  heldBy?: Uint8Array
}

const identity: Effect<IdentityState, IdentityCreatedBody> = {
  apply(state, { id, author, at, body }) {
    state.id = id
    state.key = author
    state.createdAt = at
    state.next = toText(body.next)
    state.heldBy = body.heldBy ? toText(body.heldBy) : null
  },
}

/** Void only when malformed. */
export const identityCreated = recordKind<IdentityCreatedBody>({
  name: 'identity.created',
  starts: ['identity'],
  schema: {
    type: 'object',
    properties: { next: { bytes: 32 }, heldBy: { bytes: 32 } },
    required: ['next'],
    additionalProperties: false,
  },
  effects: { identity },
})
