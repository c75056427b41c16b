// Those who do not keep to the rules: authors that fork their logs or flood, witnesses that sign twice, relays that lie. Each
// run has some of them, or none.

import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import type { SimulatedNode } from '../node/simulated-node.js'
import type { World } from '../run/world.js'
import { flood } from './flooding.js'
import { forkLog } from './forking.js'
import { lockWitnesses } from './locking.js'
import { lie, lyingAnswers } from './lying.js'

/** A relay lies about every so many ms, and comes back under another Noise key as often when it was banned. */
const LIE_MS = 2_000

/** Draws who is dishonest in a run, and plans what they do within the next `forMs`. */
export function planByzantine(world: World, forMs: number): void {
  const { random, scheduler, nodes, watch } = world
  const free = random.shuffled(nodes)
  /** The next one that is not taken; two honest ones are always left. */
  const take = (): SimulatedNode | null => {
    const node = free.length > 2 ? free.pop()! : null
    if (node) {
      watch.dishonest.add(node.member.text)
      world.stillDeeds.add(node)
    }
    return node
  }
  const forker = random.chance(0.55) ? take() : null
  if (forker) {
    const liars = doubleSigners(world, free)
    for (const liar of liars) {
      const { member } = liar
      world.stillDeeds.add(liar)
      watch.dishonest.add(member.text)
      watch.doubleSigners.add(keyOf(member.key))
    }
    const atMs = random.between(Math.floor(forMs / 3), forMs)
    scheduler.after(atMs, () => forkLog(world, forker, liars))
    // While nothing becomes final people may rest on what is disputed later.
    if (random.chance(0.6)) scheduler.after(Math.max(0, atMs - 15_000), () => lockWitnesses(world))
  }
  const relay = random.chance(0.35) ? take() : null
  if (relay) {
    relay.answer = lyingAnswers(world)
    keepLying(world, relay, forMs)
  }
  const flooder = random.chance(0.15) ? take() : null
  if (flooder) scheduler.after(random.below(forMs), () => flood(world, flooder))
}

/** Witnesses who sign both branches: mostly none, at most one more than the quorum can bear. */
function doubleSigners({ random, community, watch }: World, free: SimulatedNode[]): SimulatedNode[] {
  const most = random.chance(0.5) ? 0 : random.between(1, community.mayLie + 1)
  const witnesses = free.filter((node) => node.isWitness && !watch.dishonest.has(node.member.text))
  const liars = random.shuffled(witnesses).slice(0, Math.max(0, Math.min(most, free.length - 2)))
  for (const liar of liars) free.splice(free.indexOf(liar), 1)
  return liars
}

function keepLying(world: World, relay: SimulatedNode, untilMs: number): void {
  const { random, scheduler } = world
  scheduler.after(random.between(LIE_MS / 3, LIE_MS * 2), () => {
    if (world.isHealing) return
    if (relay.isUp) lie(world, relay)
    const isBanned = world.nodes.some(({ banned }) => banned.has(keyOf(relay.noiseKey)))
    if (isBanned && random.chance(0.5)) {
      relay.crash()
      relay.renewNoiseKey(Uint8Array.from({ length: 32 }, () => random.below(256)))
      relay.start()
    }
    keepLying(world, relay, untilMs)
  })
}
