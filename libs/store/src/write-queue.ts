/**
 * One writer at a time, in the order of arrival, with one exception: appends that wait together share a batch, and so one
 * transaction and one flush to disk.
 */

/** Appends in one batch, at most. */
const LARGEST_BATCH = 64

type Job<A> = { append: A } | { work: () => Promise<void> }

export class WriteQueue<A> {
  private readonly jobs: Job<A>[] = []
  private running: Promise<void> | null = null

  /** `write` takes a batch; it answers its callers itself and never rejects. */
  constructor(private readonly write: (batch: A[]) => Promise<void>) {}

  /** Appends with others of the moment. */
  append(append: A): void {
    this.jobs.push({ append })
    this.start()
  }

  /** Runs alone. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((done, failed) => {
      this.jobs.push({ work: () => work().then(done, failed) })
      this.start()
    })
  }

  /** Resolves when nothing is left to do. */
  async drained(): Promise<void> {
    while (this.running) await this.running
  }

  private start(): void {
    this.running ??= this.run().finally(() => {
      this.running = null
      if (this.jobs.length > 0) this.start()
    })
  }

  private async run(): Promise<void> {
    // Callers that were woken by the same commit get to queue up before the next batch is cut.
    await new Promise((turn) => setImmediate(turn))
    while (this.jobs.length > 0) {
      const first = this.jobs[0]!
      if ('work' in first) {
        this.jobs.shift()
        await first.work()
        continue
      }
      const end = this.jobs.findIndex((job) => 'work' in job)
      const count = Math.min(end < 0 ? this.jobs.length : end, LARGEST_BATCH)
      const batch = this.jobs.splice(0, count).flatMap((job) => ('append' in job ? [job.append] : []))
      await this.write(batch)
    }
  }
}
