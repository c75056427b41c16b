/**
 * How fast a new node gets a community: two nodes in one process, each on a Postgres of its own, over Hyperswarm on
 * loopback. `node dist/bench/sync.js [logs] [records per log]`, after `npm run build`.
 */
import 'reflect-metadata'
import {
  encodeBody,
  encodeHeader,
  fromText,
  keyPairFromSeed,
  recordId,
  type Run,
  sha256,
  signHeader,
  type StoredRecord,
  toText,
} from '#libs/record'
import { DhtNode } from '#libs/swarm'
import { taken } from '../libs/network/src/testing/node.js'
import { startReplicatingNode } from '../libs/replication/src/testing/replicating-node.js'

const logs = Number(process.argv[2] ?? 1_000)
const each = Number(process.argv[3] ?? 20)

/** An author's log, as its own node would have written it: about 400 bytes a record, header, body and signature. */
function writeLog(net: Uint8Array, number: number): { author: Uint8Array; records: StoredRecord[] } {
  const seed = sha256(new TextEncoder().encode(`author ${number}`))
  const { publicKey: author, secretKey } = keyPairFromSeed(seed)
  const records: StoredRecord[] = []
  let prev: Uint8Array | null = null
  let first: Uint8Array | null = null
  for (let seq = 0; seq < each; seq++) {
    const body =
      seq === 0
        ? encodeBody(seed.subarray(0, 16), { next: sha256(author) })
        : encodeBody(seed.subarray(0, 16), { alias: `Author ${number}`, about: 'x'.repeat(40) })
    const header = encodeHeader({
      v: 1,
      at: Date.UTC(2025, 0, 1) + seq,
      net,
      seq,
      vis: 0,
      body: sha256(body),
      kind: seq === 0 ? 'identity.created' : 'profile.published',
      prev,
      refs: [],
      subj: first,
      author,
    })
    records.push({ header, signature: signHeader(header, secretKey), body })
    prev = recordId(header)
    first ??= prev
  }
  return { author, records }
}

const dht = await DhtNode.start({ host: '127.0.0.1' })
const discovery = { kind: 'private' as const, bootstrap: [{ host: '127.0.0.1', port: dht.port }], host: '127.0.0.1' }
const full = await startReplicatingNode(1, discovery)
const net = taken(await full.networks.create(full.operator(), 'Bench', 'Founder')).id
const founder = full.keys.here[0]!
const { records } = full.store
let startMs = performance.now()
const runs: Run[] = Array.from({ length: logs }, (_, i) => ({ net: fromText(net), ...writeLog(fromText(net), i) }))
for (let i = 0; i < logs; i += 250) {
  const some = runs.slice(i, i + 250)
  await records.ingest(
    fromText(net),
    some.map((run) => ({ ...run, records: run.records.slice(0, 1) })),
  )
  const expiresAt = Date.UTC(2026, 5, 1)
  const invites = taken(
    await records.append(net, founder, () =>
      some.map((_, j) => ({
        kind: 'invite.created',
        subj: net,
        refs: [],
        body: { keyHash: sha256(Uint8Array.of(i >> 8, i, j)), expiresAt },
      })),
    ),
  ).records
  taken(
    await records.append(net, founder, () =>
      some.map((run, j) => ({
        kind: 'member.admitted',
        subj: net,
        refs: [toText(recordId(run.records[0]!.header))],
        body: { invite: fromText(invites[j]!.id) },
      })),
    ),
  )
  await records.ingest(fromText(net), some)
}
await records.settled()
const total = (await records.entries(fromText(net))).reduce((sum, { length }) => sum + length, 0)
console.log(`prepared ${total} records in ${logs} logs in ${Math.round(performance.now() - startMs)} ms`)

const { invite } = taken(await full.invites.create(full.operator()))
const fresh = await startReplicatingNode(2, discovery)
startMs = performance.now()
taken(await fresh.networks.join(fresh.operator(), invite))
let got = 0
let firstMs = 0
while (got < total) {
  await new Promise((resolve) => setTimeout(resolve, 20))
  got = (await fresh.store.records.entries(fromText(net))).reduce((sum, { length }) => sum + length, 0)
  if (got > 0 && firstMs === 0) firstMs = performance.now()
}
const ms = performance.now() - startMs
const accepted = Math.round(total / (ms / 1000))
const [peer] = fresh.replication.peers()
console.log(
  `accepted ${got} records in ${Math.round(ms)} ms: ${accepted} records/s, ${Math.round(peer!.bytesIn / 1024)} KiB in, first after ${Math.round(firstMs - startMs)} ms`,
)
await fresh.store.records.settled()
console.log(
  `projected after ${Math.round(performance.now() - startMs)} ms; ${Math.round(process.memoryUsage.rss() / 1_048_576)} MiB RSS of both nodes`,
)
await Promise.all([fresh.close(), full.close()])
await dht.stop()
process.exit(0)
