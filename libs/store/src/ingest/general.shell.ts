/**
 * The general way in: records of others placed in their logs one by one, with all that can happen to them. Newcomers are let
 * in, what waits is staged, what was waited for is taken up, forks are proven and applied. One call serves one transaction,
 * under the store's write lock.
 */
import { isRefusal, type Refusal, type Rules } from '#libs/fold'
import { type Conflict, equalBytes, type ForkProof } from '#libs/record'
import type { EntityManager } from 'typeorm'
import { Acceptance } from '../acceptance.shell.js'
import { ADMISSION } from '../admission.js'
import { findConflicts } from '../conflicts.shell.js'
import { type Claim, closeLogs, lostAmong } from '../continuing.shell.js'
import { applyFork } from '../forks.shell.js'
import { indexRest } from '../indexing.shell.js'
import type { Admissions } from './admissions.shell.js'
import { type Placed, placeRuns, type SoundRun } from '../ingesting.shell.js'
import type { LogName, LogState } from '../log-state.shell.js'
import type { Clock, IngestResult, StagingLimits } from '../ports.js'
import { overturn } from '../overturning.shell.js'
import { settleLog } from '../settling.shell.js'
import { type Continued, takeEffect } from '../taking-effect.shell.js'
import type { KnownRecord } from '../stored-record.js'

/** What acceptance needs to know of its store. */
export interface Ground {
  rules: Rules
  clock: Clock
  limits: StagingLimits
  /** Whether an author's key is at home here. */
  isHome(author: string): boolean
  /** A fold of the network that goes on with what is taken in; none: admissions are judged by folding it anew. */
  admissions?: Admissions | null
  /** No log waited for anything when this transaction began. */
  nothingWaits?: boolean
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
  /** Evidence that is new here. */
  conflicts: Conflict[]
  /** Continuations that took effect. */
  continued: Claim[]
}

/** Takes in sound runs, and what the clock or `woken` logs let go on. `certified`: so did certificates, before the call. */
export async function takeIn(
  manager: EntityManager,
  ground: Ground,
  net: Uint8Array,
  runs: readonly SoundRun[],
  woken: readonly LogName[] = [],
  certified = false,
): Promise<TakenIn> {
  const { acceptance, placed } = await placeAndWrite(manager, ground, net, runs, woken)
  const marks = [...acceptance.marks]
  const advanced = new Set(acceptance.advanced)
  const proofs: ForkProof[] = []
  const conflicts: Conflict[] = []
  for (const proof of placed.forks) {
    const outcome = await suspendFork(manager, ground, net, proof)
    if (isRefusal(outcome) || outcome.known) continue
    marks.push(...outcome.marks)
    conflicts.push(...outcome.conflicts)
    // What a log had grown by is gone again: it is told of as forked.
    for (const log of advanced) if (equalBytes(log.author, outcome.author)) advanced.delete(log)
    for (const log of outcome.advanced) advanced.add(log)
    proofs.push(proof)
  }
  const { accepted, staged, refused } = acceptance
  const result = { accepted, known: placed.known, staged, advanced: [], refused, forks: placed.forks }
  const settled = await settleAnew(manager, ground, net, placed.beside)
  marks.push(...settled.marks)
  for (const log of settled.advanced) advanced.add(log)
  conflicts.push(...settled.conflicts)
  // What was signed there is lost here, and more of it may be under way.
  const grown = [...acceptance.advanced]
  const lost = await lostAmong(manager, grown, acceptance.mayContinue, (author) => ground.isHome(author))
  await closeLogs(manager, lost, 'restored')
  const continued = acceptance.mayContinue || certified ? await continueAnew(manager, ground, net) : NOTHING_CONTINUED
  marks.push(...continued.marks)
  for (const log of continued.advanced) advanced.add(log)
  return { result, advanced: [...advanced], marks, proofs, conflicts, continued: continued.claims }
}

const NOTHING_CONTINUED = { marks: [], claims: [], advanced: new Set<LogState>() }

/** Lets continuations take effect that are certified by now. */
export async function continueAnew(
  manager: EntityManager,
  ground: Ground,
  net: Uint8Array,
): Promise<Continued & { advanced: ReadonlySet<LogState> }> {
  const open: unknown[] = await manager.query(`select 1 from continuation where net = $1 and not in_effect limit 1`, [
    net,
  ])
  if (open.length === 0) return NOTHING_CONTINUED
  await indexRest(manager, ground.rules)
  const acceptance = acceptanceOf(manager, ground)
  const { marks, claims } = await takeEffect(manager, acceptance, net)
  return { marks: [...marks, ...acceptance.marks], claims, advanced: acceptance.advanced }
}

