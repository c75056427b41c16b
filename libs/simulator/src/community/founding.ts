// How a simulated community begins: a founder, the members that it admitted, witnesses and a quorum, by the real kinds of
// records. All nodes hold this much when a run starts.

import { DEFAULT_POLICY } from '#libs/network'
import { compareBytes, sha256 } from '#libs/record'
import { type Configuration, type Configurations, RecordedConfigurations } from '../node/configurations.js'
import { type Draft, Member } from '../node/member.js'
import { EPOCH_MS } from '../node/simulated-node.js'
import { type Held, heldOf } from '../store/held.js'
import { MemoryStore } from '../store/memory-store.js'
import { STORE_PARTS } from '../store/sound-parts.js'

const DAY_MS = 86_400_000

export interface Community {
  net: Uint8Array
  /** The founder first. */
  members: Member[]
  /** What the network begins with. */
  witnesses: Configuration
  configurations: Configurations
  /** How many witnesses may lie without any harm: those in which two quorums must overlap, less one. */
  mayLie: number
  store: MemoryStore
}

/** So many members, the first `witnesses` of whom witness. Made once for each size: no run changes it. */
export function foundCommunity(size: number, witnesses: number, quorum: number): Community {
  const name = `${size} ${witnesses} ${quorum}`
  const known = COMMUNITIES.get(name)
  if (known) return known
  const made = found(size, witnesses, quorum)
  COMMUNITIES.set(name, made)
  return made
}

const COMMUNITIES = new Map<string, Community>()

function found(size: number, count: number, quorum: number): Community {
  const members = Array.from({ length: size }, (_, i) => new Member(String(i)))
  const [founder, ...others] = members as [Member, ...Member[]]
  const keys = members.slice(0, count).map(({ key }) => key)
  keys.sort(compareBytes)
  const log: Held[] = []
  let net: Uint8Array | null = null
  const write = (author: Member, of: Held[], draft: Draft): Held => {
    const place = { net, seq: of.length, prev: of.at(-1)?.id ?? null, atMs: EPOCH_MS - 10 * DAY_MS + of.length }
    const held = heldOf(author.sign(draft, place, new Uint8Array(16)))
    of.push(held)
    return held
  }
  const config = { steward: founder.key, witnesses: keys, quorum, rules: 1, policy: { ...DEFAULT_POLICY } }
  const body = { ...config, name: 'Simulated', next: founder.next }
  const genesis = write(founder, log, { kind: 'network.created', subj: null, refs: [], body })
  net = genesis.id
  const firsts = others.map((member) => {
    return write(member, [], { kind: 'identity.created', subj: null, refs: [], body: { next: member.next } })
  })
  for (const first of firsts) {
    const invited = { keyHash: sha256(first.id), expiresAt: EPOCH_MS + DAY_MS }
    const invite = write(founder, log, { kind: 'invite.created', subj: net, refs: [], body: invited })
    write(founder, log, { kind: 'member.admitted', subj: net, refs: [first.id], body: { invite: invite.id } })
  }
  const store = new MemoryStore(net, STORE_PARTS)
  const runs = firsts.map(({ header, record }) => ({ author: header.author, records: [record] }))
  store.ingest([...runs, { author: founder.key, records: log.map(({ record }) => record) }], EPOCH_MS)
  const configurations = new RecordedConfigurations(net, founder.key)
  const witnesses = { witnesses: keys, quorum, cfg: net }
  return { net, members, witnesses, configurations, mayLie: 2 * quorum - count - 1, store }
}
