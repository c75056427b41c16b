/**
 * How long a record takes from being written on one node to being projected on another: two processes, each with a Postgres of
 * its own, over Hyperswarm on loopback, one witness, signed and durable on both. Once with a single author at a time, once with 16
 * writing at once, each its next record as soon as the other node shows the last. `--final` instead: from being written until it
 * is final there, with four nodes that are the witnesses, of which three make a quorum, beside the time until a quorum holds it.
 * `npm run bench -- live [--final] [--json] [--records N]`
 */
import 'reflect-metadata'
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { fromText, toText } from '#libs/record'
import { DhtNode } from '#libs/swarm'
import { taken } from '../libs/network/src/testing/node.js'
import { type ReplicatingNode, startReplicatingNode } from '../libs/replication/src/testing/replicating-node.js'
import { cpuOf } from './making/cpu.js'
import { latencies, quantile } from './making/latencies.js'
import { admitWriters, writeNext, type Writer } from './making/writers.js'

/** What a reading process is told first, and what it says: who it is once it is a member; when it shows or holds what. */
interface Start {
  number: number
  invite: string
  port: number
}
type Word = { member: string } | { alias: string; atMs: number } | { author: string; length: number; atMs: number }

const AT_ONCE = 16
/** Authors take turns, so that the identities that are folded stay as short as a loan. */
const AUTHORS = 64
const ROUNDS = 3
/** With `--final`: the others that hold a record when a quorum of three does, the writer's node among them. */
const OTHERS_OF_QUORUM = 2
/** Steps of a record's way, in ms since it was asked for. */
type Times = Record<string, number>

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    records: { type: 'string', default: '200' },
    final: { type: 'boolean' },
    reader: { type: 'boolean' },
  },
})

const perRound = Number(options.records)
const discoveryAt = (port: number) => ({
  kind: 'private' as const,
  bootstrap: [{ host: '127.0.0.1', port }],
  host: '127.0.0.1',
})
const wallMs = () => performance.timeOrigin + performance.now()

/** Another process: says what of every record it has, with `--final` once it is accepted, else once its row is there. */
async function read(): Promise<void> {
  const { number, invite, port } = await new Promise<Start>((resolve) => process.once('message', resolve))
  const node = await startReplicatingNode(2_000 * number, discoveryAt(port))
  taken(await node.networks.join(node.operator(), invite))
  const say = (word: Word) => process.send!(word)
  const { records, database } = node.store
  if (options.final) {
    records.advanced.subscribe(({ entries }) => {
      const atMs = wallMs()
      for (const { author, length } of entries) say({ author: toText(author), length, atMs })
    })
  } else {
    const shown = new Set<string>()
    records.projected.subscribe(({ subjects }) => {
      const atMs = wallMs()
      const ids = subjects.filter(({ type }) => type === 'identity').map(({ subject }) => subject)
      void database
        .query('select alias from identity where id = any($1::text[])', [ids])
        .then((rows: { alias: string | null }[]) => {
          for (const { alias } of rows) {
            if (alias === null || shown.has(alias)) continue
            shown.add(alias)
            say({ alias, atMs })
          }
        })
    })
  }
  const self = node.operator().identity!
  const net = (await node.membership.networks())[0]!
  await until(async () => (await node.membership.memberKeyFor(net)) !== null)
  say({ member: self })
  await new Promise((resolve) => process.once('disconnect', resolve))
  await node.close()
}

async function write(): Promise<void> {
  const dht = await DhtNode.start({ host: '127.0.0.1' })
  const node = await startReplicatingNode(1, discoveryAt(dht.port))
  const net = taken(await node.networks.create(node.operator(), 'Bench', 'Founder')).id
  const writers = await admitWriters(node, net, AUTHORS)
  const heard = new Heard()
  const readers: ChildProcess[] = []
  const members: string[] = []
  for (let number = 1; number <= (options.final ? 3 : 1); number++) {
    const { invite } = taken(await node.invites.create(node.operator()))
    const reader = fork(fileURLToPath(import.meta.url), ['--reader', ...(options.final ? ['--final'] : [])])
    readers.push(reader)
    const member = new Promise<string>((resolve) => {
      reader.on('message', (word: Word) => ('member' in word ? resolve(word.member) : heard.hear(word)))
    })
    reader.send({ number, invite, port: dht.port } satisfies Start)
    members.push(await member)
  }
  if (options.final) await amend(node, net, members)
  const one = options.final ? writeUntilFinal(node, net, heard) : writeUntilShown(node, net, heard)
  console.log(JSON.stringify({ bench: 'live', records: perRound, rounds: ROUNDS, ...(await measure(writers, one)) }))
  for (const reader of readers) {
    reader.disconnect()
    await new Promise((resolve) => reader.once('exit', resolve))
  }
  await node.close()
  await dht.stop()
}

