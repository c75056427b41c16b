// Keys that are locked: a node keeps its connections, but signs nothing.

import type { World } from '../run/world.js'

/** So many witnesses witness nothing for a while that nothing becomes final. */
export function lockWitnesses({ random, nodes, community, scheduler }: World): void {
  const { witnesses, quorum } = community.witnesses
  const locked = random.shuffled(nodes.filter(({ isWitness }) => isWitness)).slice(0, witnesses.length - quorum + 1)
  for (const node of locked) node.isLocked = true
  scheduler.after(random.between(5_000, 40_000), () => {
    for (const node of locked) node.isLocked = false
  })
}
