/** `network.created`: the genesis. It starts the network and, for its author, an identity: it is seq 0 of the first log. */
import { type Effect, recordKind } from '#libs/fold'
import { toText } from '#libs/record'
import type { IdentityState } from '../identity.js'
import type { NetworkState } from '../network.js'
import { networkName } from '../text.js'
import { configFields, type ConfigBody, configOf, configProblem } from './config-fields.js'

/** `next`: SHA-256 of the author's next public key, as in `identity.created`. */
export interface NetworkCreatedBody extends ConfigBody {
  name: string
  next: Uint8Array
}

const network: Effect<NetworkState, NetworkCreatedBody> = {
  apply(state, { id, author, at, body }) {
    state.name = body.name
    state.steward = author
    state.createdAt = at
    state.configs = [configOf(id, body)]
    state.members[id] = { admissions: {}, removals: {} }
  },
}

const identity: Effect<IdentityState, NetworkCreatedBody> = {
  apply(state, { id, author, at, body }) {
    state.id = id
    state.key = author
    state.createdAt = at
    state.next = toText(body.next)
    state.founder = true
  },
}

/** Void: steward_not_author, witnesses_not_ascending, quorum_unsafe, buckets_not_ascending, newcomer_limits_not_ascending. */
export const networkCreated = recordKind<NetworkCreatedBody>({
  name: 'network.created',
  starts: ['network', 'identity'],
  schema: {
    type: 'object',
    properties: { ...configFields, name: networkName, next: { bytes: 32 } },
    required: [...Object.keys(configFields), 'name', 'next'],
    additionalProperties: false,
  },
  check: configProblem,
  effects: { network, identity },
})
