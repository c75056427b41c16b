/**
 * Planning acceptance: which prefixes of waiting runs can be accepted together. A run is accepted up to a signed record, for
 * what is stored must be authentic by itself; so first every record is looked at as far as its causes are there, then the
 * prefixes are cut back to signatures, and so is what rested on what was cut. What is left is the most that can be accepted.
 * A newcomer's first record and its admission rest on one another; that the admission is valid is for the caller to see.
 */
import { equalBytes } from '#libs/record'
import { keyOf, type Lane, type WaitingRun } from './lane.js'
import { ADMITS, FOUNDS, NEWCOMER, SIGNED } from './verified.js'

/** A record whose `at` is further ahead of our clock (ms) than this waits until it is not. */
export const AHEAD_MS = 10 * 60_000

/** Where a log stands in the database. */
export interface LogPlace {
  length: number
  head: Uint8Array | null
  headAt: number
  /** No fork is unsettled, and nothing of it is staged. */
  isPlain: boolean
}

/** A record that is held: whose it is (key of the author), and whether it rests on a disputed branch or is on one. */
export interface HeldName {
  author: string
  suspended: boolean
  /** A first record that waits in the database to be let in: what names it is for the general way, and nothing beyond that. */
  staged?: boolean
}

/** Records of one run that may be accepted: those from `from` up to `to`, counted within the run. */
export interface Acceptable {
  waiting: WaitingRun
  from: number
  to: number
}

/** What is to be done with what waits. */
export interface Plan {
  /** By log, each in its order. */
  accept: Map<Lane, Acceptable[]>
  /** For the general way: whole logs, and stretches after which their logs go on as planned. */
  irregular: Lane[]
  apart: Acceptable[]
}

/** All that planning looks at. */
export interface Situation {
  lanes: readonly Lane[]
  /** Ascending by `base`. */
  waiting: readonly WaitingRun[]
  /** The numbers of the records that wait, by id. */
  here: ReadonlyMap<string, number>
  /** What is held under a name. */
  heldName(key: string): HeldName | undefined
  /** By the key of the lane; absent when the log has no record yet. */
  logs: ReadonlyMap<string, LogPlace>
  /** ms. */
  now: number
}

/** Plans what can be accepted. Asks and changes nothing but the marks of the runs that are for planning. */
export function planAcceptance(situation: Situation): Plan {
  return new Planning(situation).plan()
}

/** A record whose acceptance rests on that of another one that waits. */
interface Edge {
  waiting: WaitingRun
  index: number
  on: WaitingRun
  onIndex: number
}

class Planning {
  private readonly edges: Edge[] = []
  private readonly irregular = new Set<Lane>()
  private readonly usable = new Map<Lane, WaitingRun[]>()
  /** Where runs came to a name that is staged. */
  private readonly stagedAt = new Map<WaitingRun, number>()
  /** Lanes to move on. */
  private work: Lane[] = []

  constructor(private readonly situation: Situation) {}

  plan(): Plan {
    const { usable } = this
    const { lanes, waiting, logs, now } = this.situation
    for (const run of waiting) {
      run.ready = run.taken
      run.nextName = 0
      run.waiters = []
      run.isLetIn = false
    }
    for (const lane of lanes) {
      const runs = usableRuns(lane, logs.get(lane.key), now)
      if (runs === null) this.irregular.add(lane)
      else if (runs.length > 0) usable.set(lane, runs)
    }
    this.advanceAll()
    this.cutBack()
    const accept = new Map<Lane, Acceptable[]>()
    for (const [lane, runs] of usable) {
      if (this.irregular.has(lane)) continue
      const parts = runs.filter(({ ready, taken }) => ready > taken)
      if (parts.length === 0) continue
      accept.set(
        lane,
        parts.map((run) => ({ waiting: run, from: run.taken, to: run.ready })),
      )
    }
    return { accept, irregular: [...this.irregular], apart: this.apart() }
  }

  /** The stretches in which staged first records are named, each on to a signed record, behind the newcomers that they let in. */
  private apart(): Acceptable[] {
    const apart: Acceptable[] = []
    for (const [waiting, index] of this.stagedAt) {
      if (this.irregular.has(waiting.lane) || waiting.lane.runs.find(({ ready, run }) => ready < run.count) !== waiting)
        continue
      const to = signedAfter(waiting, index)
      apart.push(...this.letInBy(waiting, waiting.ready, to), { waiting, from: waiting.ready, to })
    }
    return apart
  }

  /** First records that wait here and are named in a stretch. */
  private letInBy({ of, run }: WaitingRun, from: number, to: number): Acceptable[] {
    const found: Acceptable[] = []
    for (let name = run.firstName; name < run.firstName + run.names; name++) {
      const index = of.nameOf[name]! - run.first
      const number = this.situation.here.get(keyOf(of.names.subarray(name * 32, name * 32 + 32)))
      if (index < from || index >= to || number === undefined) continue
      const on = this.runOf(number)
      if (on.base === number && isNewcomer(on) && on.ready === 0 && !this.irregular.has(on.lane))
        found.push({ waiting: on, from: 0, to: signedAfter(on, 0) })
    }
    return found
  }

  /** Moves every log as far as the causes of its records are there. */
  private advanceAll(): void {
    this.work = [...this.usable.keys()]
    for (let lane = this.work.pop(); lane !== undefined; lane = this.work.pop()) {
      for (const run of this.usable.get(lane) ?? []) {
        if (this.irregular.has(lane)) break
        this.advance(lane, run)
        this.work.push(...woken(run))
        if (run.ready < run.run.count) break
      }
    }
  }