/** Rounds of one writer at a time, and of 16 at once; the first records of each author are the slowest and don't count. */
async function measure(writers: readonly Writer[], one: (writer: Writer) => Promise<Times>): Promise<object> {
  let turn = 0
  const round = async (atOnce: number) => {
    const before = cpuOf(process.pid)
    const times: Times[] = []
    const writing = Array.from({ length: atOnce }, async () => {
      for (let i = 0; i < perRound / atOnce; i++) times.push(await one(writers[turn++ % writers.length]!))
    })
    await Promise.all(writing)
    const after = cpuOf(process.pid)
    const perRecord = (of: 'node' | 'postgres') => (after![of] - before![of]) / times.length
    return { times, cpu: before && after && [perRecord('node'), perRecord('postgres')] }
  }
  for (const writer of writers) await one(writer)
  await round(1)
  const rounds: Record<string, Awaited<ReturnType<typeof round>>[]> = { single: [], sixteen: [] }
  for (let i = 0; i < ROUNDS; i++) {
    rounds['single']!.push(await round(1))
    rounds['sixteen']!.push(await round(AT_ONCE))
  }
  const result: Record<string, Record<string, unknown>> = {}
  for (const [name, of] of Object.entries(rounds)) {
    const what = Object.keys(of[0]!.times[0]!)
    const figures = what.map((step) => [step, latencies(of.map(({ times }) => times.map((time) => time[step]!)))])
    const cpu = of.flatMap((each) => (each.cpu ? [each.cpu] : []))
    const cpuMs = (part: number) =>
      quantile(
        cpu.map((each) => each[part]!),
        0.5,
      )
    result[name] = {
      ...Object.fromEntries(figures),
      ...(cpu.length > 0 && { cpuMsPerRecord: { node: cpuMs(0), postgres: cpuMs(1) } }),
    }
    if (!options.json) console.log(`${name}: ${JSON.stringify(result[name])}`)
  }
  return result
}

/** Until the other node shows it; `append`: until it is durable and shown on the node that writes. */
function writeUntilShown(node: ReplicatingNode, net: string, heard: Heard) {
  let count = 0
  return async (writer: Writer): Promise<Times> => {
    const alias = `Author ${count++}`
    const seen = heard.said(alias, 1)
    const startMs = wallMs()
    await writeNext(node, net, writer, alias)
    const append = wallMs() - startMs
    return { shown: (await seen) - startMs, append }
  }
}

/** Until it is final on the node that writes; `held`: until so many others have accepted it that a quorum holds it. */
function writeUntilFinal(node: ReplicatingNode, net: string, heard: Heard) {
  node.store.records.certified.subscribe(({ entries }) => {
    const atMs = wallMs()
    for (const { author, finalLength } of entries)
      heard.hear({ author: `final ${toText(author)}`, length: finalLength, atMs })
  })
  return async (writer: Writer): Promise<Times> => {
    const length = writer.length + 1
    const held = heard.said(`${writer.key} ${length}`, OTHERS_OF_QUORUM)
    const final = heard.said(`final ${writer.key} ${length}`, 1)
    const startMs = wallMs()
    await writeNext(node, net, writer, `Author ${length}`)
    return { final: (await final) - startMs, held: (await held) - startMs }
  }
}

/** What other processes said, and who waits for it. */
class Heard {
  private readonly waiting = new Map<string, { left: number; done(atMs: number): void }>()

  hear(word: Exclude<Word, { member: string }>): void {
    const name = 'alias' in word ? word.alias : `${word.author} ${word.length}`
    const waits = this.waiting.get(name)
    if (!waits || --waits.left > 0) return
    this.waiting.delete(name)
    waits.done(word.atMs)
  }

  /** When it was said so many times (ms, wall clock). */
  said(name: string, times: number): Promise<number> {
    return new Promise((done) => this.waiting.set(name, { left: times, done }))
  }
}

/** All of them and the founder become witnesses, three of whom make a quorum. */
async function amend(node: ReplicatingNode, net: string, members: readonly string[]): Promise<void> {
  taken(await node.networks.amend(node.operator(), [node.keys.here[0]!, ...members], 3))
  await until(async () => taken(await node.networks.show()).quorum === 3)
  const entries = () => node.store.records.entries(fromText(net))
  await until(async () => (await entries()).every(({ finalLength, length }) => finalLength === length))
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20))
}

if (options.reader) await read()
else await write()
process.exit(0)
