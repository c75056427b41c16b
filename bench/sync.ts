/**
 * How fast an empty node gets a community's records: two processes over Hyperswarm on loopback, everything verified and durable
 * in Postgres. Beside it, in turns, what Corestore takes for as many blocks of the same sizes, and binary COPY of the same rows
 * with the same indexes, which is as fast as this can be. Medians of the rounds; one line of JSON per shape at the end.
 *
 *   npm run bench -- sync [--json] [--rounds 3] [--shape 1,2,3,4 | --of 3000x10] [--threads 1] [--no-corestore] [--no-projections]
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { DhtNode } from '#libs/swarm'
import { installPeers } from './sync/peers.js'
import { type Shape, SHAPES } from './sync/loan-logs.js'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    shape: { type: 'string', default: '1,2,3' },
    threads: { type: 'string', default: '1' },
    'no-corestore': { type: 'boolean', default: false },
    'no-projections': { type: 'boolean', default: false },
    of: { type: 'string' },
  },
})
const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')
const peers = join(root, 'bench', 'peers')
const withCorestore = !values['no-corestore']
const withProjections = !values['no-projections']

/** What a reader says at its end. */
interface Ours {
  records: number
  payload: number
  ms: number
  firstMs: number
  indexedMs: number | null
  projectedMs: number | null
  voids: number | null
  wireBytes: number
  /** Before it fetched anything, and at most. */
  startRssMb: number
  readerRssMb: number
  /** Of it: V8's heap, buffers (MiB). */
  readerMemory: Record<string, number>
  cpuMs: number
  copy: number
  lag: { unindexed: number; waiting: number }
}

interface Theirs {
  records: number
  /** It came to an end. When nothing more comes for long, it did not. */
  isWhole: boolean
  ms: number
  wireBytes: number
  rssMb: number
}

/** A process that says things line by line. */
class Speaker {
  readonly child: ChildProcess
  private readonly lines: Interface
  private readonly waiting: ((line: string) => void)[] = []
  private readonly said: string[] = []

