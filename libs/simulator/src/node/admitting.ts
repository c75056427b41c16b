// The inviter's side: whether a newcomer is taken in, on the word of an invite whose key has been proved.

import { foldSubject } from '#libs/fold'
import { inviteStanding, type NetworkState } from '#libs/network'
import { fromText, recordId, sha256, toText } from '#libs/record'
import { rules } from '#libs/rules'
import type { Effect } from '../../../replication/src/testing/virtual-protocol.js'
import { spokenIn } from '../store/continuing.js'
import { heldOf } from '../store/held.js'
import type { Draft } from './member.js'
import type { LiveNode } from './live-node.js'

/** Admits a newcomer whose first record is offered, or says why not. */
export function admit(node: LiveNode, { peer, inviteKey, record }: Effect & { type: 'admit' }): void {
  const answer = (refused: string | null) => node.input({ type: 'admitted', peer, refused })
  const write = () => {
    const { header } = heldOf(record)
    if (node.store.entry(header.author)) return answer(null)
    const invite = openInvite(node, inviteKey)
    if ('refused' in invite) return answer(invite.refused)
    const { refused } = node.store.ingest([{ author: header.author, records: [record] }], node.wallMs)
    if (refused[0]) return answer('newcomer_malformed')
    const id = recordId(record.header)
    const body = { invite: fromText(invite.id) }
    const admission: Draft = { kind: 'member.admitted', subj: node.store.net, refs: [id], body }
    answer(node.appendNow(admission, () => id.slice(0, 16)) ? null : 'key_unavailable')
  }
  node.write(write, () => answer('store_full'))
}

/** The open invite of this node's member that a key belongs to. */
function openInvite({ store, member, wallMs }: LiveNode, key: Uint8Array): { id: string } | { refused: string } {
  const net = toText(store.net)
  const records = [...store.records()].flatMap((held) => {
    const { header } = held
    const isOf = header.subj === null ? header.kind === 'network.created' : toText(header.subj) === net
    return isOf && !store.suspended.has(held.key) ? (spokenIn(store, held) ?? []) : []
  })
  const { state } = foldSubject<NetworkState>(net, 'network', records, rules)
  const keyHash = toText(sha256(key))
  const found = Object.entries(state.invites).find(([, { by, keyHash: of }]) => by === member.text && of === keyHash)
  if (!found) return { refused: 'invite_unknown' }
  const standing = inviteStanding(found[1], wallMs)
  return standing === 'open' ? { id: found[0] } : { refused: `invite_${standing}` }
}