/** Records came beside logs: what was certified of them may now be known to lie on a branch, and settle it or prove a conflict. */
export async function settleAnew(
  manager: EntityManager,
  ground: Ground,
  net: Uint8Array,
  authors: readonly Uint8Array[],
): Promise<Pick<TakenIn, 'marks' | 'conflicts'> & { advanced: ReadonlySet<LogState> }> {
  if (authors.length === 0) return { marks: [], conflicts: [], advanced: new Set() }
  await indexRest(manager, ground.rules)
  const acceptance = acceptanceOf(manager, ground)
  const marks: number[] = []
  const conflicts: Conflict[] = []
  for (const author of authors) {
    marks.push(...(await overturn(manager, net, author)))
    marks.push(...(await settleLog(manager, acceptance, net, author)))
    conflicts.push(...(await findConflicts(manager, net, author)))
  }
  return { marks: [...marks, ...acceptance.marks], conflicts, advanced: acceptance.advanced }
}

/** What became of a proof; rows of `dirty_subject`, logs that went on, evidence that is new here. */
export interface SuspendedFork extends Pick<TakenIn, 'marks' | 'conflicts'> {
  known: boolean
  author: Uint8Array
  advanced: ReadonlySet<LogState>
}

/** Applies a proof and lets go on what waited for headers that it brought. */
export async function suspendFork(
  manager: EntityManager,
  ground: Ground,
  net: Uint8Array,
  proof: ForkProof,
): Promise<Refusal | SuspendedFork> {
  await indexRest(manager, ground.rules)
  const applied = await applyFork(manager, net, proof)
  if (isRefusal(applied)) return applied
  const acceptance = acceptanceOf(manager, ground)
  acceptance.nowHeld(applied.nowHeld)
  await acceptance.wake()
  await acceptance.write()
  const { known, author } = applied
  // What settles it may have been here first.
  const settled = await settleAnew(manager, ground, net, known ? [] : [author])
  const marks = [...applied.marks, ...acceptance.marks, ...settled.marks]
  const advanced = new Set([...acceptance.advanced, ...settled.advanced])
  return { known, author, marks, advanced, conflicts: settled.conflicts }
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
  const waiting = ground.nothingWaits ? woken : [...(await delayed(manager, ground, net)), ...woken]
  // Where nobody can be let in there is nothing to take back.
  const mayAdmit = waiting.length > 0 || !ground.nothingWaits || runs.some(({ records }) => records.some(admits))
  if (mayAdmit) await manager.query('savepoint admissions')
  for (;;) {
    const acceptance = acceptanceOf(manager, ground, invalid)
    if (ground.nothingWaits) acceptance.nobodyWaits()
    const placed = await placeRuns(manager, acceptance, net, runs)
    if (waiting.length > 0) await acceptance.settle(await acceptance.load(waiting))
    await acceptance.wake()
    await acceptance.write()
    const found = await voidAmong(manager, acceptance, invalid.size > 0 ? { ...ground, admissions: null } : ground)
    if (found.length === 0) return { acceptance, placed }
    for (const id of found) invalid.add(id)
    await manager.query('rollback to savepoint admissions')
  }
}

/** The admissions that let somebody in and turn out to be void. */
async function voidAmong(
  manager: EntityManager,
  acceptance: Acceptance,
  { rules, admissions }: Ground,
): Promise<readonly string[]> {
  if (admissions) {
    const found = admissions.add(acceptance.ofNetwork)
    return acceptance.admitting.map(({ fold }) => fold.id).filter((id) => found.has(id))
  }
  if (acceptance.admitting.length > 0) await indexRest(manager, rules)
  return acceptance.foundVoid()
}

const admits = ({ fold }: KnownRecord): boolean => fold.kind === ADMISSION

/** Logs whose next record has come to its time. */
async function delayed(manager: EntityManager, { clock }: Ground, net: Uint8Array): Promise<LogName[]> {
  return manager.query(`select net, author from waiting where net = $1 and until_ms <= $2`, [net, clock.now()])
}