  constructor(script: string, args: readonly string[], node: readonly string[] = []) {
    this.child = spawn(process.execPath, [...node, script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.lines = createInterface(this.child.stdout!)
    this.lines.on('line', (line) => {
      // Nest logs to the same stream.
      if (!line.startsWith('{')) return
      const next = this.waiting.shift()
      if (next) next(line)
      else this.said.push(line)
    })
    this.child.once('exit', (code) => {
      if (code) throw new Error(`${script} ended with code ${code}`)
    })
  }

  async hear<T>(): Promise<T> {
    const line = this.said.shift() ?? (await new Promise<string>((heard) => this.waiting.push(heard)))
    return JSON.parse(line) as T
  }

  say(line: string): void {
    this.child.stdin!.write(`${line}\n`)
  }

  /** Waits for its own end. */
  async ended(): Promise<void> {
    if (this.child.exitCode === null) await new Promise((done) => this.child.once('exit', done))
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return
    const gone = new Promise((done) => this.child.once('exit', done))
    this.child.kill('SIGTERM')
    await gone
  }
}

const progress = (text: string): void => void process.stderr.write(`${text}\n`)

async function main(): Promise<void> {
  if (withCorestore) installPeers(peers)
  const dht = await DhtNode.start({ host: '127.0.0.1' })
  const results: object[] = []
  const [logs, each] = (values.of ?? '').split('x').map(Number)
  const shapes = values.of ? [{ name: values.of, logs: logs!, each: each! }] : null
  for (const shape of shapes ?? values.shape.split(',').map((number) => SHAPES[Number(number) - 1]!)) {
    const directory = await mkdtemp(join(tmpdir(), 'mutuo-bench-sync-'))
    try {
      results.push(await measure(shape, directory, dht.port))
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  }
  await dht.stop()
  for (const result of results) console.log(JSON.stringify(result))
}

async function measure(shape: Shape, directory: string, port: number): Promise<object> {
  progress(`${shape.name}: writing, signing and storing it`)
  const args = [String(port), String(shape.logs), String(shape.each)]
  const sender = new Speaker(join(here, 'sync', 'sender.js'), args)
  const { records, sizes } = await sender.hear<{ records: number; sizes: number[][] }>()
  const theirs = withCorestore ? await Corestore.start(directory, port, sizes) : null
  const ours: Ours[] = []
  const corestore: Theirs[] = []
  for (let round = 0; round < Number(values.rounds); round++) {
    // Projections take longer than all the rest, and are the same each time: they are measured once.
    ours.push(await readOurs(join(directory, `reader ${round}`), port, sender, records, round === 0 && withProjections))
    progress(`  Mutuo: ${show(ours[round]!)}`)
    if (!theirs) continue
    const read = await theirs.read(join(directory, `corestore ${round}`))
    if (read.isWhole) corestore.push(read)
    progress(`  Corestore: ${read.isWhole ? `${rate(read)} records/s` : `stopped after ${read.records} records`}`)
  }
  await Promise.all([sender.stop(), theirs?.stop()])
  return summary(shape, ours, corestore)
}

async function readOurs(
  directory: string,
  port: number,
  sender: Speaker,
  records: number,
  projected: boolean,
): Promise<Ours> {
  sender.say('invite')
  const { invite } = await sender.hear<{ invite: string }>()
  // Inviting is two records more, and so is being admitted: they are not waited for.
  const profile = process.env['BENCH_PROFILE'] ? ['--cpu-prof', `--cpu-prof-dir=${process.env['BENCH_PROFILE']}`] : []
  if (process.env['BENCH_FLAGS']) profile.push(...process.env['BENCH_FLAGS'].split(' '))
  const args = [directory, String(port), invite, String(records), values.threads, projected ? 'projected' : 'accepted']
  const reader = new Speaker(join(here, 'sync', 'reader.js'), args, profile)
  const figures = await reader.hear<Ours>()
  if (figures.voids) throw new Error(`${figures.voids} records of the benchmark are void`)
  await reader.ended()
  await rm(directory, { recursive: true, force: true })
  return { ...figures, records }
}

class Corestore {
  private constructor(
    private readonly sender: Speaker,
    private readonly port: number,
    private readonly topic: string,
    private readonly wanted: string,
  ) {}

  static async start(directory: string, port: number, sizes: number[][]): Promise<Corestore> {
    progress('  Corestore: the same as blocks')
    const topic = randomBytes(32).toString('hex')
    const [sizesFile, wanted] = [join(directory, 'sizes.json'), join(directory, 'wanted.json')]
    await writeFile(sizesFile, JSON.stringify(sizes))
    const args = [join(directory, 'corestore sender'), String(port), topic, sizesFile]
    const sender = new Speaker(join(peers, 'corestore-sender.mjs'), args)
    const { keys } = await sender.hear<{ keys: string[] }>()
    await writeFile(wanted, JSON.stringify({ keys, lengths: sizes.map(({ length }) => length) }))
    return new Corestore(sender, port, topic, wanted)
  }

  async read(directory: string): Promise<Theirs> {
    const args = [directory, String(this.port), this.topic, this.wanted]
    const reader = new Speaker(join(peers, 'corestore-reader.mjs'), args)
    const figures = await reader.hear<Theirs>()
    await reader.ended()
    await rm(directory, { recursive: true, force: true })
    return figures
  }

  async stop(): Promise<void> {
    await this.sender.stop()
  }
}

const rate = ({ records, ms }: { records: number; ms: number }): number => Math.round((records * 1_000) / ms)

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function show(ours: Ours): string {
  const { firstMs, indexedMs, projectedMs, readerRssMb, wireBytes, copy, cpuMs, ms } = ours
  const overhead = ((wireBytes / ours.payload - 1) * 100).toFixed(1)
  return (
    `${rate(ours)} records/s in ${ms} ms (first after ${firstMs}, ${projectedMs === null ? '' : `indexed ${indexedMs}, projected ${projectedMs}, `}` +
    `own CPU ${cpuMs}), COPY ${copy}/s, wire ${(wireBytes / 2 ** 20).toFixed(1)} MiB (+${overhead} %), ${readerRssMb} MiB`
  )
}

function summary({ name }: Shape, ours: readonly Ours[], theirs: readonly Theirs[]): object {
  const own = median(ours.map(rate))
  const corestore = theirs.length > 0 ? median(theirs.map(rate)) : null
  const copy = median(ours.map((one) => one.copy))
  const wireBytes = median(ours.map((one) => one.wireBytes))
  const toHundredths = (ratio: number) => Math.round(ratio * 100) / 100
  return {
    shape: name,
    records: ours[0]!.records,
    ours: own,
    corestore,
    copy,
    ratioCorestore: corestore && toHundredths(own / corestore),
    ratioCopy: toHundredths(own / copy),
    wireBytes,
    wireOverhead: Math.round((wireBytes / ours[0]!.payload - 1) * 1_000) / 1_000,
    readerRssMb: median(ours.map((one) => one.readerRssMb)),
    readerMemory: ours[0]!.readerMemory,
    readerStartRssMb: median(ours.map((one) => one.startRssMb)),
    projectedMs: ours[0]!.projectedMs,
    corestoreWireBytes: theirs.length > 0 ? median(theirs.map((one) => one.wireBytes)) : null,
    corestoreRssMb: theirs.length > 0 ? median(theirs.map((one) => one.rssMb)) : null,
  }
}

await main()
process.exit(0)
