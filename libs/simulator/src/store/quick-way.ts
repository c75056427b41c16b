// The quick way in, as the product's store has it (libs/store/src/ingest): runs are verified, planned together and accepted
// as far as the plan goes; what waits for records of other logs stays in memory for a while. What the plan does not cover is
// for the general way.

import type { PackedRun } from '#libs/record'
import {
  type HeldName,
  Intake,
  laneKeyOf,
  type LogPlace,
  type Plan,
  recordAt,
  verifyRuns,
} from '../../../store/src/testing/planned-ingest.js'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import type { Accepting } from './accepting.js'
import { heldOf } from './held.js'
import type { LogRun, MemoryLog } from './memory-log.js'
import type { Names } from './store-parts.js'
import type { StoreState } from './store-state.js'

export class QuickWay {
  private intake: Intake

  constructor(private readonly store: StoreState) {
    this.intake = new Intake(store.net)
  }

  /** Whether something waits here: what comes next must not overtake it. */
  get isBusy(): boolean {
    return !this.intake.isEmpty
  }

  /** Records that wait here. */
  get waiting(): number {
    return this.intake.records
  }

  /** Verifies runs and accepts what can be. Returns what is for the general way. */
  ingest(accepting: Accepting, runs: readonly PackedRun[], wallMs: number): LogRun[] {
    const batch = verifyRuns(this.store.net, runs)
    accepting.refused.push(...batch.refused)
    this.intake.add(batch)
    return this.settle(accepting, wallMs)
  }

  /** Accepts what can be of all that waits, again and again. Returns what is for the general way. */
  settle(accepting: Accepting, wallMs: number): LogRun[] {
    const irregular: LogRun[] = []
    for (let isMoving = true; isMoving && this.isBusy;) {
      const plan = this.plan(wallMs)
      irregular.push(...this.runsOf(plan))
      this.accept(accepting, plan)
      isMoving = plan.accept.size > 0
    }
    this.intake.compact()
    return irregular
  }

  /** Lets go of all that waits: it is for the general way. */
  flush(): LogRun[] {
    const plan: Plan = { accept: new Map(), irregular: this.intake.all(), apart: [] }
    const runs = this.runsOf(plan)
    this.intake.drop(plan.irregular)
    return runs
  }

  /** A fork took back what was accepted of late. */
  forget(): void {
    this.intake.forget()
  }

  /** The process ends. */
  clear(): void {
    this.intake = new Intake(this.store.net)
  }

  private plan(wallMs: number): Plan {
    const { store, intake } = this
    const places = new Map<string, LogPlace>()
    for (const author of intake.authors) {
      const log = store.log(author)
      if (log) places.set(laneKeyOf(author), store.parts.placeOf(log))
    }
    const held = new Map<string, HeldName>()
    for (const id of intake.namesToLookUp()) {
      const name = store.parts.lookUp(store, id)
      if (name) held.set(laneKeyOf(id), name)
    }
    return intake.plan(places, held, wallMs)
  }

  private accept(accepting: Accepting, plan: Plan): void {
    for (const [lane, parts] of plan.accept) {
      const log = this.store.logToChange(lane.author)
      for (const { waiting, from, to } of parts)
        for (let index = from; index < to; index++) {
          const { headerBytes: header, signature, body } = recordAt(waiting, index)
          accepting.accept(log, heldOf({ header, signature, body }))
        }
    }
    this.intake.accepted(plan)
    this.intake.handOn(plan.apart)
    this.intake.drop(plan.irregular)
  }

  private runsOf({ irregular, apart }: Plan): LogRun[] {
    const whole = irregular.flatMap(({ runs }) =>
      runs.map((waiting) => ({ waiting, from: waiting.taken, to: waiting.run.count })),
    )
    return [...whole, ...apart].map(({ waiting, from, to }) => {
      const records = Array.from({ length: to - from }, (_, index) => recordAt(waiting, from + index))
      return {
        author: waiting.lane.author,
        records: records.map(({ headerBytes: header, signature, body }) => ({ header, signature, body })),
      }
    })
  }
}

/** Where a log stands, as a plan asks. */
export function placeOf({ records, disputedFrom, staged }: MemoryLog): LogPlace {
  const last = records.at(-1)
  const isPlain = disputedFrom === null && staged.size === 0
  return { length: records.length, head: last?.id ?? null, headAt: last?.header.at ?? 0, isPlain }
}

/** Whose a record is, and whether it is suspended or rests on what is; null when it is not held. */
export function lookUp(names: Names, id: Uint8Array): HeldName | null {
  const key = keyOf(id)
  const held = names.byId.get(key)
  const beside = held ?? names.side.get(key)
  return beside ? { author: laneKeyOf(beside.header.author), suspended: !held || names.suspended.has(key) } : null
}
