/** Folds of a set of records in any order that respects causality, for property tests. */
import { digestOf, directCauses, foldInOrder, recordsBySubject, type FoldRecord, type Rules } from '#libs/fold'

/** Chooses a linear extension of the causal order: indexes into the records. */
export type Order = (records: FoldRecord[], causes: number[][]) => number[]

/** All folds, each in an order that `order` chooses among the causal ones: states by type and subject, and all voids. */
export function foldAll(rules: Rules, records: FoldRecord[], order: Order) {
  const voids = new Map<string, string>()
  const states = new Map<string, unknown>()
  for (const type of rules.typesByRank())
    for (const [subject, of] of recordsBySubject(records, rules)) {
      const first = of.find(({ id }) => id === subject)
      if (!first || rules.checkAlone(first) !== null || !rules.kind(first.kind)!.starts.includes(type.name)) continue
      const causes = directCauses(of)
      const folded = foldInOrder(subject, type.name, of, causes, order(of, causes), rules, { voids })
      folded.voids.forEach((why, id) => voids.set(id, why))
      states.set(`${type.name} ${subject}`, folded.state)
    }
  return { voids, states }
}

/** Some linear extension of the causal order, another one for each seed. */
export function orderOf(seed: number): Order {
  return (records, causes) => {
    const ranks = records.map(({ id }) => hashOf(id, seed))
    const done = new Set<number>()
    while (done.size < records.length) {
      const free = records.flatMap((_, i) => (!done.has(i) && causes[i]!.every((cause) => done.has(cause)) ? [i] : []))
      done.add(free.reduce((a, b) => (ranks[b]! < ranks[a]! ? b : a)))
    }
    return [...done]
  }
}

/** Digests of all states, and all voids, in a form to compare. */
export function digestsOf({ states, voids }: ReturnType<typeof foldAll>): unknown {
  const digests = [...states].map(([key, state]) => [key, Buffer.from(digestOf(state)).toString('hex')])
  return { states: digests.sort(), voids: [...voids].sort() }
}

function hashOf(id: string, seed: number): number {
  let hash = seed
  for (let i = 0; i < 8; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193) >>> 0
  return hash
}
