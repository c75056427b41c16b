// What it costs two nodes to find out in which of very many logs they differ, and to fetch it: the protocol itself over
// virtual streams. The logs that differ are real; the others are entries that both sides hold alike.

import { type Entry, EntryTree, sha256 } from '#libs/record'
import { fixedConfiguration } from '../node/configurations.js'
import { Random } from '../time/random.js'
import { Scheduler } from '../time/scheduler.js'
import { Member } from '../node/member.js'
import { SimulatedNetwork } from '../node/network.js'
import { NODE_PARTS } from '../node/sound-parts.js'
import { SimulatedNode } from '../node/simulated-node.js'
import { heldOf } from '../store/held.js'
import { MemoryStore } from '../store/memory-store.js'
import { STORE_PARTS } from '../store/sound-parts.js'
import { SharedTree } from './shared-tree.js'

/** How long each link takes, one way (ms). */
export const LINK_MS = 50
/** A write of a batch (ms). */
export const WRITE_MS = 2

export interface ReconcileFigures {
  authors: number
  changed: number
  /** Both ways, from the first message of the walk until both hold the same. */
  bytes: number
  messages: number
  /** Until both hold the same, connection and hello included (ms of virtual time). */
  ms: number
  /** One tree over all entries: made in (ms), and updated with its new root in (µs). */
  buildMs: number
  updateUs: number
  /** Resident memory of the process with one whole tree (MB). */
  rssMb: number
}

/** An entry that a key of that number might have. */
function entryOfNumber(number: number): Entry {
  const author = sha256(new TextEncoder().encode(`author ${number}`))
  return { author, length: 1 + (number % 50), head: sha256(author), finalLength: 0, forked: false }
}

/** `clock`: a monotonic clock (ms), `rssMb`: what the process holds; both only measure. */
export function reconcile(
  authors: number,
  changed: number,
  measure: { clock: () => number; rssMb: () => number },
): ReconcileFigures {
  const founder = new Member('founder')
  const before = measure.clock()
  const writers = Array.from({ length: Math.max(2, changed) }, (_, i) => new Member(`writer ${i}`))
  const tree = new EntryTree()
  const store = new MemoryStore(new Uint8Array(32), STORE_PARTS)
  for (let number = 0; number < authors - writers.length; number++) tree.set(entryOfNumber(number))
  const records = writers.map((writer) => twoRecords(writer, founder))
  const net = records[0]![0]!.header.net
  const base = new MemoryStore(net, { ...STORE_PARTS, needsAdmission: () => false, holdsNamed: () => true }, store)
  base.ingest(
    records.map(([first], i) => ({ author: writers[i]!.key, records: [first!.record] })),
    8e15,
  )
  for (const entry of base.entries()) tree.set(entry)
  tree.root()
  const buildMs = measure.clock() - before
  const rssMb = measure.rssMb()
  const updateUs = updates(tree, authors - changed, measure.clock)

  const scheduler = new Scheduler()
  const network = new SimulatedNetwork(scheduler, () => LINK_MS)
  const nodes = writers.slice(0, 2).map((member, i) => {
    const mine = new MemoryStore(net, base.parts, base)
    const shared = new SharedTree(tree)
    return new SimulatedNode({
      ...{ name: `node ${i}`, member, genesis: founder.key, store: mine, network, diskMs: () => WRITE_MS },
      ...{
        parts: NODE_PARTS,
        configurations: fixedConfiguration({ witnesses: [], quorum: 1, cfg: net }),
        tree: () => shared,
      },
    })
  })
  const [ahead, behind] = nodes as [SimulatedNode, SimulatedNode]
  const runs = records
    .slice(0, changed)
    .map(([, second], i) => ({ author: writers[i]!.key, records: [second!.record] }))
  for (const entry of ahead.store.ingest(runs, 8e15).advanced) ahead.replica.tree.set(entry)
  network.connect(behind, ahead)
  const hello = { bytes: 0, messages: 0 }
  const isEqual = () => Buffer.compare(ahead.replica.tree.root(), behind.replica.tree.root()) === 0
  while (!isEqual()) {
    if (scheduler.nowMs > 600_000) throw new Error('two nodes do not become equal')
    scheduler.runUntil(scheduler.nowMs + 1)
    // Both hellos are over when the first step of the walk is on its way.
    if (scheduler.nowMs <= 2 * LINK_MS) Object.assign(hello, { bytes: network.bytes, messages: network.messages })
  }
  const { bytes, messages } = network
  return {
    ...{ authors, changed, bytes: bytes - hello.bytes, messages: messages - hello.messages },
    ...{ ms: scheduler.nowMs, buildMs: Math.round(buildMs), updateUs, rssMb: Math.round(rssMb) },
  }
}

/** The first two records of a log: the second one is what the other side lacks. */
function twoRecords(writer: Member, founder: Member) {
  const net = sha256(founder.key)
  const salt = new Uint8Array(16)
  const first = heldOf(
    writer.sign(
      { kind: 'identity.created', subj: null, refs: [], body: { next: sha256(writer.key) } },
      { net, seq: 0, prev: null, atMs: 1 },
      salt,
    ),
  )
  const second = heldOf(
    writer.sign(
      { kind: 'profile.published', subj: first.id, refs: [], body: { alias: writer.name } },
      { net, seq: 1, prev: first.id, atMs: 2 },
      salt,
    ),
  )
  return [first, second] as const
}

/** How long it takes to change one entry and know the new root (µs), the mean of 1,000. */
function updates(tree: EntryTree, numbers: number, clock: () => number): number {
  const random = new Random(1)
  const before = clock()
  for (let i = 0; i < 1_000; i++) {
    const entry = entryOfNumber(random.below(numbers))
    tree.set({ ...entry, length: entry.length + 1 })
    tree.root()
    tree.set(entry)
    tree.root()
  }
  return Math.round(((clock() - before) / 2_000) * 1_000 * 10) / 10
}
