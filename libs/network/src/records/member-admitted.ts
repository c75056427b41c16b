/**
 * `member.admitted`: the inviter admits the newcomer whose first record is in `refs`. It stands in the inviter's log after its
 * invite, and the first admission there for an invite counts, so an invite is used once.
 */
import { type Effect, recordKind, type VoidReason } from '#libs/fold'
import { toText } from '#libs/record'
import type { IdentityState } from '../identity.js'
import type { NetworkState } from '../network.js'

/** `invite`: the id of the author's `invite.created`. */
export interface MemberAdmittedBody {
  invite: Uint8Array
}

const network: Effect<NetworkState, MemberAdmittedBody> = {
  judge({ author, at, body }, past) {
    const invite = toText(body.invite)
    const problem = inviteProblem(past, invite, author)
    if (problem !== null) return problem
    return at > past.invites[invite]!.expiresAt ? 'invite_expired' : null
  },
  apply(state, { id, author, at, refs, body }) {
    const invite = state.invites[toText(body.invite)]!
    const identity = refs[0]!
    invite.usedBy = id
    invite.admitted = identity
    const member = (state.members[identity] ??= { admissions: {}, removals: {} })
    member.admissions[id] = { by: author, at }
  },
}

const identity: Effect<IdentityState, MemberAdmittedBody> = {
  apply(state, { id, author, at, refs }) {
    // The genesis starts the founder's identity too, and every admission belongs to it as to the network.
    if (refs[0] === state.id) state.admissions[id] = { by: author, at }
  },
}

/** Why an author can't use or revoke an invite, from the author's log up to here; null when it can. */
export function inviteProblem(past: NetworkState, id: string, author: string): VoidReason | null {
  const invite = past.invites[id]
  if (!invite) return 'invite_unknown'
  if (invite.by !== author) return 'not_your_invite'
  if (invite.usedBy !== null) return 'invite_used'
  return invite.revoked ? 'invite_revoked' : null
}

/** Void: newcomer_not_one (`refs` must be one id), invite_unknown, not_your_invite, invite_used, invite_revoked, invite_expired. */
export const memberAdmitted = recordKind<MemberAdmittedBody>({
  name: 'member.admitted',
  belongsTo: ['network'],
  membersOnly: true,
  schema: {
    type: 'object',
    properties: { invite: { bytes: 32 } },
    required: ['invite'],
    additionalProperties: false,
  },
  check: ({ refs }) => (refs.length === 1 ? null : 'newcomer_not_one'),
  effects: { network, identity },
})
