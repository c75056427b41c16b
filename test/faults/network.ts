/**
 * Networks that break, under real nodes: two of them behind symmetric NATs, so that they meet through the relay of the third;
 * frames late and lost; then nodes cut off, whole or in one direction, while all go on lending. When all is well again every
 * node holds everything, and nothing that was acknowledged on either side is lost.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Logger } from '@nestjs/common'
import { type Narrator, NodeProcess, Operator, until } from '#libs/lab'
import { type Access, NetworkLaboratory } from '../netns/laboratory.js'
import { Acknowledged } from './acknowledged.js'
import { Load } from './load.js'
import { agreed, digestsOf, type Member, networkOf } from './members.js'

export interface NetworkResult {
  readonly nodes: number
  /** Whether the two behind symmetric NATs were connected with each other, and how many ends the relay carried then. */
  readonly metThroughRelay: boolean
  readonly relayed: number
  /** Each fault, and how long after its end all held the same, final, with equal digests (s). */
  readonly faults: readonly { readonly fault: string; readonly agreedAfter: number }[]
  readonly acknowledged: number
  readonly records: number
  readonly lost: number
  readonly forks: number
  readonly digestsEqual: boolean
  readonly seconds: number
  readonly problems: readonly string[]
}

/** Host 0 keeps the DHT; each of the others has a node. */
const DHT = ['10.77.0.201', '10.77.0.202', '10.77.0.203', '10.77.0.204']
const DHT_PORT = 49_737
const [RELAY, NATTED, OTHER_NATTED] = [1, 2, 3] as const
const dhtProgram = fileURLToPath(
  new URL('../../dist/test/netns/dht.js', import.meta.url.replace('/dist/test/', '/test/')),
)
const patienceMs = 180_000

interface Breakage {
  readonly fault: string
  readonly begin: (laboratory: NetworkLaboratory) => void
  readonly host: number
}

const breakages: readonly Breakage[] = [
  { fault: 'a node cut off', host: OTHER_NATTED, begin: (of) => of.cut(OTHER_NATTED, 'both') },
  { fault: 'nothing comes from a node', host: NATTED, begin: (of) => of.cut(NATTED, 'out') },
  { fault: 'nothing gets to a node', host: OTHER_NATTED, begin: (of) => of.cut(OTHER_NATTED, 'in') },
  { fault: 'the relay cut off', host: RELAY, begin: (of) => of.cut(RELAY, 'both') },
  { fault: 'a fifth of all frames lost', host: NATTED, begin: (of) => of.let(NATTED, { lostOut: 200, lostIn: 200 }) },
]

/** `faults`: how many of the kinds are tried, in turn. `brokenMs`: for how long each lasts. `access`: of a fourth node. */
export interface NetworkRun {
  readonly faults: number
  readonly brokenMs: number
  readonly delayMs: number
  /** Frames of a thousand that are lost at each end, all the time. */
  readonly lost: number
  readonly fourth?: Access
}

