// What the parts of the protocol share: the tree of entries, the peers, what is being fetched, and the effects so far.

import type { Entry, EntryTree, HelloStatement, StoredRecord } from '#libs/record'
import type { Counts } from './counts.js'
import type { Download } from './download.js'
import type { Effect, ProtocolLimits } from './effects.js'
import type { Peer } from './peer.js'

/** How this node proves itself: as a member, or with an invite's key while it joins. */
export interface SelfProof {
  as: 'member' | 'invite'
  key: Uint8Array
  /** Null when the key is locked. */
  sign(statement: HelloStatement): Uint8Array | null
  /** What a newcomer offers: its own seq 0. */
  firstRecord?: StoredRecord
}

export interface ReplicaOptions {
  net: Uint8Array
  /** This node's own Noise key. */
  noiseKey: Uint8Array
  /** Author of the genesis record, if known. */
  genesis: Uint8Array | null
  /** All that is accepted here. */
  entries: Iterable<Entry>
  /** Null: this node can't say hello now. Asked anew for each connection. */
  self(): SelfProof | null
  limits?: Partial<ProtocolLimits>
}

export interface Machine {
  readonly net: Uint8Array
  readonly options: ReplicaOptions
  readonly limits: ProtocolLimits
  readonly tree: EntryTree
  readonly peers: Map<string, Peer>
  readonly effects: Effect[]
  readonly counts: Counts
  readonly download: Download
  genesis: Uint8Array | null
  nowMs: number
  /** Whether an author's log is stored here. */
  isMember(author: Uint8Array): boolean
  /** A former member with whom this node has nothing to do any more. */
  isTurnedAway(author: Uint8Array): boolean
  /** Both sides have said what the other is: begins to reconcile, or tells one that was away what is here. */
  whenMutual(peer: Peer): void
}
