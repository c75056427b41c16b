// The founder's part: it changes who witnesses, and asks that members go.

import { DEFAULT_POLICY } from '#libs/network'
import { compareBytes } from '#libs/record'
import type { Draft } from '../node/member.js'
import type { SimulatedNode } from '../node/simulated-node.js'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import type { World } from '../run/world.js'
import type { Random } from '../time/random.js'

/** The share of runs in which each happens, and how often at most. */
const AMENDING = { share: 0.2, most: 2 }
const REMOVING = { share: 0.1, most: 1 }
/** Witnesses and quorum that a community may go over to. */
const SETS: readonly (readonly [witnesses: number, quorum: number])[] = [
  [1, 1],
  [3, 2],
  [4, 3],
  [4, 3],
  [5, 4],
]

/** Plans what the founder does within the next `forMs`. */
export function planGoverning(world: World, forMs: number): void {
  plan(world, forMs, AMENDING, 'amendment', (node) => amendment(node, world.random))
  plan(world, forMs, REMOVING, 'removal', (node) => removal(node, world.random))
}

function plan(
  world: World,
  forMs: number,
  { share, most }: { share: number; most: number },
  name: string,
  draft: (founder: SimulatedNode) => Draft | null,
): void {
  const { random, scheduler } = world
  if (!random.chance(share)) return
  const times = random.between(1, most)
  for (let i = 0; i < times; i++) {
    scheduler.after(random.below(forMs), () => {
      const [founder] = world.nodes
      const salt = Uint8Array.from({ length: 16 }, () => random.below(256))
      founder!.append(
        (node) => {
          const drafted = draft(node)
          if (!drafted) return null
          world.count(name)
          world.trace(() => `${node.name} writes ${drafted.kind}`)
          return drafted
        },
        () => salt,
      )
    })
  }
}

/** Other witnesses, from among the members that the founder knows. */
function amendment({ store, member, options }: SimulatedNode, random: Random): Draft | null {
  const inForce = options.configurations.inForce(store)
  if (!inForce || options.configurations.amendmentOf(store, inForce.cfg)) return null
  const keys = random.shuffled(store.entries().map(({ author }) => author))
  const [witnesses, quorum] = random.pick(SETS.filter(([count]) => count <= keys.length))
  const set = keys.slice(0, witnesses).sort(compareBytes)
  const config = { steward: member.key, witnesses: set, quorum, rules: 1, policy: { ...DEFAULT_POLICY } }
  return { kind: 'network.amended', subj: store.net, refs: [], body: { ...config, was: inForce.cfg } }
}

/** Somebody is to go, as of the last record that the founder holds of it. */
function removal({ store, member }: SimulatedNode, random: Random): Draft | null {
  const others = [...store.logs.values()].filter(({ records, key }) => {
    return records.length > 0 && key !== keyOf(member.key) && !store.continuations.has(key)
  })
  if (others.length === 0) return null
  const { records } = random.pick(others)
  const head = records.at(-1)!
  const body = { member: records[0]!.id, seq: head.header.seq, head: head.id }
  return { kind: 'member.removed', subj: store.net, refs: [head.id], body }
}
