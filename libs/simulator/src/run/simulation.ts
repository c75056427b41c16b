// One run: a community lends while things go wrong, then all is well again, and what was promised must hold.

import { equalBytes } from '#libs/record'
import type { Violation } from '../checks/watch.js'
import { checkEnd } from '../checks/end.js'
import { isFirstFinal } from '../checks/finals.js'
import { planGoverning } from '../community/governing.js'
import { planNewcomers } from '../community/growing.js'
import { nextDeed } from '../community/lending.js'
import { keepConnected } from '../faults/connections.js'
import { planByzantine } from '../faults/byzantine.js'
import { heal, planFaults } from '../faults/plan.js'
import type { Random } from '../time/random.js'
import { World, type WorldOptions } from './world.js'

export interface RunResult {
  seed: number
  violations: Violation[]
  faults: Record<string, number>
  simulatedMs: number
  /** Records that honest members wrote, and final ones at the end. */
  written: number
  finals: number
  loans: number
  steps: number
}

/** People act about every so many ms. */
const DEED_MS = 1_000
/** How long things happen and fail (ms): mostly not long, since many short runs find more than a few long ones. */
const SHORT_MS = [10_000, 30_000] as const
const LONG_MS = [40_000, 120_000] as const
const LONG_SHARE = 0.04
const LOOK_MS = 20_000
const SWEEP_MS = 60_000
/** After so long (ms) without any fault all nodes must be the same. */
const HEALING_MS = 45 * 60_000
/** Who waits for its next key is given so long (ms): some wait for ever, since too few witnesses are left. */
const CONTINUING_MS = 75_000
/** Where too many witnesses lied, nodes need not become the same. */
const PARTED_MS = 60_000

export function simulate(options: WorldOptions): RunResult {
  return simulateIn(new World(options))
}

/** Runs a world that nothing has happened in yet. */
export function simulateIn(world: World): RunResult {
  const { scheduler, watch } = world
  try {
    lendWhileThingsFail(world)
    if (watch.violations.length === 0) checkEnd(world)
  } catch (error) {
    watch.broken('threw', error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  return {
    ...{ seed: world.options.seed, violations: watch.violations, faults: world.faults, simulatedMs: scheduler.nowMs },
    ...{ written: watch.written.length, finals: watch.finalCount, loans: watch.loans, steps: scheduler.happened },
  }
}

function lendWhileThingsFail(world: World): void {
  const { scheduler, random, watch } = world
  const lendingMs = between(random, random.chance(LONG_SHARE) ? LONG_MS : SHORT_MS)
  planFaults(world, lendingMs)
  planByzantine(world, lendingMs)
  planGoverning(world, lendingMs)
  planNewcomers(world, lendingMs)
  every(world, 1_000, () => beat(world))
  every(world, SWEEP_MS, () => world.nodes.forEach((node) => node.sweep()))
  every(world, LOOK_MS, () => world.nodes.forEach((node) => watch.look(node)))
  live(world, lendingMs)
  scheduler.runUntil(lendingMs)
  heal(world)
  const { mayPart } = watch
  for (
    const endMs = lendingMs + (mayPart ? PARTED_MS : HEALING_MS);
    scheduler.nowMs < endMs && watch.violations.length === 0;
  ) {
    scheduler.runUntil(scheduler.nowMs + 5_000)
    if (isSettled(world) && (scheduler.nowMs > lendingMs + CONTINUING_MS || !isContinuing(world))) break
  }
  for (const node of world.nodes) watch.look(node)
}

/** Whether an honest member's next key is not in effect yet, or what it rests on is not final: lost words are said again. */
function isContinuing({ honest }: World): boolean {
  return honest.some(({ store, writer }) => store.closed.size > 0 && (writer === null || !isFirstFinal(store, writer)))
}

/** Whether all honest nodes hold the same and nothing is under way. */
function isSettled(world: World): boolean {
  const [first, ...others] = world.honest.map(({ replica }) => replica.tree.root())
  const isQuiet = world.honest.every(({ isUp, disk }) => isUp && disk.waiting === 0)
  return isQuiet && others.every((root) => equalBytes(root, first!))
}

function beat(world: World): void {
  for (const node of world.nodes) {
    node.tick()
    node.continuing.goOn()
  }
  keepConnected(world)
}

function every(world: World, ms: number, happen: () => void): void {
  world.scheduler.after(ms, () => {
    happen()
    every(world, ms, happen)
  })
}

/** Each member does something now and then. */
function live(world: World, untilMs: number): void {
  const { random, scheduler } = world
  const node = random.pick(world.nodes)
  if (node.isUp && (world.watch.isHonest(node) || world.stillDeeds.has(node))) {
    const salt = () => Uint8Array.from({ length: 16 }, () => random.below(256))
    node.append((at) => {
      const deed = nextDeed(at, random)
      if (deed) world.trace(() => `${node.name} writes ${deed.kind}`)
      return deed
    }, salt)
  }
  const nextMs = random.between(DEED_MS / 4, DEED_MS * 2)
  if (scheduler.nowMs + nextMs < untilMs) scheduler.after(nextMs, () => live(world, untilMs))
}

const between = (random: Random, [low, high]: readonly [number, number]): number => random.between(low, high)
