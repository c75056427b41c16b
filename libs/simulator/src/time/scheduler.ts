// Virtual time: what is to happen, in order. Two things at one moment happen in the order in which they were planned, so a
// run depends on its seed and on nothing else.

interface Planned {
  atMs: number
  order: number
  happen: () => void
}

export class Scheduler {
  nowMs = 0
  /** How many things happened so far. */
  happened = 0
  private readonly heap: Planned[] = []
  private planned = 0

  /** Plans something so many ms from now. */
  after(ms: number, happen: () => void): void {
    const item = { atMs: this.nowMs + ms, order: this.planned++, happen }
    const { heap } = this
    let at = heap.push(item) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isBefore(item, heap[parent]!)) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = item
  }

  /** Lets everything happen that is planned until then (ms), and what follows from it; then it is that time. */
  runUntil(untilMs: number): void {
    for (let next = this.heap[0]; next && next.atMs <= untilMs; next = this.heap[0]) {
      this.takeFirst()
      this.nowMs = next.atMs
      this.happened++
      next.happen()
    }
    this.nowMs = untilMs
  }

  /** How many things are planned. */
  get waiting(): number {
    return this.heap.length
  }

  private takeFirst(): void {
    const { heap } = this
    const last = heap.pop()!
    if (heap.length === 0) return
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++
      if (!isBefore(heap[child]!, last)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
  }
}

function isBefore(a: Planned, b: Planned): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
}
