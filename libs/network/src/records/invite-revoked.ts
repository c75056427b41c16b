/** `invite.revoked`: the inviter takes back an invite that was not used. */
import { type Effect, recordKind } from '#libs/fold'
import { toText } from '#libs/record'
import type { NetworkState } from '../network.js'
import { inviteProblem } from './member-admitted.js'

/** `invite`: the id of the author's `invite.created`. */
export interface InviteRevokedBody {
  invite: Uint8Array
}

const network: Effect<NetworkState, InviteRevokedBody> = {
  judge: ({ author, body }, past) => inviteProblem(past, toText(body.invite), author),
  apply(state, { body }) {
    state.invites[toText(body.invite)]!.revoked = true
  },
}

/** Void: invite_unknown, not_your_invite, invite_used, invite_revoked. */
export const inviteRevoked = recordKind<InviteRevokedBody>({
  name: 'invite.revoked',
  belongsTo: ['network'],
  schema: {
    type: 'object',
    properties: { invite: { bytes: 32 } },
    required: ['invite'],
    additionalProperties: false,
  },
  effects: { network },
})