export async function breakNetworks(run: NetworkRun, narrator: Narrator): Promise<NetworkResult> {
  Logger.overrideLogger(false)
  const accesses: Access[] = ['open', 'open', 'symmetric', 'symmetric', ...(run.fourth ? [run.fourth] : [])]
  const laboratory = await NetworkLaboratory.open(accesses)
  const folder = mkdtempSync(join(tmpdir(), 'mutuo-networks-'))
  let dht: ChildProcess | undefined
  const nodes: NodeProcess[] = []
  try {
    for (const address of DHT) laboratory.addAddress(0, address)
    dht = await startDht(laboratory)
    const clear = { delayMs: run.delayMs, lostOut: run.lost, lostIn: run.lost }
    for (const host of accesses.keys()) laboratory.let(host, clear)
    for (const host of [...accesses.keys()].slice(1)) nodes.push(nodeOn(laboratory, host, folder))
    await Promise.all(nodes.map((node) => node.start()))
    const members = await networkOf(nodes)
    narrator.tell(`${nodes.length} nodes in one network, two of them behind symmetric NATs`)
    return await new Breaking(laboratory, members, run, narrator).play(clear)
  } finally {
    await Promise.allSettled(nodes.map((node) => node.stop()))
    dht?.kill()
    laboratory.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

class Breaking {
  private readonly acknowledged = new Acknowledged()
  private readonly problems: string[] = []
  private readonly faults: { fault: string; agreedAfter: number }[] = []
  private digestsEqual = true
  private records = 0

  constructor(
    private readonly laboratory: NetworkLaboratory,
    private readonly members: readonly Member[],
    private readonly run: NetworkRun,
    private readonly narrator: Narrator,
  ) {}

  async play(clear: Parameters<NetworkLaboratory['let']>[1]): Promise<NetworkResult> {
    const load = new Load(this.members, this.acknowledged, 200)
    load.start()
    const met = await this.meetsThroughRelay()
    const relayed = await this.figure(0, 'mutuo_relayed_sessions')
    this.narrator.tell(`behind symmetric NATs they ${met ? 'meet through the relay' : 'DO NOT MEET'}`)
    if (!met) this.problems.push('two nodes behind symmetric NATs do not meet')
    for (let i = 0; i < this.run.faults; i++) {
      const { fault, host, begin } = breakages[i % breakages.length]!
      begin(this.laboratory)
      await sleep(this.run.brokenMs)
      this.laboratory.let(host, clear)
      const from = performance.now()
      await load.pause()
      this.records = await agreed(this.members, patienceMs)
      const digests = await digestsOf(this.members)
      const isEqual = new Set(digests).size === 1
      if (!isEqual) this.problems.push(`after "${fault}" the digests differ: ${digests.join(', ')}`)
      this.digestsEqual &&= isEqual
      const agreedAfter = Math.round((performance.now() - from) / 100) / 10
      this.faults.push({ fault, agreedAfter })
      this.narrator.tell(`${fault}: ${this.records} records, all the same and final ${agreedAfter} s after`)
      load.resume()
    }
    await load.stop()
    const forks = await this.checkEverything()
    for (const { client } of this.members) client.onApplicationShutdown()
    return {
      ...{ nodes: this.members.length, metThroughRelay: met, relayed, faults: this.faults },
      ...{ acknowledged: this.acknowledged.count, records: this.records, lost: this.acknowledged.broken.length, forks },
      ...{ digestsEqual: this.digestsEqual, seconds: Math.round(this.narrator.seconds()) },
      problems: [...this.problems, ...this.acknowledged.broken],
    }
  }

  /** Whether the two behind symmetric NATs come to be connected with each other. */
  private async meetsThroughRelay(): Promise<boolean> {
    const one = this.members[NATTED - 1]!
    const other = this.members[OTHER_NATTED - 1]!
    const isMet = async () => {
      const { items } = await one.client.ask('peers.list', {})
      return items.some(({ identity }) => identity === other.actor.identity)
    }
    return until('the two to meet', patienceMs, isMet).then(
      () => true,
      () => false,
    )
  }

  private async figure(member: number, name: string): Promise<number> {
    const { items } = await this.members[member]!.client.ask('node.metrics', {})
    return items.find((metric) => metric.name === name)?.values[0]?.value ?? 0
  }

  private async checkEverything(): Promise<number> {
    let forks = 0
    for (const { index, client, process } of this.members) {
      await this.acknowledged.checkAll(index, client)
      forks += (await client.ask('forks.list', {})).items.length
      const { code, stdout, stderr } = await new Operator(process.options.dataDir).run('verify', '--json')
      if (code !== 0) this.problems.push(`node ${index} does not verify: ${stdout || stderr}`)
    }
    if (forks > 0) this.problems.push(`${forks} forks are shown`)
    return forks
  }
}

function nodeOn(laboratory: NetworkLaboratory, host: number, folder: string): NodeProcess {
  return new NodeProcess({
    name: `host ${host}`,
    dataDir: join(folder, String(host)),
    bootstrap: DHT.map((address) => `${address}:${DHT_PORT}`),
    within: laboratory.command(host),
    env: {
      MUTUO_HOST: laboratory.address(host),
      MUTUO_LIMIT_RECONCILE_MS: '5000',
      ...(host === RELAY && { MUTUO_RELAY: 'offer' }),
    },
  })
}

async function startDht(laboratory: NetworkLaboratory): Promise<ChildProcess> {
  const [program, ...args] = [...laboratory.command(0), process.execPath, dhtProgram, ...DHT]
  const child = spawn(program!, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  await new Promise<void>((ready, failed) => {
    child.stdout.once('data', () => ready())
    child.once('exit', (code) => failed(new Error(`the DHT ended with ${code}`)))
  })
  return child
}
