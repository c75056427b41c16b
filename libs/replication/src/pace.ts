// How fast something goes: by what was counted in the last moments.

/** How far back it looks (ms). */
const SPAN_MS = 10_000

export class Pace {
  private readonly samples: { atMs: number; total: number }[] = []

  /** So much was counted in all by now; `atMs` only grows. */
  note(atMs: number, total: number): void {
    this.samples.push({ atMs, total })
    while (this.samples.length > 2 && atMs - this.samples[1]!.atMs >= SPAN_MS) this.samples.shift()
  }

  /** A second, over the last ten; 0 before anything was noted twice. */
  get perSecond(): number {
    const [first, last] = [this.samples[0], this.samples[this.samples.length - 1]]
    if (!first || !last || last.atMs === first.atMs) return 0
    return ((last.total - first.total) * 1_000) / (last.atMs - first.atMs)
  }
}

/** How long it takes until so many more came (ms); null when none come. */
export const timeLeft = (left: number, perSecond: number): number | null =>
  left === 0 ? 0 : perSecond > 0 ? Math.round((left * 1_000) / perSecond) : null
