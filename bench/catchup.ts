/**
 * What it costs to come up to date again: two nodes hold 10,000 authors' logs, 10 of them grow while the nodes are apart, they
 * meet again. Bytes on the wire (both ways, Noise and UDP payloads included) and time from the connection until all is durable,
 * beside Corestore with as many cores and the same change, in turns. Then how both grow: real nodes and stores where they are
 * small enough, the protocol's machine alone above (`machine`), with what starting costs at each size.
 * `npm run bench -- catchup [--json] [--authors N] [--largest N] [--no-peer]`
 */
import 'reflect-metadata'
import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Entry, EntryTree, fromText, sha256, toText } from '#libs/record'
import { startTestStore } from '#libs/store'
import { DhtNode } from '#libs/swarm'
import { taken } from '../libs/network/src/testing/node.js'
import { encodeMessage, type WalkStep } from '../libs/replication/src/protocol/messages.js'
import { answerStep, firstStep } from '../libs/replication/src/protocol/walk.js'
import { type ReplicatingNode, startReplicatingNode } from '../libs/replication/src/testing/replicating-node.js'
import { giveAllHeld } from './making/held.js'
import { fillWithMembers } from './making/members.js'
import { installPeers } from './sync/peers.js'

const CHANGED = 10
const ROUNDS = 3
const PEER = fileURLToPath(new URL('../../bench/peers/corestore-catchup.mjs', import.meta.url))
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    authors: { type: 'string', default: '10000' },
    largest: { type: 'string', default: '1000000' },
    'no-peer': { type: 'boolean' },
    machine: { type: 'string' },
  },
})
const say = (line: string) => void (options.json || console.log(line))

if (options.machine) {
  console.log(JSON.stringify(await machine(Number(options.machine))))
  process.exit(0)
}
const authors = Number(options.authors)
const peer = options['no-peer'] ? null : requirePeer()
const ours = await community(authors)
const rounds: { ours: Figures[]; corestore: Figures[] } = { ours: [], corestore: [] }
for (let round = 0; round < ROUNDS; round++) {
  rounds.ours.push(await ours.comeBack())
  if (peer) rounds.corestore.push(...peer.run(authors, 1))
  say(`round ${round + 1}: ${JSON.stringify({ ours: rounds.ours[round], corestore: rounds.corestore[round] })}`)
}
await ours.close()
const small = await community(1_000)
const atThousand = { ours: await small.comeBack(), corestore: peer?.run(1_000, 1)[0] }
await small.close()
const grown = [1_000, 10_000, 100_000, 1_000_000]
  .filter((count) => count <= Number(options.largest))
  .map((count) => {
    const figures = JSON.parse(childOutput([fileURLToPath(import.meta.url), '--machine', String(count)])) as object
    say(`machine: ${JSON.stringify(figures)}`)
    return figures
  })
const own = medianOf(rounds.ours)
const theirs = peer ? medianOf(rounds.corestore) : null
console.log(
  JSON.stringify({
    bench: 'catchup',
    authors,
    changed: CHANGED,
    wireBytes: own.wireBytes,
    ms: own.ms,
    corestore: theirs,
    ratioBytes: theirs && round(theirs.wireBytes / own.wireBytes),
    ratioTime: theirs && round(theirs.ms / own.ms),
    at1000: atThousand,
    machine: grown,
  }),
)
process.exit(0)

interface Figures {
  wireBytes: number
  ms: number
}

/** Two nodes that hold the same logs of so many authors, and how they come back together after a change. */
async function community(count: number): Promise<{ comeBack(): Promise<Figures>; close(): Promise<void> }> {
  const dht = await DhtNode.start({ host: '127.0.0.1' })
  const discovery = { kind: 'private' as const, bootstrap: [{ host: '127.0.0.1', port: dht.port }], host: '127.0.0.1' }
  const full = await startReplicatingNode(1, discovery)
  const net = fromText(taken(await full.networks.create(full.operator(), 'Bench', 'Founder')).id)
  const { invite } = taken(await full.invites.create(full.operator()))
  const other = await startReplicatingNode(2, discovery)
  taken(await other.networks.join(other.operator(), invite))
  await agreed(full, other, net)
  await other.goOffline()
  const logs = await fillWithMembers(full, net, count)
  await certified(full)
  // The other node holds the same, and need not fetch it first.
  await giveAllHeld(full, other)
  await other.restart()
  await agreed(full, other, net)
  say(`${count} authors are held by both`)
  const comeBack = async () => {
    await other.goOffline()
    const grow = logs.filter((_, index) => index % Math.floor(count / CHANGED) === 0).slice(0, CHANGED)
    await full.store.records.ingest(
      net,
      grow.map((log) => ({ net, author: log.author, records: [log.next()] })),
    )
    // Certified as well, so that what is compared is at rest.
    await certified(full)
    const wanted = new Map(grow.map(({ author, length }) => [toText(author), length]))
    // Told after the commit: then it is durable.
    const isThere = new Promise<number>((resolve) => {
      const subscription = other.store.records.advanced.subscribe(({ entries }) => {
        for (const { author, length } of entries)
          if (wanted.get(toText(author)) === length) wanted.delete(toText(author))
        if (wanted.size > 0) return
        subscription.unsubscribe()
        resolve(performance.now())
      })
    })
    await other.restart()
    await until(() => Promise.resolve(other.replication.peers().length > 0), 1)
    const startMs = performance.now()
    const ms = round((await isThere) - startMs)
    // The bytes of the whole meeting: until both hold the same certificates, too.
    await agreed(full, other, net)
    const [met] = other.replication.peers()
    return { wireBytes: met!.bytesIn + met!.bytesOut, ms }
  }
  return {
    comeBack,
    async close() {
      await Promise.all([other.close(), full.close()])
      await dht.stop()
    },
  }
}

