// How one record reaches everyone, and when it is final for everyone: a whole network on virtual time, each node the
// product's protocol over a store that shares with all others what all of them hold.

import { compareBytes, encodeCertificate, EntryTree, sha256 } from '#libs/record'
import { fixedConfiguration } from '../node/configurations.js'
import { Member } from '../node/member.js'
import { SimulatedNetwork } from '../node/network.js'
import { NODE_PARTS } from '../node/sound-parts.js'
import { SimulatedNode } from '../node/simulated-node.js'
import { newestCertificate } from '../store/memory-log.js'
import { MemoryStore } from '../store/memory-store.js'
import { STORE_PARTS } from '../store/sound-parts.js'
import { Random } from '../time/random.js'
import { Scheduler } from '../time/scheduler.js'
import { LINK_MS, WRITE_MS } from './reconcile.js'
import { SharedTree } from './shared-tree.js'

export interface SpreadOptions {
  nodes: number
  /** Connections of each node, at least. */
  links: number
  /** Of so many members, the author not among them, `quorum` make a record final; 0: nobody does. */
  witnesses: number
  quorum: number
  /** Witnesses that are away. */
  away: number
  seed: number
}

export interface SpreadFigures {
  nodes: number
  links: number
  /** Until half, 99 of 100 and all nodes hold the record (ms of virtual time). */
  msToHalf: number
  msToMost: number
  msToAll: number
  /** The most links between a node and the author, on the shortest way. */
  rounds: number
  /** What one record costs each node, in the mean: bytes and messages, until nothing moves any more. */
  bytesPerNode: number
  messagesPerNode: number
  /** Times that the record was sent, for each node that needed it. */
  redundancy: number
  /** Until it is certified at its author, and everywhere (ms of virtual time); null: it is not. */
  msToFinal: number | null
  msToFinalEverywhere: number | null
  /** Signatures that witnesses made, and bytes of the certificate. */
  attestations: number
  certificateBytes: number
}

/** The time at which a share of the nodes has something. */
function when(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!
}

/** One member writes one record; everybody gets it. */
export function spread(options: SpreadOptions): SpreadFigures {
  const random = new Random(options.seed)
  const scheduler = new Scheduler()
  const network = new SimulatedNetwork(scheduler, () => LINK_MS)
  const members = Array.from({ length: options.nodes }, (_, i) => new Member(`of ${options.nodes}, ${i}`))
  const seen = { heldAtMs: new Map<string, number>(), finalAtMs: new Map<string, number>(), attestations: 0, sent: 0 }
  const nodes = nodesOf(members, options, network, seen)
  join(nodes, options.links, network, random)
  scheduler.runUntil(2_000)
  const before = { bytes: network.bytes, messages: network.messages, atMs: scheduler.nowMs }
  const author = nodes[0]!
  author.append(profileOf, () => new Uint8Array(16).fill(1))
  seen.sent += author.peers.size
  scheduler.runUntil(scheduler.nowMs + 5_000)
  const times = [...seen.heldAtMs.values()].map((ms) => ms - before.atMs)
  if (times.length < options.nodes) throw new Error(`${times.length} of ${options.nodes} nodes hold the record`)
  const finalTimes = [...seen.finalAtMs.values()].map((ms) => ms - before.atMs)
  const finalAtMs = seen.finalAtMs.get(author.name)
  const log = author.store.log(author.member.key)
  const certificate = log && newestCertificate(log)
  return {
    ...{ nodes: options.nodes, links: options.links },
    ...{ msToHalf: when(times, 0.5), msToMost: when(times, 0.99), msToAll: when(times, 1) },
    rounds: farthest(author),
    bytesPerNode: Math.round((network.bytes - before.bytes) / options.nodes),
    messagesPerNode: Math.round(((network.messages - before.messages) / options.nodes) * 10) / 10,
    redundancy: Math.round((seen.sent / Math.max(1, options.nodes - 1)) * 1_000) / 1_000,
    msToFinal: finalAtMs === undefined ? null : finalAtMs - before.atMs,
    msToFinalEverywhere: finalTimes.length === options.nodes ? Math.max(...finalTimes) : null,
    attestations: seen.attestations,
    certificateBytes: certificate ? encodeCertificate(certificate).length : 0,
  }
}

