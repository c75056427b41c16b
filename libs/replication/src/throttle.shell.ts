// How fast a node serves others: so many bytes a second in all, each waiting for its turn.

export class Throttle {
  private freeAtMs = 0

  constructor(private readonly bytesPerSecond: number) {}

  /** Resolves when so many bytes may leave. */
  async take(bytes: number): Promise<void> {
    const nowMs = performance.now()
    this.freeAtMs = Math.max(nowMs, this.freeAtMs) + (bytes / this.bytesPerSecond) * 1_000
    const waitMs = this.freeAtMs - nowMs
    if (waitMs >= 1) await new Promise((resolve) => setTimeout(resolve, waitMs).unref())
  }
}
