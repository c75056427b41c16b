/**
 * What was verified and is not accepted: a decision over what was loaded before says what can be, without a database. Runs
 * that continue their logs and name only what is held, or comes along, are accepted as they are; runs that wait for records
 * of other logs stay here, in memory, until those come. All that takes more judgement (forks, overlaps, first records,
 * admissions, missing bodies, clocks ahead) is handed to the general way.
 */
import type { Admissions } from './admissions.shell.js'
import { keyOf, Lane, WaitingRun } from './lane.js'
import { type Acceptable, type HeldName, type LogPlace, type Plan, planAcceptance } from './planning.js'
import { sizeOf, type VerifiedBatch } from './verified.js'

/** Ids of records accepted of late, at most twice as many. */
const REMEMBERED = 50_000

export class Intake {
  private readonly lanes = new Map<string, Lane>()
  /** Ascending by `base`. */
  private waiting: WaitingRun[] = []
  /** The numbers of the records that are here, by id. */
  private readonly here = new Map<string, number>()
  private recent = new Map<string, string>()
  private before = new Map<string, string>()
  private nextBase = 0
  /** The network's fold as of the last batch; null when it is to be loaded anew. */
  admissions: Admissions | null = null

  constructor(readonly net: Uint8Array) {}

  /** Whether nothing waits. */
  get isEmpty(): boolean {
    return this.lanes.size === 0
  }

  /** Of all that waits: records, and about the bytes in memory. */
  get records(): number {
    return this.waiting.reduce((sum, { run, taken }) => sum + run.count - taken, 0)
  }

  get bytes(): number {
    return this.waiting.reduce((sum, { of, isCut }) => sum + (isCut ? sizeOf(of) : 0), 0)
  }

  /** The authors of what waits. */
  get authors(): Uint8Array[] {
    return [...this.lanes.values()].map(({ author }) => author)
  }

  /** Takes verified runs up, but for those that were accepted of late. Returns how many records those were. */
  add({ verified, runs }: VerifiedBatch): number {
    let known = 0
    for (const run of runs) {
      const last = (run.first + run.count) * 32
      if (this.isRemembered(keyOf(verified.ids.subarray(last - 32, last)))) {
        known += run.count
        continue
      }
      const key = keyOf(run.author)
      const lane = this.lanes.get(key) ?? new Lane(key, run.author)
      this.lanes.set(key, lane)
      const waiting = new WaitingRun(lane, verified, run, this.nextBase)
      this.nextBase += run.count
      lane.add(waiting)
      this.waiting.push(waiting)
      for (let index = 0; index < run.count; index++) this.here.set(keyOf(waiting.idAt(index)), waiting.base + index)
    }
    return known
  }

  /** What is named and neither here nor remembered: to be looked up. */
  namesToLookUp(): Uint8Array[] {
    const names = new Map<string, Uint8Array>()
    for (const { lane, of, run, taken } of this.waiting) {
      if (lane.isIrregular) continue
      for (let name = run.firstName; name < run.firstName + run.names; name++) {
        if (of.nameOf[name]! < run.first + taken) continue
        const id = of.names.subarray(name * 32, name * 32 + 32)
        const key = keyOf(id)
        if (!this.here.has(key) && !this.isRemembered(key)) names.set(key, id)
      }
    }
    return [...names.values()]
  }

  /**
   * What can be accepted of all that is here. `logs`: where each lane's log stands, by its key; `held`: of the names to
   * look up those that are held, by key. `now` in ms.
   */
  plan(logs: ReadonlyMap<string, LogPlace>, held: ReadonlyMap<string, HeldName>, now: number): Plan {
    const heldName = (key: string): HeldName | undefined => {
      const author = this.recent.get(key) ?? this.before.get(key)
      return author === undefined ? held.get(key) : { author, suspended: false }
    }
    return planAcceptance({ lanes: this.all(), waiting: this.waiting, here: this.here, heldName, logs, now })
  }

  /** The plan's records are accepted, once the database says so. What still waits is kept in no more memory than it needs. */
  accepted({ accept }: Plan): void {
    for (const [lane, parts] of accept) {
      for (const { waiting, from, to } of parts) {
        for (let index = from; index < to; index++) {
          const key = keyOf(waiting.idAt(index))
          this.here.delete(key)
          this.remember(key, lane.key)
        }
        waiting.taken = to
      }
      this.shorten(lane)
    }
    this.waiting = this.waiting.filter(({ taken, run }) => taken < run.count)
  }

  /** The general way has these stretches now, each the next of its run. */
  handOn(parts: readonly Acceptable[]): void {
    for (const { waiting, from, to } of parts) {
      for (let index = from; index < to; index++) this.here.delete(keyOf(waiting.idAt(index)))
      waiting.taken = to
      this.shorten(waiting.lane)
    }
    if (parts.length > 0) this.waiting = this.waiting.filter(({ taken, run }) => taken < run.count)
  }

  /** Leaves out what is done of a log. */
  private shorten(lane: Lane): void {
    while (lane.runs[0] && lane.runs[0].taken === lane.runs[0].run.count) lane.runs.shift()
    if (lane.runs.length === 0) this.lanes.delete(lane.key)
  }

  /** What waits lets go of the batches that it came with. */
  compact(): void {
    for (const waiting of this.waiting) waiting.cut()
  }

  /** Forgets lanes: the general way has them now. */
  drop(lanes: Iterable<Lane>): void {
    for (const lane of lanes) {
      this.lanes.delete(lane.key)
      for (const waiting of lane.runs)
        for (let index = waiting.taken; index < waiting.run.count; index++) {
          const key = keyOf(waiting.idAt(index))
          if (this.here.get(key) === waiting.base + index) this.here.delete(key)
        }
    }
    this.waiting = this.waiting.filter(({ lane }) => this.lanes.get(lane.key) === lane)
  }

  /** Every lane that is here, for the general way. */
  all(): Lane[] {
    return [...this.lanes.values()]
  }

  /** A fork took back what was accepted of late: nothing is remembered, and what waits is for the general way. */
  forget(): void {
    this.admissions = null
    this.recent.clear()
    this.before.clear()
    for (const lane of this.lanes.values()) lane.isIrregular = true
  }

  private isRemembered(id: string): boolean {
    return this.recent.has(id) || this.before.has(id)
  }

  private remember(id: string, author: string): void {
    this.recent.set(id, author)
    if (this.recent.size < REMEMBERED) return
    this.before = this.recent
    this.recent = new Map()
  }
}
