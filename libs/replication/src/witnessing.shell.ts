// The duty of a witness in one network as time goes on: what was accepted is attested a few ms later, what was lost on its way
// is attested again, and another configuration is looked for.

import { Logger } from '@nestjs/common'
import type { Entry } from '#libs/record'
import { keyOf } from './protocol/keys.js'
import type { Session } from './session.shell.js'
import type { Duty, Witness } from './witness.service.js'

/** Heads that come within so many ms are attested together. */
const ATTEST_MS = 3
/** The configuration in force is looked at again at most this often (ms): it is a fold over all of the network's records. */
const LOOK_MS = 200

export class Witnessing {
  private readonly log = new Logger('replication')
  /** Logs with heads to attest, by author. */
  private readonly toAttest = new Map<string, Uint8Array>()
  private attesting: Promise<void> = Promise.resolve()
  /** What this node witnesses with, as of the last look. */
  private duty: Duty | null = null
  private isLooking = false
  private isClosed = false

  constructor(
    private readonly net: Uint8Array,
    private readonly witness: Pick<Witness, 'attest' | 'duty' | 'settle' | 'stop'>,
    private readonly session: Pick<Session, 'entry' | 'entries' | 'attested' | 'stopped'>,
  ) {}

  /** Logs grew: their heads are attested soon. */
  attestSoon(entries: readonly Pick<Entry, 'author'>[]): void {
    if (!this.duty || entries.length === 0) return
    const isFirst = this.toAttest.size === 0
    for (const { author } of entries) this.toAttest.set(keyOf(author), author)
    if (isFirst) setTimeout(() => void this.inTurn(() => this.takeHeads()), ATTEST_MS).unref()
  }

  /** Attests all that is not final. */
  attestAll(): Promise<void> {
    return this.inTurn(() => this.session.entries())
  }

  /** Does something between two attestations, as what it is a witness with; null when it is none. */
  between<T>(work: (witness: Uint8Array) => Promise<T>): Promise<T | null> {
    const done = this.attesting.then(() => (this.duty && !this.isClosed ? work(this.duty.key) : null))
    this.attesting = done.then(
      () => undefined,
      (error: unknown) => this.log.error(error),
    )
    return done
  }

  /** Another configuration may be in force, or this node a member: its witnesses attest all that is not final. */
  lookSoon(): void {
    if (this.isLooking) return
    this.isLooking = true
    setTimeout(() => {
      this.isLooking = false
      if (!this.isClosed) void this.look().catch((error: unknown) => this.log.error(error))
    }, LOOK_MS).unref()
  }

  async look(): Promise<void> {
    const before = this.duty && keyOf(this.duty.config.cfg)
    await this.witness.settle(this.net)
    this.duty = await this.witness.duty(this.net)
    if (this.duty && keyOf(this.duty.config.cfg) !== before) await this.attestAll()
  }

  /** Attests nothing more, and waits for what is under way. */
  async close(): Promise<void> {
    this.isClosed = true
    await this.attesting
  }

  private takeHeads(): Entry[] {
    const authors = [...this.toAttest.values()]
    this.toAttest.clear()
    return authors.flatMap((author) => this.session.entry(author) ?? [])
  }

  /** One after the other. What fails is attested with the next sweep. */
  private inTurn(heads: () => Entry[]): Promise<void> {
    this.attesting = this.attesting
      .then(async () => {
        if (!this.isClosed) await this.attest(heads())
      })
      .catch((error: unknown) => this.log.error(error))
    return this.attesting
  }

  private async attest(heads: Entry[]): Promise<void> {
    const { net, duty, witness, session } = this
    if (!duty) return
    for (const batch of await witness.attest(net, duty, heads)) await session.attested(batch)
    const stop = await witness.stop(net, duty)
    if (stop) session.stopped(stop)
  }
}
