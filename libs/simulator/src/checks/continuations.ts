// What must hold of logs that were continued, at the end of a run.

import { equalBytes, toText } from '#libs/record'
import type { World as Folded } from '#libs/fold'
import type { Recollection } from '../../../replication/src/testing/virtual-protocol.js'
import type { SimulatedNode } from '../node/simulated-node.js'
import type { World } from '../run/world.js'
import { isFirstFinal } from './finals.js'

/** All honest nodes let the same continuations speak, and nothing is certified beyond the place where a log ends. */
export function checkContinuations(world: World): void {
  const { watch, honest } = world
  const said = honest.map(({ name, store }) => {
    const inEffect = [...store.continuations.values()].filter(({ isInEffect }) => isInEffect)
    for (const { oldKey, afterSeq } of inEffect)
      if ((store.log(oldKey)?.certified ?? 0) > afterSeq + 1) watch.broken('certified_beyond_continuation', name)
    return inEffect
      .map(({ key, afterId }) => `${key} ${toText(afterId)}`)
      .sort()
      .join()
  })
  const other = said.findIndex((of) => of !== said[0])
  if (other >= 0) watch.broken('continuations_differ', `${honest[0]!.name} and ${honest[other]!.name}`)
  for (const node of honest) checkGoingOn(world, node)
}

/** Who closed its log goes on under its next key, and what it says is final, where a quorum of honest witnesses is there. */
function checkGoingOn({ watch, honest }: World, node: SimulatedNode): void {
  const { store, options } = node
  if (store.closed.size === 0) return
  const set = options.configurations.inForce(store)!
  const there = honest.filter((other) => {
    const isNamed = set.witnesses.some((key) => equalBytes(key, other.member.key))
    return isNamed && other.isWitness
  })
  if (there.length < set.quorum) return
  const { writer } = node
  const old = [...store.closed.keys()].map((key) => store.logs.get(key)!)
  if (old.some(({ forks }) => forks.size > 0)) return
  if (!writer) return mustWait(node, honest) ? undefined : watch.broken('continuation_stuck', node.name)
  if (!isFirstFinal(store, writer)) watch.broken('continued_not_final', node.name)
}

/** Whether nobody can tell that the next key was never used: its owner came back from a backup, and has to decide alone. */
function mustWait(node: SimulatedNode, honest: readonly SimulatedNode[]): boolean {
  const question = node.continuing.question
  if (!question) return false
  const answers = honest.flatMap((other): [string, Recollection][] => {
    const answer = other === node ? null : other.continuing.recollect(question)
    return answer ? [[other.member.text, answer]] : []
  })
  return !node.continuing.isUnusedBy(new Map(answers))
}

/** Nothing counts that an old key signed beyond the place where its log was continued. */
export function checkVoice({ watch }: World, node: SimulatedNode, { folded }: Folded): void {
  const { continuations } = node.store
  if (continuations.size === 0) return
  const beyond = new Set(
    [...continuations.values()]
      .filter(({ isInEffect }) => isInEffect)
      .flatMap(({ oldKey, afterSeq }) => node.store.log(oldKey)!.records.slice(afterSeq + 1))
      .map(({ fold }) => fold.id),
  )
  for (const { applied } of folded.values())
    for (const id of applied) if (beyond.has(id)) watch.broken('counted_beyond_continuation', `${node.name}: ${id}`)
}
