/**
 * Whether more sources make a download faster: a node fetches one long log from 1, 2, 4 and 8 others, each of which serves the
 * same number of bytes a second, few enough that neither the processor nor a database is what limits. Real nodes in one process,
 * each with a Postgres of its own, over Hyperswarm on loopback; from the first connection until all is durable.
 * `npm run bench -- seeders [--json] [--records N] [--rate BYTES_PER_SECOND]`
 */
import 'reflect-metadata'
import { parseArgs } from 'node:util'
import { fromText, PackedRun } from '#libs/record'
import { DhtNode } from '#libs/swarm'
import { taken } from '../libs/network/src/testing/node.js'
import { type ReplicatingNode, startReplicatingNode } from '../libs/replication/src/testing/replicating-node.js'
import { fillWithMembers } from './making/members.js'

const SOURCES = [1, 2, 4, 8]
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    records: { type: 'string', default: '8000' },
    rate: { type: 'string', default: '50000' },
  },
})
const say = (line: string) => void (options.json || console.log(line))
const rate = Number(options.rate)

const dht = await DhtNode.start({ host: '127.0.0.1' })
const discovery = { kind: 'private' as const, bootstrap: [{ host: '127.0.0.1', port: dht.port }], host: '127.0.0.1' }
// Taken up with the next restart of each source: what comes before is fetched without a cap.
const limits: { servedBytesPerSecond?: number } = {}
const founder = await startReplicatingNode(1, discovery, { limits })
const net = fromText(taken(await founder.networks.create(founder.operator(), 'Bench', 'Founder')).id)
const [log] = await fillWithMembers(founder, net, 1)
const sources = [founder]
for (let i = 1; i < Math.max(...SOURCES); i++) sources.push(await join(100 * i, { limits }))
const readers = new Map<number, ReplicatingNode>()
for (const count of SOURCES) readers.set(count, await join(10_000 + 100 * count))
for (const node of [...sources, ...readers.values()]) await upTo(node, log!.author, log!.length)
say(`${sources.length} sources, ${readers.size} readers`)
await Promise.all([...sources, ...readers.values()].map((node) => node.goOffline()))

const records = Array.from({ length: Number(options.records) }, () => log!.next())
const run = PackedRun.of(log!.author, log!.length - records.length, records)
for (const source of sources) await source.store.records.ingest(net, [{ net, author: log!.author, records }])
limits.servedBytesPerSecond = rate
const seconds = new Map<number, number>()
for (const count of SOURCES) {
  const some = sources.slice(0, count)
  await Promise.all(some.map((source) => source.restart()))
  const reader = readers.get(count)!
  await reader.restart()
  while (reader.replication.peers().length === 0) await pause(2)
  const startMs = performance.now()
  await upTo(reader, log!.author, log!.length)
  seconds.set(count, Math.round(performance.now() - startMs) / 1_000)
  say(`${count} sources: ${seconds.get(count)} s, ${reader.replication.peers().length} peers`)
  await Promise.all([...some, reader].map((node) => node.goOffline()))
}
const speedup = Object.fromEntries(
  SOURCES.map((count) => [count, Math.round((100 * seconds.get(1)!) / seconds.get(count)!) / 100]),
)
console.log(
  JSON.stringify({
    bench: 'seeders',
    records: records.length,
    bytes: run.bytes.length,
    rate,
    seconds: Object.fromEntries(seconds),
    speedup,
  }),
)
process.exit(0)

/** Another member, admitted by the founder. */
async function join(first: number, set: { limits?: typeof limits } = {}): Promise<ReplicatingNode> {
  const node = await startReplicatingNode(first, discovery, set)
  const { invite } = taken(await founder.invites.create(founder.operator()))
  taken(await node.networks.join(node.operator(), invite))
  return node
}

async function upTo(node: ReplicatingNode, author: Uint8Array, length: number): Promise<void> {
  while ((await node.store.records.head(net, author))?.length !== length) await pause(10)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
