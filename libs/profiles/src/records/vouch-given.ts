/** `vouch.given`: its author says that one can rely on the identity that it belongs to. */
import { type Effect, recordKind } from '#libs/fold'
import { type IdentityState, lineOfText } from '#libs/network'
import { vouchFault } from '../vouch.js'

/** Since when they know each other, from what, in a line; perhaps nothing. */
export interface VouchGivenBody {
  text?: string
}

/** What one says of another, in a line. */
export const vouchText = lineOfText(280)

const identity: Effect<IdentityState, VouchGivenBody> = {
  judge: ({ author }, past) => vouchFault(past, author),
  apply(state, { id, author, at, body }) {
    ;(state.vouches ??= {})[id] = { by: author, text: body.text ?? '', at }
  },
}

/** Void: own_identity, already_vouched. */
export const vouchGiven = recordKind<VouchGivenBody>({
  name: 'vouch.given',
  belongsTo: ['identity'],
  membersOnly: true,
  schema: { type: 'object', properties: { text: vouchText }, additionalProperties: false },
  effects: { identity },
})
