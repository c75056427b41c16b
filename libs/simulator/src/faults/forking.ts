// A fork: an author signs two records at one place of its log and shows them to different people.

import { sha256 } from '#libs/record'
import { encodeMessage, frame } from '../../../replication/src/testing/virtual-protocol.js'
import type { SimulatedNode } from '../node/simulated-node.js'
import { attestationOf } from '../node/attesting.js'
import type { World } from '../run/world.js'
import { type Held, heldOf } from '../store/held.js'
import { OFFER } from '../community/lending.js'

/** Makes two branches and shows them, one perhaps later than the other; liars among the witnesses sign both. */
export function forkLog(world: World, forker: SimulatedNode, liars: readonly SimulatedNode[]): void {
  const { random, watch, scheduler } = world
  const log = forker.store.log(forker.member.key)
  if (!forker.isUp || !log || log.records.length === 0 || log.disputedFrom !== null) return
  const { records } = log
  const isLater = random.chance(0.5)
  const isFresh = isLater || random.chance(0.6)
  const seq = isFresh ? records.length : Math.max(1, records.length - random.below(8))
  const below = records.slice(0, seq)
  const one = seq < records.length ? records.slice(seq) : branch(world, forker, below, 1)
  const other = branch(world, forker, below, random.between(1, 3))
  for (const held of [...one, ...other]) watch.registry.note(held)
  world.count('fork')
  if (liars.length > 0) world.count('doubleSigning')
  world.trace(
    () => `${forker.name} forks at seq ${seq}; witnesses that sign both: ${liars.map(({ name }) => name).join()}`,
  )
  // Each person may see one branch only, or whichever comes.
  const peers = random.shuffled([...forker.peers.keys()])
  const cut = random.chance(0.5) ? random.pick([1, random.between(0, peers.length)]) : null
  const show = (of: readonly Held[], to: readonly string[]) => {
    for (const peer of to) if (cut !== null || random.chance(0.6)) push(forker, peer, of, seq)
    for (const liar of liars) attest(world, liar, forker, of)
  }
  show(one, cut === null ? peers : peers.slice(0, cut))
  // Where nearly all see the other one, it keeps that itself: then it may be certified, though somebody attested the first.
  forker.takeOwn(isFresh && !isLater && cut === 1 ? other : one, cut === null)
  const showOther = () => show(other, cut === null ? peers : peers.slice(cut))
  if (isLater) scheduler.after(random.between(3_000, 30_000), showOther)
  else showOther()
  // It goes on with the branch that counts, as soon as one does.
  for (const afterMs of [4_000, 9_000, 15_000]) {
    const salt = Uint8Array.from({ length: 16 }, () => random.below(256))
    scheduler.after(afterMs, () =>
      forker.append(
        () => OFFER,
        () => salt,
      ),
    )
  }
}

/** Records that go on after some others. */
function branch(
  world: World,
  { member, store, wallMs }: SimulatedNode,
  below: readonly Held[],
  length: number,
): Held[] {
  const { random } = world
  const chain = [...below]
  for (let i = 0; i < length; i++) {
    const last = chain.at(-1)!
    const place = { net: store.net, seq: chain.length, prev: last.id, atMs: Math.max(wallMs, last.header.at) }
    const salt = Uint8Array.from({ length: 16 }, () => random.below(256))
    chain.push(heldOf(member.sign(OFFER, place, salt)))
  }
  return chain.slice(below.length)
}

function push(from: SimulatedNode, peer: string, records: readonly Held[], seq: number): void {
  const run = { author: from.member.key, from: seq, records: records.map(({ record }) => record) }
  from.say(peer, frame(encodeMessage('push', { runs: [run] })))
}

/** A witness's attestation of a branch, to all. */
function attest(world: World, liar: SimulatedNode, forker: SimulatedNode, branch: readonly Held[]): void {
  const head = branch.at(-1)!
  const heads = [{ author: forker.member.key, seq: head.header.seq, id: head.id }]
  const { cfg } = world.community.witnesses
  const batch = attestationOf(liar.member, world.community.net, cfg, heads, Math.max(0, liar.wallMs))
  for (const peer of liar.peers.keys()) liar.say(peer, frame(encodeMessage('attestation', batch)))
}

/** Some 32 bytes that name nothing. */
export function noSuchId(world: World): Uint8Array {
  return sha256(Uint8Array.from({ length: 8 }, () => world.random.below(256)))
}
