/**
 * `member.removed`: whoever admitted a member, or the steward, asks for its removal after a head of its log. It takes effect
 * when final; then what the member starts beyond that head is void. What is stored never changes by it. It is judged by its
 * causal past alone, also when its author was removed in turn: so removals never depend on each other in a circle.
 */
import { type Effect, placeOf, recordKind } from '#libs/fold'
import { toText } from '#libs/record'
import { firstAdmission, type NetworkState } from '../network.js'

/** `member`: the id of the member's first record. `seq`, `head`: the last record of its log that stays in effect; `head` is in `refs`. */
export interface MemberRemovedBody {
  member: Uint8Array
  seq: number
  head: Uint8Array
}

const network: Effect<NetworkState, MemberRemovedBody> = {
  judge({ author, body }, past) {
    const member = past.members[toText(body.member)]
    if (!member) return 'member_unknown'
    if (firstAdmission(member) === null) return 'founder_stays'
    const admitted = Object.values(member.admissions).some(({ by }) => by === author)
    return admitted || author === past.steward ? null : 'not_admitter_nor_steward'
  },
  apply(state, record) {
    const { id, author, at, body } = record
    const { removals } = state.members[toText(body.member)]!
    removals[id] = { by: author, at, place: placeOf(record), seq: body.seq, head: toText(body.head) }
  },
}

/** Void: head_not_referenced, member_unknown, founder_stays, not_admitter_nor_steward. */
export const memberRemoved = recordKind<MemberRemovedBody>({
  name: 'member.removed',
  belongsTo: ['network'],
  schema: {
    type: 'object',
    properties: {
      member: { bytes: 32 },
      seq: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      head: { bytes: 32 },
    },
    required: ['member', 'seq', 'head'],
    additionalProperties: false,
  },
  check: ({ refs, body }) => (refs.includes(toText(body.head)) ? null : 'head_not_referenced'),
  effects: { network },
})