  private advance(lane: Lane, waiting: WaitingRun): void {
    const { of, run } = waiting
    if (isNewcomer(waiting) && !waiting.isLetIn) return
    for (; waiting.nextName < run.names; waiting.nextName++) {
      const name = run.firstName + waiting.nextName
      const index = of.nameOf[name]! - run.first
      if (index < waiting.taken) continue
      waiting.ready = index
      if (!this.isThere(lane, waiting, index, keyOf(of.names.subarray(name * 32, name * 32 + 32)), of.nameIsRef[name]!))
        return
    }
    waiting.ready = run.count
  }

  /** Whether a record may name this one: held, or of another log and ready itself. */
  private isThere(lane: Lane, waiting: WaitingRun, index: number, key: string, isRef: number): boolean {
    const number = this.situation.here.get(key)
    if (number === undefined) {
      const held = this.situation.heldName(key)
      if (held === undefined) return false
      if (held.staged) this.stagedAt.set(waiting, index)
      if (held.staged) return false
      const isBreach = isRef === 1 && held.author === lane.key
      if (isBreach || held.suspended) this.irregular.add(lane)
      return !isBreach && !held.suspended
    }
    const on = this.runOf(number)
    if (on.lane === lane) {
      // An own record: earlier ones may be the subject, none may be in `refs`.
      if (isRef === 1) this.irregular.add(lane)
      return isRef === 0
    }
    const onIndex = number - on.base
    if (on.ready > onIndex || this.letsIn(waiting, index, on, onIndex)) {
      this.edges.push({ waiting, index, on, onIndex })
      return true
    }
    on.waiters.push({ lane, index: onIndex })
    return false
  }

  /** Lets a newcomer's first record in, if this one can: then each rests on the other. */
  private letsIn(waiting: WaitingRun, index: number, on: WaitingRun, onIndex: number): boolean {
    const isFirst = onIndex === 0 && isNewcomer(on) && this.usable.get(on.lane)?.[0] === on
    if (!isFirst || !(waiting.flagsOf(index) & ADMITS)) return false
    on.isLetIn = true
    on.ready = 1
    this.edges.push({ waiting: on, index: 0, on: waiting, onIndex: index })
    this.work.push(on.lane)
    return true
  }

  /** The run with this record: the last one that begins at or before its number. */
  private runOf(number: number): WaitingRun {
    const { waiting } = this.situation
    let [low, high] = [0, waiting.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (waiting[middle]!.base <= number) low = middle
      else high = middle - 1
    }
    return waiting[low]!
  }

  /** Cuts prefixes back to a signed record, and what rests on what was cut, until nothing changes. */
  private cutBack(): void {
    const { usable } = this
    for (const lane of this.irregular) for (const run of usable.get(lane) ?? []) run.ready = run.taken
    for (const runs of usable.values()) cutLane(runs)
    for (let isStable = false; !isStable;) {
      isStable = true
      for (const { waiting, index, on, onIndex } of this.edges) {
        if (waiting.ready <= index || on.ready > onIndex) continue
        waiting.ready = index
        cutLane(usable.get(waiting.lane)!)
        isStable = false
      }
    }
  }
}

const isNewcomer = (waiting: WaitingRun): boolean => waiting.taken === 0 && (waiting.flagsOf(0) & NEWCOMER) !== 0
const isFirst = (waiting: WaitingRun): boolean =>
  waiting.taken === 0 && (waiting.flagsOf(0) & (NEWCOMER | FOUNDS)) !== 0

/** Where a stretch that begins at a record or goes on to it ends: after the first signed one from there. */
function signedAfter(waiting: WaitingRun, index: number): number {
  while (index < waiting.run.count - 1 && !(waiting.flagsOf(index) & SIGNED)) index++
  return index + 1
}

/** Lanes that waited for records of a run that are ready now. */
function woken(run: WaitingRun): Lane[] {
  const lanes = run.waiters.filter(({ index }) => index < run.ready).map(({ lane }) => lane)
  if (lanes.length > 0) run.waiters = run.waiters.filter(({ index }) => index >= run.ready)
  return lanes
}

function cutLane(runs: readonly WaitingRun[]): void {
  let isWhole = true
  for (const run of runs) {
    if (!isWhole) run.ready = run.taken
    if (run.ready === run.run.count) continue
    while (run.ready > run.taken && !(run.flagsOf(run.ready - 1) & SIGNED)) run.ready--
    isWhole = false
  }
}

/** The runs that continue a log, one after the other; null when the lane is for the general way. */
function usableRuns(lane: Lane, place: LogPlace | undefined, now: number): WaitingRun[] | null {
  if (lane.isIrregular || (place && !place.isPlain)) return null
  let length = place?.length ?? 0
  let head = place?.head ?? null
  let headAt = place?.headAt ?? 0
  const runs: WaitingRun[] = []
  for (const waiting of lane.runs) {
    const { run, taken } = waiting
    const from = run.from + taken
    if (from > length) break
    const prev = taken === 0 ? run.prev : waiting.idAt(taken - 1)
    const isNext = head === null ? isFirst(waiting) : prev !== null && equalBytes(prev, head)
    const fits = from === length && isNext
    if (!fits || waiting.atOf(taken) < headAt || waiting.atOf(run.count - 1) > now + AHEAD_MS) return null
    runs.push(waiting)
    length = waiting.end
    head = waiting.idAt(run.count - 1)
    headAt = waiting.atOf(run.count - 1)
  }
  return runs
}