interface Seen {
  heldAtMs: Map<string, number>
  finalAtMs: Map<string, number>
  attestations: number
  sent: number
}

function nodesOf(members: readonly Member[], options: SpreadOptions, network: SimulatedNetwork, seen: Seen) {
  const base = commonHistory(members)
  const tree = new EntryTree(base.entries())
  tree.root()
  const { scheduler } = network
  const witnesses = members
    .slice(1, 1 + options.witnesses)
    .map(({ key }) => key)
    .sort(compareBytes)
  return members.map((member, i) => {
    const shared = new SharedTree(tree)
    const isAway = i > 0 && i <= options.away
    return new SimulatedNode({
      // One that is away witnesses nothing; as a node it passes records on, so that only its attestation is missing.
      ...{ name: `node ${i}`, member: isAway ? members.at(-i)! : member, genesis: members[0]!.key, network },
      ...{ store: new MemoryStore(base.net, base.parts, base), diskMs: () => WRITE_MS, parts: NODE_PARTS },
      ...{
        configurations: fixedConfiguration({ witnesses, quorum: options.quorum, cfg: base.net }),
        tree: () => shared,
      },
      observer: {
        accepted: ({ name }, records) => {
          if (records.length > 0) seen.heldAtMs.set(name, scheduler.nowMs)
        },
        certified: ({ name }) => void seen.finalAtMs.set(name, scheduler.nowMs),
        attested: () => void seen.attestations++,
        effect: (_, { type }) => {
          if (type === 'serve') seen.sent++
        },
      },
    })
  })
}

/** The most links on the shortest way from a node to any other. */
function farthest(from: SimulatedNode): number {
  const reached = new Set<unknown>([from])
  let rounds = 0
  for (let edge = [from]; edge.length > 0; rounds++) {
    const next = edge.flatMap(({ peers }) => [...peers.values()].map(({ other }) => other.owner as SimulatedNode))
    edge = [...new Set(next)].filter((node) => !reached.has(node))
    for (const node of edge) reached.add(node)
  }
  return rounds - 1
}

/** What all nodes hold before: everybody's first record. */
function commonHistory(members: readonly Member[]): MemoryStore {
  const net = sha256(members[0]!.key)
  const store = new MemoryStore(net, { ...STORE_PARTS, needsAdmission: () => false })
  const runs = members.map((member) => {
    const draft = { kind: 'identity.created', subj: null, refs: [], body: { next: sha256(member.key) } }
    return {
      author: member.key,
      records: [member.sign(draft, { net, seq: 0, prev: null, atMs: 1 }, new Uint8Array(16))],
    }
  })
  store.ingest(runs, 8e15)
  return store
}

/** Connects each node with some that came before it and others by chance, until each has its links. */
function join(nodes: readonly SimulatedNode[], links: number, network: SimulatedNetwork, random: Random): void {
  const degree = Math.min(links, nodes.length - 1)
  const linked = new Set<string>()
  const connect = (one: number, other: number) => {
    const name = one < other ? `${one}/${other}` : `${other}/${one}`
    if (one === other || linked.has(name)) return
    linked.add(name)
    network.connect(nodes[one]!, nodes[other]!)
  }
  for (let i = 1; i < nodes.length; i++) connect(i, random.below(i))
  for (let i = 0; i < nodes.length; i++) {
    for (let tries = 0; nodes[i]!.peers.size < degree && tries < 4 * nodes.length; tries++)
      connect(i, random.below(nodes.length))
  }
}

function profileOf(node: SimulatedNode) {
  const first = node.store.log(node.member.key)!.records[0]!
  return { kind: 'profile.published', subj: first.id, refs: [], body: { alias: 'Alma' } }
}
