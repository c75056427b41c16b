/** `vouch.withdrawn`: its author's word no longer stands. */
import { type Effect, recordKind } from '#libs/fold'
import type { IdentityState } from '#libs/network'
import { toText } from '#libs/record'
import { withdrawalFault } from '../vouch.js'
import { vouchText } from './vouch-given.js'

export interface VouchWithdrawnBody {
  vouch: Uint8Array
  reason?: string
}

const identity: Effect<IdentityState, VouchWithdrawnBody> = {
  judge: ({ author, body }, past) => withdrawalFault(past, author, toText(body.vouch)),
  apply(state, { id, at, body }) {
    state.vouches![toText(body.vouch)]!.withdrawn = { record: id, reason: body.reason ?? '', at }
  },
}

/** Void: vouch_not_found, not_your_vouch, vouch_withdrawn. */
export const vouchWithdrawn = recordKind<VouchWithdrawnBody>({
  name: 'vouch.withdrawn',
  belongsTo: ['identity'],
  schema: {
    type: 'object',
    properties: { vouch: { bytes: 32 }, reason: vouchText },
    required: ['vouch'],
    additionalProperties: false,
  },
  effects: { identity },
})
