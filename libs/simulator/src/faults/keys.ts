// Keys that change hands: a member goes on under its next key by wish, somebody has copied a key and signs with it, and a
// member that lies leaves out what it said last.

import { encodeMessage, frame, keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import { OFFER } from '../community/lending.js'
import { continuationAfter, currentOf } from '../node/continuing.js'
import type { SimulatedNode } from '../node/simulated-node.js'
import type { World } from '../run/world.js'
import { type Held, heldOf } from '../store/held.js'

/** Whose key was copied notices it after so long (ms). */
const NOTICED_MS = [500, 8_000] as const

/** A member asks for its next key, in good order. */
export function rotate(world: World, node: SimulatedNode): void {
  if (!world.watch.isHonest(node) || !node.mayWrite) return
  world.count('rotation')
  world.trace(() => `${node.name} asks for its next key`)
  node.write(() => node.close('rotation'))
}

/** A thief goes on in a log, beside its owner or before it; the owner closes it as soon as it notices. */
export function steal(world: World, node: SimulatedNode): void {
  const { random, scheduler, watch } = world
  const key = node.writer
  if (!watch.isHonest(node) || !node.mayWrite || !key || world.isHealing) return
  const records = node.store.log(key.key)!.records
  const seq = random.chance(0.5) ? records.length : Math.max(1, records.length - random.below(3))
  const chain = records.slice(0, seq)
  for (let left = random.between(1, 2); left > 0; left--) {
    const last = chain.at(-1)!
    const place = { net: node.store.net, seq: chain.length, prev: last.id, atMs: Math.max(node.wallMs, last.header.at) }
    const salt = Uint8Array.from({ length: 16 }, () => random.below(256))
    chain.push(heldOf(key.sign(OFFER, place, salt)))
  }
  const signed = chain.slice(seq)
  for (const held of signed) watch.registry.note(held)
  watch.stolen.add(keyOf(key.key))
  world.count('theft')
  world.trace(() => `a thief signs with the key of ${node.name} at seq ${seq}`)
  // Over the owner's connections, so not before their hello.
  for (const { name, isMutual } of node.replica.peers.values())
    if (isMutual && random.chance(0.6)) push(node, name, signed)
  scheduler.after(random.between(...NOTICED_MS), () => {
    world.trace(() => `${node.name} notices the theft`)
    node.write(() => node.close('continuation'))
  })
}

/** A dishonest member goes on under its next key after a record that is not the last one which witnesses attested. */
export function shorten(world: World, node: SimulatedNode): void {
  const { random, watch } = world
  const { current, isInEffect } = currentOf(node)
  const records = node.store.log(current.key)?.records ?? []
  if (watch.isHonest(node) || !isInEffect || records.length < 3) return
  const { of, after, draft } = continuationAfter(node, current, records[random.between(0, records.length - 3)]!)
  const place = { net: node.store.net, seq: 0, prev: null, atMs: Math.max(node.wallMs, after.header.at) }
  const held = heldOf(of.sign(draft, place, after.id.slice(0, 16)))
  watch.registry.note(held)
  world.count('shortContinuation')
  world.trace(() => `${node.name} goes on under its next key after seq ${after.header.seq}`)
  node.takeOwn([held], true)
}

function push(from: SimulatedNode, peer: string, records: readonly Held[]): void {
  const [{ header }] = records as [Held]
  const run = { author: header.author, from: header.seq, records: records.map(({ record }) => record) }
  from.say(peer, frame(encodeMessage('push', { runs: [run] })))
}
