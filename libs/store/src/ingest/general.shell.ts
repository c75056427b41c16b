/**
 * The general way in: records of others placed in their logs one by one, with all that can happen to them. Newcomers are let
 * in, what waits is staged, what was waited for is taken up, forks are proven and applied. One call serves one transaction,
 * under the store's write lock.
 */
import { isRefusal, type Refusal, type Rules } from '#libs/fold'
import { equalBytes, type ForkProof } from '#libs/record'
import type { EntityManager } from 'typeorm'
import { Acceptance } from '../acceptance.shell.js'
import { applyFork } from '../forks.shell.js'
import { indexRest } from '../indexing.shell.js'
import { type Placed, placeRuns, type SoundRun } from '../ingesting.shell.js'
import type { LogName, LogState } from '../log-state.shell.js'
import type { Clock, IngestResult, StagingLimits } from '../ports.js'

/** What acceptance needs to know of its store. */
export interface Ground {
  rules: Rules
  clock: Clock
  limits: StagingLimits
}

/** What became of records that were taken in. */
export interface TakenIn {
  result: IngestResult
  /** Logs that grew. */
  advanced: LogState[]
  /** Rows of `dirty_subject`. */
  marks: number[]
  /** Proofs that are new here, and applied. */
  proofs: ForkProof[]
}

/** Takes in sound runs, and what the clock or `woken` logs let go on. */
export async function takeIn(
  manager: EntityManager,
  ground: Ground,
  net: Uint8Array,
  runs: readonly SoundRun[],
  woken: readonly LogName[] = [],
): Promise<TakenIn> {
  const { acceptance, placed } = await placeAndWrite(manager, ground, net, runs, woken)
  const marks = [...acceptance.marks]
  const advanced = new Set(acceptance.advanced)
  const proofs: ForkProof[] = []
  for (const proof of placed.forks) {
    const outcome = await suspendFork(manager, ground, net, proof)
    if (isRefusal(outcome) || outcome.known) continue
    marks.push(...outcome.marks)
    for (const log of outcome.advanced) advanced.add(log)
    // What a log had grown by is gone again: it is told of as forked.
    for (const log of advanced) if (equalBytes(log.author, outcome.author)) advanced.delete(log)
    proofs.push(proof)
  }
  const { accepted, staged, refused } = acceptance
  const result = { accepted, known: placed.known, staged, advanced: [], refused, forks: placed.forks }
  return { result, advanced: [...advanced], marks, proofs }
}

/** Applies a proof and lets go on what waited for headers that it brought. */
export async function suspendFork(
  manager: EntityManager,
  ground: Ground,
  net: Uint8Array,
  proof: ForkProof,
): Promise<Refusal | { known: boolean; author: Uint8Array; marks: number[]; advanced: ReadonlySet<LogState> }> {
  await indexRest(manager, ground.rules)
  const applied = await applyFork(manager, net, proof)
  if (isRefusal(applied)) return applied
  const acceptance = acceptanceOf(manager, ground)
  acceptance.nowHeld(applied.nowHeld)
  await acceptance.wake()
  await acceptance.write()
  const marks = [...applied.marks, ...acceptance.marks]
  return { known: applied.known, author: applied.author, marks, advanced: acceptance.advanced }
}

/** An acceptance for this transaction. */
export function acceptanceOf(
  manager: EntityManager,
  { rules, clock, limits }: Ground,
  voidAdmissions?: ReadonlySet<string>,
): Acceptance {
  return new Acceptance(manager, rules, clock.now(), limits, voidAdmissions)
}

/** Admissions are taken as valid at first; when a fold finds some void, it is done again without them. */
async function placeAndWrite(
  manager: EntityManager,
  ground: Ground,
  net: Uint8Array,
  runs: readonly SoundRun[],
  woken: readonly LogName[],
): Promise<{ acceptance: Acceptance; placed: Placed }> {
  const invalid = new Set<string>()
  const delayed: LogName[] = await manager.query(`select net, author from waiting where net = $1 and until_ms <= $2`, [
    net,
    ground.clock.now(),
  ])
  const waiting = [...delayed, ...woken]
  await manager.query('savepoint admissions')
  for (;;) {
    const acceptance = acceptanceOf(manager, ground, invalid)
    const placed = await placeRuns(manager, acceptance, net, runs)
    if (waiting.length > 0) await acceptance.settle(await acceptance.load(waiting))
    await acceptance.wake()
    await acceptance.write()
    if (acceptance.admitting.length > 0) await indexRest(manager, ground.rules)
    const found = await acceptance.foundVoid()
    if (found.length === 0) return { acceptance, placed }
    for (const id of found) invalid.add(id)
    await manager.query('rollback to savepoint admissions')
  }
}
