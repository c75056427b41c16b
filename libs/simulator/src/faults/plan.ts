// What goes wrong in a run: each seed draws its own faults, and when they strike.

import type { SimulatedNode } from '../node/simulated-node.js'
import type { MemoryStore } from '../store/memory-store.js'
import type { World } from '../run/world.js'
import { closeWay, connectionsOf, partition } from './connections.js'
import { rotate, shorten, steal } from './keys.js'
import { lockWitnesses } from './locking.js'

const DAY_MS = 86_400_000

/** One kind of fault: how often it strikes in a run that has it at all, and what it does. */
interface Fault {
  name: string
  /** The share of runs that have it. */
  share: number
  most: number
  strike(world: World, node: SimulatedNode): void
  /** It may find nothing to strike at, and counts only what it did. */
  countsItself?: true
}

const FAULTS: readonly Fault[] = [
  { name: 'crash', share: 0.7, most: 4, strike: crash },
  {
    name: 'break',
    share: 0.7,
    most: 5,
    strike: ({ network, random }) => {
      const ends = [...network.ends]
      if (ends.length > 0) network.break(random.pick(ends))
    },
  },
  {
    name: 'duplicateConnection',
    share: 0.5,
    most: 3,
    strike: ({ network, random, nodes }, node) => {
      const other = random.pick(nodes)
      if (other !== node && node.isUp && other.isUp && connectionsOf(node, other).length > 0)
        network.connect(node, other)
    },
  },
  {
    name: 'oneWayPartition',
    share: 0.4,
    most: 3,
    strike: (world, node) => {
      const other = world.random.pick(world.nodes)
      if (other !== node) closeWay(world, node, other, world.random.between(1_000, 15_000))
    },
  },
  { name: 'partition', share: 0.5, most: 2, strike: (world) => partition(world, world.random.between(2_000, 20_000)) },
  {
    name: 'slowDisk',
    share: 0.4,
    most: 3,
    strike: ({ disks, scheduler, random }, { name }) => {
      const disk = disks.get(name)!
      disk.slowMs = random.between(100, 2_000)
      disk.slowUntilMs = scheduler.nowMs + random.between(1_000, 10_000)
    },
  },
  {
    name: 'fullDisk',
    share: 0.4,
    most: 2,
    strike: ({ scheduler, random }, { disk }) => {
      disk.fullUntilMs = scheduler.nowMs + random.between(1_000, 10_000)
    },
  },
  {
    name: 'clockOff',
    share: 0.4,
    most: 3,
    strike: ({ random }, node) => {
      node.clockMs = random.between(-DAY_MS, DAY_MS)
    },
  },
  {
    name: 'lossyNetwork',
    share: 0.4,
    most: 2,
    strike: (world) => {
      world.lossChance = 0.1
      world.scheduler.after(world.random.between(1_000, 10_000), () => (world.lossChance = 0))
    },
  },
  { name: 'keysLocked', share: 0.35, most: 2, strike: lockWitnesses },
  {
    name: 'delay',
    share: 0.4,
    most: 3,
    strike: (world, node) => {
      const extraMs = world.random.between(200, 3_000)
      world.slowNodes.set(node.name, extraMs)
      world.scheduler.after(world.random.between(1_000, 10_000), () => world.slowNodes.delete(node.name))
    },
  },
  { name: 'restore', share: 0.5, most: 1, strike: restoreLater },
  { name: 'lostNextKey', share: 0.1, most: 1, strike: loseNextKey, countsItself: true },
  { name: 'rotation', share: 0.15, most: 2, strike: rotate, countsItself: true },
  { name: 'theft', share: 0.12, most: 1, strike: steal, countsItself: true },
  { name: 'shortContinuation', share: 0.25, most: 2, strike: shorten, countsItself: true },
]

/** Plans the faults of a run within the next `forMs`. */
export function planFaults(world: World, forMs: number): void {
  const { random, scheduler } = world
  for (const { name, share, most, strike, countsItself } of FAULTS) {
    if (!random.chance(share)) continue
    const times = random.between(1, most)
    for (let i = 0; i < times; i++) {
      const node = random.pick(world.nodes)
      scheduler.after(random.below(forMs), () => {
        if (!countsItself) world.count(name)
        world.trace(() => `fault: ${name} (${node.name})`)
        strike(world, node)
      })
    }
  }
}

/** After a few more steps, so that it comes between any two; it starts again later. */
function crash(world: World, node: SimulatedNode): void {
  if (!node.isUp) return
  const { random, scheduler } = world
  node.effectsLeft = random.below(12)
  node.onCrash = () => {
    world.trace(() => `${node.name} crashed`)
    scheduler.after(random.between(300, 8_000), () => start(world, node))
  }
}

function start(world: World, node: SimulatedNode): void {
  if (node.isUp) return
  world.trace(() => `${node.name} starts again`)
  node.start()
}

/** A backup is made, then its member asks for its next key, and the machine is lost when it signed with that. */
function loseNextKey(world: World, node: SimulatedNode): void {
  if (!world.watch.isHonest(node) || !node.mayWrite) return
  const backup: MemoryStore = node.store.copy()
  world.count('lostNextKey')
  rotate(world, node)
  node.failsAtNextKey = true
  node.onCrash = () => {
    world.watch.lost(node, world.honest)
    node.restore(backup)
    world.watch.forget(node)
    world.trace(() => `${node.name} is restored from a backup that does not know its next key`)
    world.scheduler.after(2_000, () => start(world, node))
  }
}

/** A backup is made now; later the machine is lost and what the backup holds takes its place. */
function restoreLater(world: World, node: SimulatedNode): void {
  const backup: MemoryStore = node.store.copy()
  world.scheduler.after(world.random.between(2_000, 15_000), () => {
    if (!node.isUp || world.isHealing || !world.watch.isHonest(node)) return
    node.onCrash = () => undefined
    node.crash()
    world.watch.lost(node, world.honest)
    node.restore(backup)
    world.watch.forget(node)
    world.trace(() => `${node.name} is restored from a backup`)
    world.scheduler.after(2_000, () => start(world, node))
  })
}

/** All that was wrong is well again: ways are open, disks quick, nodes up, and two days later no clock is ahead any more. */
export function heal(world: World): void {
  world.trace(() => 'all faults end')
  world.isHealing = true
  world.closedWays.clear()
  world.lossChance = 0
  world.slowNodes.clear()
  world.network.resume()
  for (const disk of world.disks.values()) disk.slowUntilMs = 0
  for (const node of world.nodes) {
    node.effectsLeft = null
    node.failsAtNextKey = false
    node.isLocked = false
    node.disk.fullUntilMs = 0
    node.clockMs = 3 * DAY_MS
    start(world, node)
    node.sweep()
  }
}
