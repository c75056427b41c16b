import type { Actor, Message } from './envelope.js'

export interface PeerView {
  /** The peer's Noise key, text form. */
  key: string
  /** The member that proved itself in the hello; null while joining. */
  identity: string | null
  alias: string | null
  direction: 'inbound' | 'outbound'
  connectedAtMs: number
  roundTripMs: number | null
  bytesIn: number
  bytesOut: number
  recordsIn: number
  recordsOut: number
  /** Whether the last reconciliation ended with equal roots. */
  inSync: boolean
}

export interface NodeStatus {
  version: string
  nodeKey: string
  startedAtMs: number
  /** The node's clock at the moment of the answer; its day (UTC) is today for all that depends on the day. */
  nowMs: number
  network: { id: string; name: string } | null
  identity: string | null
  peers: number
  authors: number
  records: number
  finalRecords: number
  staged: number
  /** Subjects whose projection is behind, and records whose subjects are not known yet. */
  dirty: number
  forks: number
  rssBytes: number
  addresses: { web: string; borrowerApi: string; socket: string }
}

/** How far behind its peers a node is. */
export interface SyncStatus {
  /** `alone`: nobody to catch up with. `caught_up`: it holds what its peers hold. */
  state: 'alone' | 'caught_up' | 'behind'
  /** What peers claim to have beyond what is accepted here, and in how many logs. */
  missingRecords: number
  missingLogs: number
  /** Records that arrived and wait in memory for records of other logs. */
  waitingRecords: number
  /** Accepted records that lists and folds do not show yet. */
  unindexedRecords: number
  /** Accepted a second, over the last ten. */
  recordsPerSecond: number
  /** At this rate; null while nothing comes. */
  etaMs: number | null
  sources: SyncSource[]
}

/** A peer as a source of what is missing. */
export interface SyncSource {
  /** The peer's Noise key, text form. */
  key: string
  identity: string | null
  alias: string | null
  /** What it claims to have beyond what is accepted here, and what of that it is asked for now. */
  missingRecords: number
  askedRecords: number
  recordsIn: number
  bytesIn: number
  inSync: boolean
}

export interface ForkView {
  author: string
  seq: number
  heads: [string, string]
  /** Which branch counts is certain again. */
  settled: boolean
  seenAtMs: number
}

/** With which key an identity at home writes, and how far the next one has come. Keys in text form. */
export interface IdentityKeyView {
  identity: string
  /** The key in use, and how many there were before. */
  key: string
  number: number
  /** `freezing`: witnesses are asked what they attested of its log. `continued`: the next key waits to be certified. */
  state: 'open' | 'freezing' | 'continued'
  because: 'rotation' | 'continuation' | 'restored' | null
  /** Records in the log of the key in use, and how many of them are certified. */
  records: number
  certified: number
  /** Witnesses that answered the freeze, those that did not, and how many answers it takes. */
  answered: string[]
  missing: string[]
  quorum: number
}

/** Two heads of one log that were both certified, and the witnesses that signed for both. */
export interface ConflictView {
  author: string
  /** The first place at which the two differ for certain. */
  seq: number
  heads: [string, string]
  witnesses: string[]
}

export interface WitnessesView {
  /** The configuration in force, and how many witnesses certify. */
  cfg: string
  quorum: number
  /** `signedTwice`: in how many conflicts it signed both heads. */
  witnesses: { key: string; identity: string; alias: string | null; here: boolean; signedTwice: number }[]
  /** Of this node's own witness: logs that it attested, logs that it froze, whether it stopped under this configuration. */
  own: { key: string; attested: number; frozen: number; stopped: boolean } | null
  conflicts: ConflictView[]
}

/** A figure for monitoring, after Prometheus: counters only grow while the node runs. `labels` of each value are its own. */
export interface Metric {
  name: string
  type: 'counter' | 'gauge'
  help: string
  values: { labels: { [name: string]: string }; value: number }[]
}

export interface ReplicationMessages {
  'node.status': Message<Record<string, never>, NodeStatus>
  'node.metrics': Message<Record<string, never>, { items: Metric[] }>
  'node.stop': Message<{ actor: Actor }, { ok: true }>
  'sync.status': Message<Record<string, never>, SyncStatus>
  'peers.list': Message<Record<string, never>, { items: PeerView[] }>
  'peers.bans': Message<{ actor: Actor }, { items: { key: string; reason: string; untilMs: number }[] }>
  'peers.unban': Message<{ actor: Actor; key: string }, { ok: true }>
  /** Refuses: no_network, no_identity. */
  'identities.key': Message<{ actor: Actor }, IdentityKeyView>
  /** Goes on under the next key once all that the old one said is final. Refuses: no_network, no_identity, identity_not_here, not_admitted. */
  'identities.rotate': Message<{ actor: Actor }, IdentityKeyView>
  /** Goes on under the next key at once: what witnesses did not attest of the old one is void. Refuses as above. */
  'identities.continue': Message<{ actor: Actor }, IdentityKeyView>
  /** Refuses: no_network. */
  'witnesses.show': Message<Record<string, never>, WitnessesView>
  'forks.list': Message<Record<string, never>, { items: ForkView[] }>
  /** The proof of an author's fork, the lowest that is known: base64 of what the record format calls a fork proof. Refuses: fork_not_found. */
  'forks.prove': Message<{ author: string }, { proof: string }>
}
