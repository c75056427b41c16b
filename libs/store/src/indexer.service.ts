import type { Rules } from '#libs/fold'
import type { DataSource } from 'typeorm'
import { countUnindexed, indexSome } from './indexing.shell.js'
import { lockIndex } from './locks.shell.js'
import type { Projector } from './projector.service.js'

/** Records that are indexed in one transaction. */
const RECORDS_PER_PASS = 4_000
/** While records come in bulk, indexing and projecting wait until nothing came for so long (ms) … */
const QUIET_MS = 100
/** … or until so many records wait for it: then acceptance waits. */
const LAG_MOST = 200_000

interface Waiter {
  /** How many records must be indexed in all. */
  until: number
  done(): void
  failed(error: unknown): void
}

/** Indexes in the background what was accepted in bulk, and has it projected. Goes on after a crash where it stopped. */
export class Indexer {
  /** Since this process began: records noted as unindexed, those of before included, and records indexed. */
  private noted = 0
  private indexed = 0
  private readonly waiters = new Set<Waiter>()
  private running: Promise<void> | null = null
  private timer: NodeJS.Timeout | null = null
  private endedAtMs = -Infinity
  /** Batches of records that are being taken in. */
  private underWay = 0
  private closed = false
  private readonly started: Promise<void>

  constructor(
    private readonly database: DataSource,
    private readonly rules: Rules,
    private readonly projector: Projector,
  ) {
    this.started = countUnindexed(database.manager).then((left) => {
      this.noted += left
      if (left > 0) this.start()
    })
    this.started.catch(() => undefined)
  }

  /** Records that are accepted and not indexed. */
  get lag(): number {
    return this.noted - this.indexed
  }

  /** Records come in bulk: what follows acceptance stands back, unless somebody waits for it. */
  begin(): void {
    this.underWay++
    this.projector.hold(true)
  }

  /** A batch of them is in. */
  end(): void {
    this.underWay--
    this.endedAtMs = performance.now()
    this.later()
  }

  /** So many more records are accepted, and committed. */
  note(records: number): void {
    this.noted += records
  }

  /** Resolves when all that was noted before the call is indexed. */
  async caughtUp(): Promise<void> {
    await this.started
    if (this.lag === 0) return
    const until = this.noted
    return new Promise((done, failed) => {
      this.waiters.add({ until, done, failed })
      this.start()
    })
  }

  /** Resolves when there is room for more: acceptance does not run away from what readers need. */
  async room(): Promise<void> {
    if (this.lag > LAG_MOST) await this.caughtUp()
  }

  /** Somebody else indexed what was left. */
  async recount(): Promise<void> {
    if (this.lag === 0 || this.running) return
    const noted = this.noted
    const left = await countUnindexed(this.database.manager)
    if (noted === this.noted && !this.running) this.indexed = this.noted - left
    this.answer()
  }

  async close(): Promise<void> {
    this.closed = true
    if (this.timer) clearTimeout(this.timer)
    await this.started.catch(() => undefined)
    await this.running
  }

  private later(): void {
    if (this.timer || this.closed) return
    this.timer = setTimeout(() => {
      this.timer = null
      if (!this.isQuiet()) return this.later()
      this.projector.hold(false)
      if (this.lag > 0) this.start()
    }, QUIET_MS)
    this.timer.unref()
  }

  private start(): void {
    if (this.closed) return
    this.running ??= this.run().finally(() => {
      this.running = null
      if (this.lag > 0) this.later()
    })
  }

  private async run(): Promise<void> {
    try {
      while (!this.closed && this.lag > 0 && this.isWanted()) {
        const { noted } = this
        const count = await this.database.transaction(async (manager) => {
          await lockIndex(manager)
          return indexSome(manager, this.rules, RECORDS_PER_PASS)
        })
        // Nothing left: another process, or a writer, has indexed it.
        this.indexed = count === 0 ? Math.max(this.indexed, noted) : this.indexed + count
        this.answer()
        this.projector.kick()
      }
    } catch (error) {
      for (const waiter of this.waiters) waiter.failed(error)
      this.waiters.clear()
    }
  }

  private isWanted(): boolean {
    return this.waiters.size > 0 || this.lag > LAG_MOST || this.isQuiet()
  }

  private isQuiet(): boolean {
    return this.underWay === 0 && performance.now() - this.endedAtMs >= QUIET_MS
  }

  private answer(): void {
    for (const waiter of this.waiters) {
      if (waiter.until > this.indexed) continue
      this.waiters.delete(waiter)
      waiter.done()
    }
  }
}
