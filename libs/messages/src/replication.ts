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

export interface ForkView {
  author: string
  seq: number
  heads: [string, string]
  seenAtMs: number
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
  'peers.list': Message<Record<string, never>, { items: PeerView[] }>
  'peers.bans': Message<{ actor: Actor }, { items: { key: string; reason: string; untilMs: number }[] }>
  'peers.unban': Message<{ actor: Actor; key: string }, { ok: true }>
  'forks.list': Message<Record<string, never>, { items: ForkView[] }>
}
