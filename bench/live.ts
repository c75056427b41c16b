/**
 * How long a record takes from being written on one node to being projected on another: two processes, each with a Postgres of
 * its own, over Hyperswarm on loopback, one witness, signed and durable on both. Once with a single author at a time, once with 16
 * writing at once, each its next record as soon as the other node shows the last.
 * `npm run bench -- live [--json] [--records N]`
 */
import 'reflect-metadata'
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { fromText, recordId, sha256, toText } from '#libs/record'
import { DhtNode } from '#libs/swarm'
import { firstRecord, taken } from '../libs/network/src/testing/node.js'
import { type ReplicatingNode, startReplicatingNode } from '../libs/replication/src/testing/replicating-node.js'

/** What the reading process is told first, and what it says: that it is in sync, and when it saw which alias (ms, wall clock). */
interface Start {
  invite: string
  port: number
}
type Word = { ready: true } | { alias: string; atMs: number }

const AT_ONCE = 16
/** Authors take turns, so that the identities that are folded stay as short as a loan. */
const AUTHORS = 64
const ROUNDS = 3
const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, records: { type: 'string', default: '200' }, reader: { type: 'boolean' } },
})

const discoveryAt = (port: number) => ({
  kind: 'private' as const,
  bootstrap: [{ host: '127.0.0.1', port }],
  host: '127.0.0.1',
})
const wallMs = () => performance.timeOrigin + performance.now()

if (options.reader) await read()
else await write()
process.exit(0)

/** The other process: says of every alias when its identity's row had it. */
async function read(): Promise<void> {
  const { invite, port } = await new Promise<Start>((resolve) => process.once('message', resolve))
  const node = await startReplicatingNode(2_000, discoveryAt(port))
  taken(await node.networks.join(node.operator(), invite))
  const say = (word: Word) => process.send!(word)
  const shown = new Set<string>()
  node.store.records.projected.subscribe(({ subjects }) => {
    const atMs = wallMs()
    const ids = subjects.filter(({ type }) => type === 'identity').map(({ subject }) => subject)
    void node.store.database
      .query('select alias from identity where id = any($1::text[])', [ids])
      .then((rows: { alias: string | null }[]) => {
        for (const { alias } of rows) {
          if (alias === null || shown.has(alias)) continue
          shown.add(alias)
          say({ alias, atMs })
        }
      })
  })
  say({ ready: true })
  await new Promise((resolve) => process.once('disconnect', resolve))
  await node.close()
}

async function write(): Promise<void> {
  const dht = await DhtNode.start({ host: '127.0.0.1' })
  const node = await startReplicatingNode(1, discoveryAt(dht.port))
  const net = taken(await node.networks.create(node.operator(), 'Bench', 'Founder')).id
  const authors = await admitAuthors(node, net)
  const { invite } = taken(await node.invites.create(node.operator()))
  const reader = fork(fileURLToPath(import.meta.url), ['--reader'])
  const seen = new Map<string, (atMs: number) => void>()
  const ready = new Promise<void>((resolve) => {
    reader.on('message', (word: Word) => {
      if ('ready' in word) resolve()
      else seen.get(word.alias)?.(word.atMs)
    })
  })
  reader.send({ invite, port: dht.port } satisfies Start)
  await ready
  let count = 0
  const one = async ({ key, identity }: Author) => {
    const alias = `Author ${count++}`
    const isSeen = new Promise<number>((resolve) => seen.set(alias, resolve))
    const startMs = wallMs()
    const draft = { kind: 'profile.published', subj: identity, refs: [], body: { alias } }
    taken(await node.store.records.append(net, key, () => [draft]))
    const writtenMs = wallMs()
    const times = { all: (await isSeen) - startMs, append: writtenMs - startMs }
    seen.delete(alias)
    return times
  }
  const perRound = Number(options.records)
  let turn = 0
  const round = async (atOnce: number) => {
    const times: { all: number; append: number }[] = []
    const writing = Array.from({ length: atOnce }, async () => {
      for (let i = 0; i < perRound / atOnce; i++) times.push(await one(authors[turn++ % authors.length]!))
    })
    await Promise.all(writing)
    return times
  }
  // The first of each author are the slowest, while both sides learn what they need.
  for (const author of authors) await one(author)
  await round(1)
  const result: Record<string, unknown> = {}
  const rounds: { single: number[][]; many: number[][]; append: number[][] } = { single: [], many: [], append: [] }
  for (let i = 0; i < ROUNDS; i++) {
    const single = await round(1)
    rounds.single.push(single.map(({ all }) => all))
    rounds.append.push(single.map(({ append }) => append))
    rounds.many.push((await round(AT_ONCE)).map(({ all }) => all))
  }
  for (const [name, of] of [
    ['single', rounds.single],
    ['sixteen', rounds.many],
    ['appendOnly', rounds.append],
  ] as const) {
    const p50 = median(of.map((times) => quantile(times, 0.5)))
    const p99 = median(of.map((times) => quantile(times, 0.99)))
    result[name] = { p50Ms: p50, p99Ms: p99 }
    if (!options.json) console.log(`${name}: p50 ${p50} ms, p99 ${p99} ms`)
  }
  console.log(JSON.stringify({ bench: 'live', records: perRound, rounds: ROUNDS, authors: AT_ONCE, ...result }))
  reader.disconnect()
  await new Promise((resolve) => reader.once('exit', resolve))
  await node.close()
  await dht.stop()
}

interface Author {
  key: string
  identity: string
}

/** Authors whose keys the node keeps, admitted by its founder. */
async function admitAuthors(node: ReplicatingNode, net: string): Promise<Author[]> {
  const founder = node.keys.here[0]!
  const authors: Author[] = []
  for (let i = 0; i < AUTHORS; i++) {
    const first = await firstRecord(node, net, 5_000 + i)
    const identity = toText(recordId(first.header))
    const keyHash = sha256(Uint8Array.of(i))
    const expiresAt = node.store.clock.now() + 86_400_000
    const invites = taken(
      await node.store.records.append(net, founder, () => [
        { kind: 'invite.created', subj: net, refs: [], body: { keyHash, expiresAt } },
      ]),
    )
    const admitted = { kind: 'member.admitted', subj: net, refs: [identity] }
    const body = { invite: fromText(invites.records[0]!.id) }
    taken(await node.store.records.append(net, founder, () => [{ ...admitted, body }]))
    authors.push({ key: node.store.keys.key(5_000 + i), identity })
  }
  return authors
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]! * 10) / 10
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}