/** The protocol's walk alone between two trees of so many authors, and what such a tree costs at the start. */
async function machine(count: number): Promise<object> {
  const entries = Array.from({ length: count }, (_, number): Entry => entryOf(number, 1))
  const beforeRss = process.memoryUsage.rss()
  const builtMs = performance.now()
  const left = new EntryTree(entries)
  left.root()
  const buildMs = performance.now() - builtMs
  const rssMb = (process.memoryUsage.rss() - beforeRss) / 1_048_576
  const right = new EntryTree(entries)
  right.root()
  const changes = Array.from({ length: 1_000 }, (_, i) => entryOf((i * 7_919) % count, 2))
  const updateMs = performance.now()
  for (const change of changes) {
    left.set(change)
    left.root()
  }
  const updateUs = round((1_000 * (performance.now() - updateMs)) / changes.length)
  for (const change of changes.slice(CHANGED)) right.set(change)
  const startMs = performance.now()
  const { bytes, messages } = walk(left, right)
  const walkMs = round(performance.now() - startMs)
  const startSeconds = await startOn(count)
  return {
    ...{ authors: count, walkBytes: bytes, messages, walkMs, updateUs },
    ...{ buildMs: Math.round(buildMs), treeRssMb: Math.round(rssMb), startSeconds },
  }
}

/** Reading so many logs' entries from Postgres and making the tree of them: what a start does. */
async function startOn(count: number): Promise<number> {
  const store = await startTestStore({ features: [] })
  const net = new Uint8Array(32).fill(9)
  await store.database.query(
    `insert into log (net, author, length, head, head_at, certified_length)
     select $1, sha256(int4send(i)), 3, sha256(int4send(-i)), 0, 3 from generate_series(1, $2) i`,
    [net, count],
  )
  const startMs = performance.now()
  const tree = new EntryTree(await store.records.entries(net))
  if (tree.size !== count) throw new Error(`${tree.size} entries of ${count}`)
  tree.root()
  const seconds = round((performance.now() - startMs) / 1_000)
  await store.close()
  return seconds
}

function entryOf(number: number, length: number): Entry {
  const author = sha256(new TextEncoder().encode(`walker ${number}`))
  return { author, length, head: sha256(Uint8Array.of(length, number)), finalLength: 0, forked: false }
}

function walk(left: EntryTree, right: EntryTree): { bytes: number; messages: number } {
  const session = new Uint8Array(64)
  let steps: WalkStep[] = [firstStep(left)]
  let bytes = 0
  let messages = 0
  for (let side = 1; steps.length > 0; side = 1 - side) {
    bytes += encodeMessage('walk', { steps }).length
    messages++
    steps = steps.flatMap((step) => answerStep(side === 1 ? right : left, step, session).steps)
  }
  return { bytes, messages }
}

/** Both hold the same, as their own reconciliation found. */
async function agreed(one: ReplicatingNode, other: ReplicatingNode, net: Uint8Array): Promise<void> {
  await certified(one)
  await until(() => Promise.resolve(other.replication.peers().some(({ inSync }) => inSync)), 50)
  const root = async (node: ReplicatingNode) => toText(new EntryTree(await node.store.records.entries(net)).root())
  await until(async () => (await root(one)) === (await root(other)), 500)
  await until(() => Promise.resolve(other.replication.peers().every(({ inSync }) => inSync)))
}

/** Every log of a node is certified to its end. */
async function certified({ store }: ReplicatingNode): Promise<void> {
  await until(async () => {
    const open: unknown[] = await store.database.query('select 1 from log where certified_length < length limit 1')
    return open.length === 0
  })
}

async function until(holds: () => Promise<boolean>, everyMs = 20): Promise<void> {
  const endMs = performance.now() + 600_000
  while (!(await holds())) {
    if (performance.now() > endMs) throw new Error('it does not come true in ten minutes')
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

/** The same with Corestore, in a process of its own. */
function requirePeer(): { run(cores: number, rounds: number): Figures[] } {
  installPeers(dirname(PEER))
  return {
    run: (cores, count) => JSON.parse(childOutput([PEER, String(cores), String(CHANGED), String(count)])) as Figures[],
  }
}

function childOutput(args: string[]): string {
  const { status, stdout } = spawnSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  if (status !== 0) throw new Error(`${args[0]} failed`)
  return stdout.toString().trim().split('\n').at(-1)!
}

function medianOf(figures: readonly Figures[]): Figures {
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!
  return { wireBytes: middle(figures.map(({ wireBytes }) => wireBytes)), ms: middle(figures.map(({ ms }) => ms)) }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
