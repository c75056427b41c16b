// What each peer may ask for: so many at once, and so many more in each second.

/** Peers that are remembered; who has not asked for long has all of it again. */
const MOST_KEYS = 1_024

export class Allowance {
  /** What went beyond it. */
  refused = 0
  private readonly left = new Map<string, { tokens: number; atMs: number }>()

  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
  ) {}

  /** Takes so many from a peer's allowance; false, and nothing is taken, when that is more than is left of it. */
  take(key: string, count: number, nowMs: number): boolean {
    const tokens = this.at(key, nowMs)
    const isAllowed = count <= tokens
    if (!isAllowed) this.refused += count
    this.left.delete(key)
    this.left.set(key, { tokens: isAllowed ? tokens - count : tokens, atMs: nowMs })
    if (this.left.size > MOST_KEYS) this.forget(nowMs)
    return isAllowed
  }

  private at(key: string, nowMs: number): number {
    const known = this.left.get(key)
    if (!known) return this.burst
    return Math.min(this.burst, known.tokens + ((nowMs - known.atMs) / 1_000) * this.perSecond)
  }

  /** Those that have all of it again; if none has, the one that asked longest ago. */
  private forget(nowMs: number): void {
    for (const key of [...this.left.keys()]) if (this.at(key, nowMs) >= this.burst) this.left.delete(key)
    const [oldest] = this.left.keys()
    if (this.left.size > MOST_KEYS) this.left.delete(oldest!)
  }
}
