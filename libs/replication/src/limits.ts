// Every limit that an operator can set: its name in the environment, its starting value, and the metric that shows whether it
// bites. docs/operating.md has a line for each, which a test sees to.

import { SWARM_LIMITS, type SwarmLimits } from '#libs/swarm'
import { PROTOCOL_LIMITS, type ProtocolLimits } from './protocol/effects.js'

/** Bans, what is remembered of peers, and what they may ask for beside records. */
export interface MemoryLimits {
  /** How long a key that broke the protocol is shunned (ms), and how many are remembered. */
  banMs: number
  bans: number
  /** Good peers that are dialled after a restart. */
  knownPeers: number
  /** Bodies of private records that one peer asks for: so many at once, and so many more a second. */
  privateBurst: number
  privatePerSecond: number
  /** Callers of this node's relay, if it offers one. */
  relaySessions: number
}

export const MEMORY_LIMITS: MemoryLimits = {
  banMs: 86_400_000,
  bans: 10_000,
  knownPeers: 8,
  privateBurst: 1_024,
  privatePerSecond: 64,
  relaySessions: 64,
}

/** All limits of a node. */
export type NodeLimits = SwarmLimits & ProtocolLimits & MemoryLimits

/** What a node starts with. */
export const NODE_LIMITS: NodeLimits = { ...SWARM_LIMITS, ...PROTOCOL_LIMITS, ...MEMORY_LIMITS }

/** A limit as operators meet it. `metric`: the counter or gauge, with its label, that it shows in. */
export interface Limit {
  readonly name: keyof NodeLimits
  readonly metric: string
}

export const LIMITS: readonly Limit[] = [
  { name: 'inbound', metric: 'mutuo_connections_refused_total{because="inbound_full"}' },
  { name: 'favoured', metric: 'mutuo_connections{kind="favoured"}' },
  { name: 'outbound', metric: 'mutuo_connections_refused_total{because="outbound_full"}' },
  { name: 'perGroup', metric: 'mutuo_connections_refused_total{because="group_full"}' },
  { name: 'handshakes', metric: 'mutuo_connections_refused_total{because="handshakes_full"}' },
  { name: 'helloMs', metric: 'mutuo_peers_closed_total{reason="hello_late"}' },
  { name: 'probationMs', metric: 'mutuo_peers_closed_total{reason="not_a_member"}' },
  { name: 'servingProbationMs', metric: 'mutuo_peers_closed_total{reason="not_a_member"}' },
  { name: 'pingMs', metric: 'mutuo_peer_round_trip_seconds' },
  { name: 'silenceMs', metric: 'mutuo_peers_closed_total{reason="silent"}' },
  { name: 'reconcileMs', metric: 'mutuo_peers_in_sync' },
  { name: 'pushBurst', metric: 'mutuo_protocol_total{what="pushesRefused"}' },
  { name: 'pushPerSecond', metric: 'mutuo_protocol_total{what="pushesRefused"}' },
  { name: 'rangesInFlight', metric: 'mutuo_protocol_total{what="requestsRefused"}' },
  { name: 'walkMs', metric: 'mutuo_protocol_total{what="walksRefused"}' },
  { name: 'walkBytes', metric: 'mutuo_protocol_total{what="walkBytesRefused"}' },
  { name: 'unsentBytes', metric: 'mutuo_protocol_total{what="unsentDropped"}' },
  { name: 'servedBytesPerSecond', metric: 'mutuo_protocol_total{what="recordsServed"}' },
  { name: 'staleMs', metric: 'mutuo_protocol_total{what="stale"}' },
  { name: 'announceMs', metric: 'mutuo_protocol_total{what="recordsIn"}' },
  { name: 'ingestRecords', metric: 'mutuo_protocol_total{what="recordsNew"}' },
  { name: 'ingestWaiting', metric: 'mutuo_protocol_total{what="recordsNew"}' },
  { name: 'banMs', metric: 'mutuo_bans' },
  { name: 'bans', metric: 'mutuo_bans' },
  { name: 'knownPeers', metric: 'mutuo_known_peers' },
  { name: 'privateBurst', metric: 'mutuo_private_bodies_refused_total' },
  { name: 'privatePerSecond', metric: 'mutuo_private_bodies_refused_total' },
  { name: 'relaySessions', metric: 'mutuo_relayed_sessions' },
]

/** The environment's name of a limit: `MUTUO_LIMIT_PER_GROUP` for `perGroup`. */
export function variableOf(name: keyof NodeLimits): string {
  return `MUTUO_LIMIT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

/** Those that are set in an environment. Returns the variable's name instead when one is no whole number above 0. */
export function readLimits(env: Readonly<Record<string, string | undefined>>): Partial<NodeLimits> | { wrong: string } {
  const limits: Partial<NodeLimits> = {}
  for (const { name } of LIMITS) {
    const variable = variableOf(name)
    const text = env[variable]
    if (!text) continue
    if (!/^[1-9]\d{0,14}$/.test(text)) return { wrong: variable }
    limits[name] = Number(text)
  }
  return limits
}
