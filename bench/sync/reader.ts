/**
 * The node that has nothing: joins by an invite, fetches everything, and says how long that took. Arguments: directory, port
 * of the DHT, invite, records that there are, threads that verify. One line of JSON; with COPY of the same rows beside it.
 */
import 'reflect-metadata'
import { once } from 'node:events'
import { join } from 'node:path'
import type { PoolClient } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { keepHeapTight, type TestStore } from '#libs/store'
import { taken } from '../../libs/network/src/testing/node.js'
import { startReplicatingNode } from '../../libs/replication/src/testing/replicating-node.js'
import { lending } from './lending.js'

const [directory, port, invite, wanted, threads, until] = process.argv.slice(2)
keepHeapTight()
const bootstrap = [{ host: '127.0.0.1', port: Number(port) }]
const node = await startReplicatingNode(
  2,
  { kind: 'private', bootstrap, host: '127.0.0.1' },
  { lending: lending(join(directory!, 'postgres'), Number(threads)) },
)
const { store } = node
store.clock.set(Date.UTC(2030, 0, 1))
const startRssMb = Math.round(process.memoryUsage.rss() / 2 ** 20)
/** At its greatest. */
let memory = process.memoryUsage()
const watch = setInterval(() => {
  const now = process.memoryUsage()
  if (now.rss > memory.rss) memory = now
}, 100)
const cpu = process.cpuUsage()
const started = performance.now()
const since = () => Math.round(performance.now() - started)
taken(await node.networks.join(node.operator(), invite!))
let firstMs = 0
const byLog = new Map<string, number>()
let held = 0
const counting = store.records.advanced.subscribe(({ entries }) => {
  firstMs ||= since()
  for (const { author, length } of entries) {
    const key = Buffer.from(author).toString('latin1')
    held += length - (byLog.get(key) ?? 0)
    byLog.set(key, length)
  }
})
while (held < Number(wanted)) await new Promise((resolve) => setTimeout(resolve, 5))
const ms = since()
counting.unsubscribe()
const { user, system } = process.cpuUsage(cpu)
const lag = store.records.lag
let [indexedMs, projectedMs, voids]: (number | null)[] = [null, null, null]
if (until === 'projected') {
  await store.records.indexed()
  indexedMs = since()
  await store.records.settled()
  projectedMs = since()
  voids = ((await store.database.query('select count(*)::bigint as n from void_record')) as { n: number }[])[0]!.n
}
clearInterval(watch)
const wireBytes = await allBytes()
const [sums] = (await store.database.query(
  `select count(*)::bigint as records, sum(octet_length(header) + octet_length(body) + coalesce(octet_length(signature), 0))::bigint
     as payload from record`,
)) as { records: number; payload: number }[]
const readerMemory = Object.fromEntries(
  Object.entries(memory).map(([part, bytes]) => [part, Math.round(bytes / 2 ** 20)]),
)
const readerRssMb = readerMemory['rss']
const copy = await copyRate(store, Number(wanted))
const cpuMs = Math.round((user + system) / 1_000)
const figures = {
  readerMemory,
  ms,
  firstMs,
  indexedMs,
  projectedMs,
  voids,
  wireBytes,
  lag,
  startRssMb,
  readerRssMb,
  cpuMs,
  copy,
}
process.stdout.write(`${JSON.stringify({ ...figures, ...sums })}\n`)
await node.close()
process.exit(0)

/** What came over the wire in all: certificates follow the records. */
async function allBytes(): Promise<number> {
  for (let before = -1; ;) {
    const [peer] = node.replication.peers()
    if (!peer || peer.bytesIn === before) return before
    before = peer.bytesIn
    await new Promise((resolve) => setTimeout(resolve, 3_000))
  }
}

/** Rows a second of binary COPY of the same rows into a table with the same columns and indexes. */
async function copyRate({ database }: TestStore, rows: number): Promise<number> {
  const runner = database.createQueryRunner()
  const client = (await runner.connect()) as PoolClient
  const chunks: Buffer[] = []
  for await (const chunk of client.query(
    copyTo('copy (select * from record order by log, seq) to stdout (format binary)'),
  ))
    chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  await client.query('create table copied (like record including all)')
  await client.query('checkpoint')
  const begun = performance.now()
  const stream = client.query(copyFrom('copy copied from stdin (format binary)'))
  const finished = once(stream, 'finish')
  for (let at = 0; at < bytes.length; at += 262_144)
    if (!stream.write(bytes.subarray(at, at + 262_144))) await Promise.race([once(stream, 'drain'), finished])
  stream.end()
  await finished
  const rate = Math.round((rows * 1_000) / (performance.now() - begun))
  await client.query('drop table copied')
  await runner.release()
  return rate
}
