// What must hold at the end of a run, when nothing has been wrong for a while.

import { equalBytes } from '#libs/record'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import { bookFault, digestOfWorld, loansOf, worldOf } from '../community/books.js'
import type { SimulatedNode } from '../node/simulated-node.js'
import type { World } from '../run/world.js'
import { checkContinuations, checkVoice } from './continuations.js'

export function checkEnd(world: World): void {
  const { watch, honest } = world
  if (watch.mayPart) return
  const [first, ...others] = honest
  for (const node of others) {
    if (!equalBytes(node.replica.tree.root(), first!.replica.tree.root()))
      watch.broken('entries_differ', `${first!.name} and ${node.name}: ${differences(first!, node)}`)
  }
  checkForks(world)
  checkAcknowledged(world)
  checkBans(world)
  checkContinuations(world)
  checkFolds(world)
}

function differences(one: SimulatedNode, other: SimulatedNode): string {
  const told = (node: SimulatedNode) =>
    new Map(
      node.store
        .entries()
        .map(({ author, length, head, finalLength, forked }) => [
          keyOf(author).slice(0, 8),
          `${length} ${keyOf(head).slice(0, 6)} final ${finalLength}${forked ? ' forked' : ''}`,
        ]),
    )
  const [left, right] = [told(one), told(other)]
  const authors = [...new Set([...left.keys(), ...right.keys()])].filter((key) => left.get(key) !== right.get(key))
  return authors.map((key) => `${key}: ${left.get(key) ?? 'none'} | ${right.get(key) ?? 'none'}`).join('; ')
}

/** Every fork whose two sides honest nodes saw is known to all of them. */
function checkForks({ watch, honest }: World): void {
  for (const author of watch.forkSeen) {
    for (const node of honest) {
      const log = node.store.logs.get(author)
      if (!log || log.forks.size === 0) watch.broken('fork_unknown', `${node.name} does not know that ${author} forked`)
    }
  }
}

/** What a node said is written is on every node, but for logs in dispute. */
function checkAcknowledged({ watch, honest }: World): void {
  for (const { node, held } of watch.written) {
    if (!watch.isHonest(node)) continue
    if (watch.excused.has(held.key) || (honest[0]!.store.log(held.header.author)?.forks.size ?? 0) > 0) continue
    for (const other of honest) {
      if (other.store.byId.has(held.key)) continue
      watch.broken(
        'acknowledged_lost',
        `${held.header.kind} ${held.header.seq} of ${node.name} is not on ${other.name}`,
      )
    }
  }
}

/** No honest node is ever shut out by another one. */
function checkBans({ watch, honest }: World): void {
  for (const node of honest) {
    const banned = honest.find(({ noiseKey }) => node.banned.has(keyOf(noiseKey)))
    if (banned) watch.broken('honest_banned', `${node.name} bans ${banned.name}`)
  }
}

function checkFolds(world: World): void {
  const { watch, honest } = world
  const digests = new Map<string, string>()
  // Entries are equal, so all hold the same records; where they call the same ones suspended, two folds are enough.
  const suspended = new Set(honest.map(({ store }) => [...store.suspended].sort().join()))
  const some = suspended.size === 1 ? [honest[0]!, honest.at(-1)!] : honest
  for (const node of some) {
    const folded = worldOf(node.store, node.parts.speaks)
    digests.set(node.name, digestOfWorld(folded))
    checkVoice(world, node, folded)
    for (const loan of loansOf(folded)) {
      const fault = bookFault(loan, node.parts.journalOf)
      if (fault) watch.broken('money_not_conserved', `${node.name}: ${fault}`)
    }
    watch.loans = Math.max(watch.loans, loansOf(folded).length)
    watch.voids = Math.max(watch.voids, folded.voids.size)
  }
  if (new Set(digests.values()).size > 1) watch.broken('digests_differ', [...digests].join(' '))
}
