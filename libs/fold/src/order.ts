/**
 * Causal order within one set of records: an edge leads to the author's previous record of the set, to `subj` and to each of
 * `refs`, where these are in the set. Paths through records outside the set do not count, so that a fold depends on its own
 * records alone.
 */
import type { FoldRecord } from './kind.js'
import { placeOf } from './lineage.js'

/** Direct causes of each record, as indexes into `records`. */
export function directCauses(records: readonly FoldRecord[]): number[][] {
  const indexOf = new Map(records.map((record, index) => [record.id, index]))
  const previousOfAuthor = new Map<number, number>()
  const lastOfAuthor = new Map<string, number>()
  const bySeq = records.map((_, index) => index).sort((a, b) => placeOf(records[a]!) - placeOf(records[b]!))
  for (const index of bySeq) {
    const author = records[index]!.author
    const previous = lastOfAuthor.get(author)
    if (previous !== undefined) previousOfAuthor.set(index, previous)
    lastOfAuthor.set(author, index)
  }
  return records.map((record, index) => {
    const causes = new Set<number>()
    const previous = previousOfAuthor.get(index)
    if (previous !== undefined) causes.add(previous)
    for (const id of record.subj === null ? record.refs : [record.subj, ...record.refs]) {
      const cause = indexOf.get(id)
      if (cause !== undefined) causes.add(cause)
    }
    return [...causes]
  })
}

/**
 * The canonical linear extension: Kahn's algorithm (CACM 1962), the smallest id first among what is free.
 * Returns indexes into `records`. Throws on a cycle, which no set of hash-linked records can have.
 */
export function canonicalOrder(records: readonly FoldRecord[], causes: readonly number[][]): number[] {
  const open = causes.map((of) => of.length)
  const effects: number[][] = records.map(() => [])
  causes.forEach((of, index) => of.forEach((cause) => effects[cause]!.push(index)))
  const free = new SmallestFirst((a, b) => records[a]!.id < records[b]!.id)
  open.forEach((count, index) => count === 0 && free.push(index))
  const order: number[] = []
  for (let next = free.pop(); next !== undefined; next = free.pop()) {
    order.push(next)
    for (const effect of effects[next]!) if (--open[effect]! === 0) free.push(effect)
  }
  if (order.length !== records.length) throw new Error('records form a cycle')
  return order
}

/** A binary heap of indexes. */
class SmallestFirst {
  private readonly heap: number[] = []
  constructor(private readonly less: (a: number, b: number) => boolean) {}

  push(item: number): void {
    const { heap, less } = this
    let at = heap.push(item) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!less(item, heap[parent]!)) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = item
  }

  pop(): number | undefined {
    const { heap, less } = this
    const top = heap[0]
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return top
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && less(heap[child + 1]!, heap[child]!)) child++
      if (!less(heap[child]!, last)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
    return top
  }
}
