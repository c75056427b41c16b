// What a node does with the effects of its protocol machine: what the daemon's session does, over virtual parts.

import type { Effect } from '../../../replication/src/testing/virtual-protocol.js'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import { admit } from './admitting.js'
import type { LiveNode } from './live-node.js'

/** Carries out one effect. */
export function act(node: LiveNode, effect: Effect): void {
  const { store, options } = node
  switch (effect.type) {
    case 'send':
      return node.say(effect.peer, effect.bytes)
    case 'close': {
      const end = node.peers.get(effect.peer)
      if (effect.ban && end) node.banned.add(keyOf(end.other.owner.noiseKey))
      if (end) options.network.close(end)
      return
    }
    case 'serve':
    case 'serveIds':
    case 'serveForks':
    case 'serveCertificates':
      for (const bytes of node.answer(effect, store, node.replica)) node.say(effect.peer, bytes)
      return
    case 'readIds':
      return node.input({ ...effect, type: 'ownIds', ids: store.ids(effect.author, effect.seqs) })
    case 'ingest':
      return node.ingest(effect.batch, effect.runs)
    case 'suspend':
      return node.write(() => node.changed(node.store.suspend(effect.proof, node.wallMs)))
    case 'keepBranches':
      return node.write(() => node.changed(node.store.keepBranches(effect.branches, node.wallMs)))
    case 'certify':
      return node.finality.certify(effect.peer, effect.certificates)
    case 'attest':
      return node.finality.hearAttestation(effect.peer, effect.batch)
    case 'gossip':
      return node.continuing.hear(effect.peer, effect.message)
    case 'recall':
      return node.continuing.recall(effect.peer, effect.request)
    case 'recalled':
      return node.continuing.hearRecalled(effect.author, effect.answer)
    case 'stop':
      return node.finality.hearStop(effect.peer, effect.notice)
    case 'mutual':
      return node.finality.tellStops(effect.peer)
    case 'admit':
      return admit(node, effect)
    case 'welcomed':
      return node.becomeMember()
    case 'wake':
      return node.later(effect.afterMs, () => node.tick())
    default:
      return
  }
}
