// People join while the community lends: a member invites, the newcomer's node knows nothing but the network and its invite,
// and the inviter's node takes it in.

import { keyPairFromSeed, sha256, signHello } from '#libs/record'
import { Member } from '../node/member.js'
import { EPOCH_MS, type SimulatedNode } from '../node/simulated-node.js'
import type { World } from '../run/world.js'
import { heldOf } from '../store/held.js'

const DAY_MS = 86_400_000
/** The share of runs in which somebody joins, and how many at most. */
const SHARE = 0.2
const MOST = 2

/** Plans who joins within the next `forMs`. */
export function planNewcomers(world: World, forMs: number): void {
  const { random, scheduler } = world
  if (!random.chance(SHARE)) return
  const count = random.between(1, MOST)
  for (let i = 0; i < count; i++) {
    const inviter = random.pick(world.nodes)
    scheduler.after(random.below(forMs), () => invite(world, inviter, i))
  }
}

/** The invite is on the disk before anyone hears of it; the newcomer begins soon after. */
function invite(world: World, inviter: SimulatedNode, number: number): void {
  const { random, community, scheduler } = world
  const key = keyPairFromSeed(Uint8Array.from({ length: 32 }, () => random.below(256)))
  const body = { keyHash: sha256(key.publicKey), expiresAt: EPOCH_MS + 30 * DAY_MS }
  const salt = sha256(key.publicKey).slice(0, 16)
  inviter.append(
    () => ({ kind: 'invite.created', subj: community.net, refs: [], body }),
    () => salt,
  )
  scheduler.after(random.between(100, 3_000), () => {
    if (!world.isHealing) join(world, number, key)
  })
}

function join(world: World, number: number, key: { publicKey: Uint8Array; secretKey: Uint8Array }): void {
  const { community, watch } = world
  const member = new Member(`newcomer ${number}`)
  const said = { kind: 'identity.created', subj: null, refs: [], body: { next: member.next } }
  const place = { net: community.net, seq: 0, prev: null, atMs: EPOCH_MS - DAY_MS }
  const firstRecord = member.sign(said, place, new Uint8Array(16))
  watch.registry.note(heldOf(firstRecord))
  const node = world.addNode(member, {
    as: 'invite',
    key: key.publicKey,
    sign: (statement) => signHello(statement, key.secretKey),
    firstRecord,
  })
  world.count('newcomer')
  world.trace(() => `${node.name} comes with an invite`)
}
