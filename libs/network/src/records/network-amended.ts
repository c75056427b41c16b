/** `network.amended`: the steward's next configuration. It comes into force when certified under the one before it. */
import { type Effect, recordKind } from '#libs/fold'
import { toText } from '#libs/record'
import type { NetworkState } from '../network.js'
import { configFields, type ConfigBody, configOf, configProblem } from './config-fields.js'

/** `was`: the id of the amendment before it, or of the genesis. Those who consent are in `refs`. */
export interface NetworkAmendedBody extends ConfigBody {
  was: Uint8Array
}

const network: Effect<NetworkState, NetworkAmendedBody> = {
  judge({ author, body }, past) {
    if (author !== past.steward) return 'not_steward'
    const before = past.configs.at(-1)!
    if (toText(body.was) !== before.id) return 'was_not_last'
    return body.rules < before.rules ? 'rules_backwards' : null
  },
  apply(state, { id, body }) {
    state.configs.push(configOf(id, body))
  },
}

/** Void: steward_not_author, witnesses_not_ascending, quorum_unsafe, buckets_not_ascending, not_steward, was_not_last, rules_backwards. */
export const networkAmended = recordKind<NetworkAmendedBody>({
  name: 'network.amended',
  belongsTo: ['network'],
  schema: {
    type: 'object',
    properties: { ...configFields, was: { bytes: 32 } },
    required: [...Object.keys(configFields), 'was'],
    additionalProperties: false,
  },
  check: configProblem,
  effects: { network },
})
