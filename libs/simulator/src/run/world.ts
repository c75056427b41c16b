// A simulated world: nodes, their connections, time and chance.

import { foundCommunity, type Community } from '../community/founding.js'
import { STAGED_MOST, Watch } from '../checks/watch.js'
import type { SelfProof } from '../../../replication/src/testing/virtual-protocol.js'
import { type Endpoint, SimulatedNetwork } from '../node/network.js'
import type { NodeParts } from '../node/node-parts.js'
import { NODE_PARTS } from '../node/sound-parts.js'
import { SimulatedNode } from '../node/simulated-node.js'
import type { Member } from '../node/member.js'
import { MemoryStore } from '../store/memory-store.js'
import { Random } from '../time/random.js'
import { Scheduler } from '../time/scheduler.js'

/** How the disk of a node is at the moment. */
export interface DiskState {
  slowUntilMs: number
  slowMs: number
}

/** What happened, for people who want to know why. */
export type Trace = (line: string) => void

/** A rule that is broken on purpose: parts of every honest node. */
export type Mutate = (parts: NodeParts) => NodeParts

export interface WorldOptions {
  seed: number
  /** Members; null: as the seed has it. */
  nodes: number | null
  mutate?: Mutate
  trace?: Trace
}

/** Members, witnesses and quorum of a community, and out of 100 runs how many have it. */
const SHAPES: readonly { members: number; witnesses: number; quorum: number; share: number }[] = [
  { members: 3, witnesses: 1, quorum: 1, share: 14 },
  { members: 4, witnesses: 1, quorum: 1, share: 8 },
  { members: 4, witnesses: 4, quorum: 3, share: 38 },
  { members: 5, witnesses: 4, quorum: 3, share: 38 },
  { members: 8, witnesses: 7, quorum: 5, share: 2 },
]

/** In half of the runs all goes the quick way, in others only much at once, or nothing. */
const BULK_FROM = [1, 1, 3, Infinity]

/** A community's shape, by chance: of so many members, or of as many as it comes to. */
function shapeOf(random: Random, members: number | null): (typeof SHAPES)[number] {
  const shapes = members === null ? SHAPES : SHAPES.filter(({ witnesses }) => witnesses <= members)
  let left = random.below(shapes.reduce((sum, { share }) => sum + share, 0))
  const shape = shapes.find(({ share }) => (left -= share) < 0)!
  return members === null ? shape : { ...shape, members }
}

export class World {
  readonly random: Random
  readonly scheduler = new Scheduler()
  readonly network: SimulatedNetwork
  readonly community: Community
  /** Members' nodes, then newcomers'. */
  readonly nodes: SimulatedNode[] = []
  readonly watch: Watch
  readonly disks = new Map<string, DiskState>()
  /** Pairs `from>to` whose bytes wait. */
  readonly closedWays = new Set<string>()
  /** How many faults of each kind there were. */
  readonly faults: Record<string, number> = {}
  /** How long bytes take at least, and at most but for those that were lost and sent again (ms). */
  private readonly latency: readonly [number, number]
  lossChance = 0
  /** What comes from these nodes takes so much longer (ms). */
  readonly slowNodes = new Map<string, number>()
  /** From how many records at once on nodes go the quick way. */
  private readonly bulkFrom: number
  /** Dishonest members that lend like others. */
  readonly stillDeeds = new Set<SimulatedNode>()
  /** From now on nothing goes wrong any more. */
  isHealing = false

  constructor(readonly options: WorldOptions) {
    const random = new Random(options.seed)
    this.random = random
    const { members, witnesses, quorum } = shapeOf(random, options.nodes)
    this.community = foundCommunity(members, witnesses, quorum)
    const low = random.between(1, 40)
    this.latency = [low, low + random.between(0, 60)]
    this.network = new SimulatedNetwork(
      this.scheduler,
      (from, to) => this.delay(from, to),
      (bytes) => this.cut(bytes),
    )
    this.watch = new Watch(this.community, () => this.scheduler.nowMs)
    this.bulkFrom = random.pick(BULK_FROM)
    for (const member of this.community.members) this.addNode(member)
  }

  /** Nodes of honest members. A newcomer whom nobody took in is none. */
  get honest(): SimulatedNode[] {
    const honest = this.nodes.filter((node) => this.watch.isHonest(node))
    return honest.filter(({ member }) => honest.some(({ store }) => store.entry(member.key)))
  }

  count(fault: string): void {
    this.faults[fault] = (this.faults[fault] ?? 0) + 1
  }

  /** `line` is made only when somebody reads it. */
  trace(line: () => string): void {
    this.options.trace?.(`${(this.scheduler.nowMs / 1_000).toFixed(3).padStart(9)} s  ${line()}`)
  }

  /** Sets up the node of a member; `invited`: one that holds nothing yet. */
  addNode(member: Member, invited?: SelfProof): SimulatedNode {
    const { community, options, random } = this
    const usual = { ...NODE_PARTS, store: { ...NODE_PARTS.store, stagedMost: STAGED_MOST, bulkFrom: this.bulkFrom } }
    const parts = options.mutate ? options.mutate(usual) : usual
    const disk: DiskState = { slowUntilMs: 0, slowMs: 0 }
    const usualMs = random.between(1, 6)
    const name = `node ${this.nodes.length}`
    this.disks.set(name, disk)
    const held = invited ? null : community.store
    const node = new SimulatedNode({
      ...{ name, member, genesis: invited ? null : community.members[0]!.key, network: this.network, parts },
      ...{ store: new MemoryStore(community.net, parts.store, held), configurations: community.configurations },
      diskMs: () => (this.scheduler.nowMs < disk.slowUntilMs ? disk.slowMs : usualMs),
      observer: this.watch,
      ...(invited && { invited }),
    })
    node.clockMs = random.between(-2_000, 2_000)
    this.nodes.push(node)
    return node
  }

  private delay(from: Endpoint, to: Endpoint): number | null {
    if (this.closedWays.has(`${from.name}>${to.name}`)) return null
    const [low, high] = this.latency
    const takesMs = low + this.random.next() * (high - low) + (this.slowNodes.get(from.name) ?? 0)
    if (!this.random.chance(this.lossChance)) return takesMs
    this.count('loss')
    return takesMs + this.random.between(100, 1_500)
  }

  /** A stream keeps bytes in order and nothing else. */
  private cut(bytes: Uint8Array): Uint8Array[] {
    if (bytes.length < 2 || !this.random.chance(0.1)) return [bytes]
    const at = this.random.between(1, bytes.length - 1)
    return [bytes.subarray(0, at), bytes.subarray(at)]
  }
}
