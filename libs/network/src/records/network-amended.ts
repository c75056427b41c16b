/** `network.amended`: the steward's next configuration. It comes into force when certified under the one before it. */
import { type Effect, recordKind } from '#libs/fold'
import { toText } from '#libs/record'
import type { NetworkState } from '../network.js'
import { configFields, type ConfigBody, configOf, configProblem } from './config-fields.js'

/**
 * `was`: the id of the amendment before it, or of the genesis. `settle`: an author whose log forked, and the head of it that
 * counts. Those who consent are in `refs`.
 */
export interface NetworkAmendedBody extends ConfigBody {
  was: Uint8Array
  settle?: [author: Uint8Array, seq: number, id: Uint8Array]
}

const network: Effect<NetworkState, NetworkAmendedBody> = {
  judge({ author, body }, past) {
    if (author !== past.steward) return 'not_steward'
    const before = past.configs.at(-1)!
    if (toText(body.was) !== before.id) return 'was_not_last'
    return body.rules < before.rules ? 'rules_backwards' : null
  },
  apply(state, { id, body }) {
    const { settle } = body
    const head = settle && { author: toText(settle[0]), seq: settle[1], id: toText(settle[2]) }
    state.configs.push({ ...configOf(id, body), ...(head && { settle: head }) })
  },
}

/** Void: steward_not_author, witnesses_not_ascending, quorum_unsafe, buckets_not_ascending, newcomer_limits_not_ascending, not_steward, was_not_last, rules_backwards. */
export const networkAmended = recordKind<NetworkAmendedBody>({
  name: 'network.amended',
  belongsTo: ['network'],
  schema: {
    type: 'object',
    properties: {
      ...configFields,
      was: { bytes: 32 },
      settle: {
        type: 'array',
        prefixItems: [{ bytes: 32 }, { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, { bytes: 32 }],
        minItems: 3,
        items: false,
      },
    },
    required: [...Object.keys(configFields), 'was'],
    additionalProperties: false,
  },
  check: configProblem,
  effects: { network },
})
