// Who is connected to whom: nodes look for each other as long as they are apart, and the network comes between them.

import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import type { End } from '../node/network.js'
import type { SimulatedNode } from '../node/simulated-node.js'
import type { World } from '../run/world.js'

/** A way that is closed for so long takes the connection with it (ms). */
const DEAD_MS = 13_000

/** Connects what could be and is not; done every second. */
export function keepConnected(world: World): void {
  const { nodes, random } = world
  for (let i = 0; i < nodes.length; i++) {
    for (let j = 0; j < i; j++) {
      const [one, other] = [nodes[i]!, nodes[j]!]
      if (isConnected(one, other) || !mayConnect(world, one, other) || random.chance(0.5)) continue
      if (random.chance(0.5)) world.network.connect(one, other)
      else world.network.connect(other, one)
    }
  }
}

function mayConnect({ closedWays }: World, one: SimulatedNode, other: SimulatedNode): boolean {
  if (!one.isUp || !other.isUp) return false
  if (closedWays.has(`${one.name}>${other.name}`) || closedWays.has(`${other.name}>${one.name}`)) return false
  return !one.banned.has(keyOf(other.noiseKey)) && !other.banned.has(keyOf(one.noiseKey))
}

function isConnected(one: SimulatedNode, other: SimulatedNode): boolean {
  for (const end of one.peers.values()) if (end.other.owner === other) return true
  return false
}

/** This side of the connections between two nodes. */
export function connectionsOf(one: SimulatedNode, other: SimulatedNode): End[] {
  return [...one.peers.values()].filter((end) => end.other.owner === other)
}

/** Nothing gets from one to the other any more, for so long. */
export function closeWay(world: World, from: SimulatedNode, to: SimulatedNode, forMs: number): void {
  const way = `${from.name}>${to.name}`
  if (world.closedWays.has(way)) return
  world.closedWays.add(way)
  world.scheduler.after(forMs, () => {
    world.closedWays.delete(way)
    world.network.resume()
  })
  world.scheduler.after(DEAD_MS, () => {
    if (!world.closedWays.has(way)) return
    for (const end of connectionsOf(from, to)) world.network.break(end)
  })
}

/** Splits the nodes in two halves that don't hear each other for so long. */
export function partition(world: World, forMs: number): void {
  const { random } = world
  const order = random.shuffled(world.nodes)
  const left = order.slice(0, random.between(1, order.length - 1))
  const isSharp = random.chance(0.5)
  for (const one of left) {
    for (const other of order.slice(left.length)) {
      closeWay(world, one, other, forMs)
      closeWay(world, other, one, forMs)
      if (isSharp) for (const end of connectionsOf(one, other)) world.network.break(end)
    }
  }
}
