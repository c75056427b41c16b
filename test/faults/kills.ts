/**
 * A run of kills: real nodes with real Postgres lend to one another, their processes are killed with -9 and started again, and
 * what must hold is looked at after each kill, more of it every few kills on a network at rest, and all of it at the end.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import { Lab, type Narrator, Operator, until } from '#libs/lab'
import { Acknowledged } from './acknowledged.js'
import { Load } from './load.js'
import { agreed, digestsOf, foundMembers, type Member } from './members.js'
import { type Kill, planOf, type Target } from './plan.js'
import { strike } from './strike.js'

export interface KillsResult extends Readonly<Record<Target, number>> {
  readonly seed: number
  readonly kills: number
  /** Of commands whose answer came, and which were struck down with their node. */
  readonly acknowledged: number
  readonly unanswered: number
  /** Acknowledged and not there any more, somewhere. */
  readonly lost: number
  readonly forks: number
  readonly digestsEqual: boolean
  readonly records: number
  /** From the blow to the node's first answer, the median and the slowest (ms). */
  readonly backMs: { readonly median: number; readonly most: number }
  readonly seconds: number
  /** What was found wrong, in words: nothing. */
  readonly problems: readonly string[]
}

/** How often the network is left alone until all hold the same. */
const REST_EVERY = 25

export class KillsRun {
  private readonly acknowledged = new Acknowledged()
  private readonly problems: string[] = []
  private readonly backMs: number[] = []
  private readonly counts: Record<Target, number> = { node: 0, postgres: 0, both: 0 }
  private digestsEqual = true
  private forks = 0
  private records = 0

  private constructor(
    private readonly members: readonly Member[],
    private readonly load: (acknowledged: Acknowledged) => Load,
    private readonly narrator: Narrator,
  ) {}

  /** Founds a network of `nodes` nodes, kills `kills` times by the plan of `seed`, and takes all away again. */
  static async of(
    { seed, kills, nodes }: { seed: number; kills: number; nodes: number },
    narrator: Narrator,
  ): Promise<KillsResult> {
    // Every lost connection would be told otherwise.
    Logger.overrideLogger(false)
    const lab = await Lab.open()
    try {
      const members = await foundMembers(lab, nodes)
      narrator.tell(`${nodes} nodes in one network, each of them a witness`)
      const run = new KillsRun(members, (acknowledged) => new Load(members, acknowledged, 30), narrator)
      const result = await run.play(planOf(seed, kills, nodes))
      for (const { client } of members) client.onApplicationShutdown()
      return { seed, ...result, seconds: Math.round(narrator.seconds()) }
    } finally {
      await lab.close()
    }
  }

  private async play(plan: readonly Kill[]): Promise<Omit<KillsResult, 'seed' | 'seconds'>> {
    const load = this.load(this.acknowledged)
    load.start()
    const returning: Promise<void>[] = this.members.map(() => Promise.resolve())
    for (const [i, kill] of plan.entries()) {
      // Two nodes may be away together; one is struck again when it is back.
      await (kill.beforeTheLastIsBack ? returning[kill.victim] : Promise.all(returning))
      await sleep(kill.afterMs)
      if (kill.intoCommandMs !== null) {
        await load.nextCommandTo(kill.victim)
        await sleep(kill.intoCommandMs)
      }
      returning[kill.victim] = this.struck(this.members[kill.victim]!, kill)
      if ((i + 1) % REST_EVERY === 0 && i + 1 < plan.length) {
        await Promise.all(returning)
        await this.atRest(load, i + 1)
      }
    }
    await Promise.all(returning)
    await this.atRest(load, plan.length)
    await load.stop()
    await this.checkEverything()
    const unique = [...new Set([...this.problems, ...this.acknowledged.broken])]
    return {
      kills: plan.length,
      ...this.counts,
      acknowledged: this.acknowledged.count,
      unanswered: load.unanswered,
      lost: this.acknowledged.broken.length,
      forks: this.forks,
      digestsEqual: this.digestsEqual,
      records: this.records,
      backMs: spread(this.backMs),
      problems: unique,
    }
  }

  /** One blow, the time away, the way back, and what must hold as soon as the node answers again. */
  private async struck(member: Member, kill: Kill): Promise<void> {
    const { process, client, index } = member
    const from = performance.now()
    this.counts[kill.target]++
    if (await strike(kill, process)) {
      await sleep(kill.awayMs)
      await process.start()
    }
    const answers = () =>
      client.ask('store.digests', {}).then(
        () => true,
        () => false,
      )
    await until(`node ${index} to answer`, 60_000, answers, 100)
    this.backMs.push(performance.now() - from - (kill.target === 'postgres' ? 0 : kill.awayMs))
    await this.acknowledged.checkNode(index, client)
    await this.checkForks(member)
  }

  /** With no command under way all nodes come to the same records, all of them final, and to equal digests. */
  private async atRest(load: Load, kills: number): Promise<void> {
    await load.pause()
    this.records = await agreed(this.members)
    const digests = await digestsOf(this.members)
    if (new Set(digests).size !== 1) {
      this.digestsEqual = false
      this.problems.push(`after ${kills} kills the digests differ: ${digests.join(', ')}`)
    }
    this.narrator.tell(
      `${kills} kills: ${this.acknowledged.count} records acknowledged, ${this.records} held by all and final, digests ${this.digestsEqual ? 'equal' : 'DIFFER'}, back after ${JSON.stringify(spread(this.backMs))} ms`,
    )
    load.resume()
  }

  private async checkEverything(): Promise<void> {
    for (const member of this.members) {
      await this.acknowledged.checkAll(member.index, member.client)
      await this.checkForks(member)
      const { code, stdout, stderr } = await new Operator(member.process.options.dataDir).run('verify', '--json')
      if (code !== 0) this.problems.push(`node ${member.index} does not verify: ${stdout || stderr}`)
    }
  }

  private async checkForks({ index, client }: Member): Promise<void> {
    const { items } = await client.ask('forks.list', {})
    this.forks = Math.max(this.forks, items.length)
    for (const { author, seq } of items) this.problems.push(`node ${index} has a fork of ${author} at ${seq}`)
  }
}

function spread(values: readonly number[]): { median: number; most: number } {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0)
  return { median: at(0.5), most: at(1) }
}
