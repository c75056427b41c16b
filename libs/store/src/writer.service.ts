import { Logger } from '@nestjs/common'
import { isRefusal, type Refusal } from '#libs/fold'
import {
  type Branch,
  type Certificate,
  type Entry,
  equalBytes,
  type ForkProof,
  fromText,
  type Run,
  toText,
} from '#libs/record'
import { Subject } from 'rxjs'
import type { DataSource, EntityManager } from 'typeorm'
import { Acceptance } from './acceptance.shell.js'
import { Appending, type AppendOutcome, type AppendRequest } from './appending.shell.js'
import { certifyLog, keepCertificate } from './finality.shell.js'
import { applyFork, keepBranches, settleFork } from './forks.shell.js'
import { placeRuns } from './ingesting.shell.js'
import { lockLogs } from './locks.shell.js'
import type { LogName, LogState } from './log-state.shell.js'
import type { Advanced, IngestResult, StagingLimits, StoreOptions } from './ports.js'
import type { Projector } from './projector.service.js'
import { readEntries } from './reading.shell.js'
import { WriteQueue } from './write-queue.js'

/** Records that are ingested in one transaction. */
const RECORDS_PER_INGEST = 2_000
const DEFAULT_STAGING: StagingLimits = { perAuthor: 10_000, total: 200_000 }

interface PendingAppend extends AppendRequest {
  done(outcome: AppendOutcome): void
  failed(error: unknown): void
}

/**
 * All that changes logs, one transaction after the other: appends in batches, runs of others, fork proofs, certificates.
 * After each commit it tells what changed and has the touched subjects projected.
 */
export class Writer {
  readonly advanced = new Subject<Advanced>()
  readonly forked = new Subject<{ net: Uint8Array; proof: ForkProof }>()
  readonly certified = new Subject<{ net: Uint8Array; certificate: Certificate; entry: Entry | null }>()
  /** Transactions of appends so far: fewer than appends when they share them. */
  batches = 0
  private readonly log = new Logger('store')
  private readonly queue = new WriteQueue<PendingAppend>((batch) => this.writeBatch(batch))
  private readonly limits: StagingLimits

  constructor(
    private readonly database: DataSource,
    private readonly projector: Projector,
    private readonly options: Pick<StoreOptions, 'rules' | 'signer' | 'clock' | 'staging'>,
  ) {
    this.limits = { ...DEFAULT_STAGING, ...options.staging }
  }

  async append(request: AppendRequest): Promise<AppendOutcome> {
    return new Promise((done, failed) => this.queue.append({ ...request, done, failed }))
  }

  async ingest(net: Uint8Array, runs: Run[]): Promise<IngestResult> {
    const total: IngestResult = { accepted: 0, known: 0, staged: 0, advanced: [], refused: [], forks: [] }
    const advanced = new Map<string, Entry>()
    for (const part of parts(runs)) {
      const result = await this.queue.alone(() => this.ingestPart(net, part))
      total.accepted += result.accepted
      total.known += result.known
      total.staged += result.staged
      total.refused.push(...result.refused)
      total.forks.push(...result.forks)
      for (const entry of result.advanced) advanced.set(toText(entry.author), entry)
    }
    total.advanced = [...advanced.values()]
    return total
  }

  async suspend(net: Uint8Array, proof: ForkProof): Promise<{ known: boolean } | Refusal> {
    const outcome = await this.queue.alone(() =>
      this.database.transaction(async (manager) => {
        await lockLogs(manager)
        return this.applyFork(manager, net, proof)
      }),
    )
    if (isRefusal(outcome)) return outcome
    if (!outcome.known) this.forked.next({ net, proof })
    this.announce(outcome.advanced, false)
    await this.projectedUntil(outcome.marks)
    return { known: outcome.known }
  }

  async keepBranches(net: Uint8Array, branches: readonly Branch[]): Promise<void> {
    if (branches.length === 0) return
    await this.queue.alone(() =>
      this.database.transaction(async (manager) => {
        await lockLogs(manager)
        const acceptance = this.acceptance(manager)
        acceptance.nowHeld(await keepBranches(manager, net, branches))
        await acceptance.wake()
        await acceptance.write()
      }),
    )
    this.projector.kick()
  }

  async saveCertificate(net: Uint8Array, certificate: Certificate): Promise<boolean> {
    const outcome = await this.queue.alone(() =>
      this.database.transaction(async (manager) => {
        await lockLogs(manager)
        if (!(await keepCertificate(manager, net, certificate))) return null
        const acceptance = this.acceptance(manager)
        const marks = await settleFork(manager, acceptance, net, certificate)
        const subjects = await certifyLog(manager, net, certificate)
        return { acceptance, marks: [...marks, ...acceptance.marks], subjects }
      }),
    )
    if (outcome === null) return false
    this.announce(outcome.acceptance.advanced, false)
    this.certified.next({
      net,
      certificate,
      entry: (await readEntries(this.database, net, certificate.author))[0] ?? null,
    })
    await this.projectedUntil(outcome.marks)
    this.projector.announce(outcome.subjects)
    return true
  }

  /** Takes up records that waited for their time to come. */
  async wakeDelayed(): Promise<void> {
    const now = this.options.clock.now()
    const waiting: LogName[] = await this.database.query(`select net, author from waiting where until_ms <= $1`, [now])
    const nets = new Map(waiting.map(({ net }) => [toText(net), net]))
    for (const net of nets.values()) await this.queue.alone(() => this.ingestPart(net, []))
  }

  /** Finishes what was begun, and tells nothing more. */
  async close(): Promise<void> {
    await this.queue.drained()
    this.advanced.complete()
    this.forked.complete()
    this.certified.complete()
  }

  private acceptance(manager: EntityManager, voidAdmissions?: ReadonlySet<string>): Acceptance {
    return new Acceptance(manager, this.options.rules, this.options.clock.now(), this.limits, voidAdmissions)
  }

  /** One transaction for a batch of appends; when something breaks it, each has a transaction of its own. */
  private async writeBatch(batch: PendingAppend[]): Promise<void> {
    try {
      await this.tryBatch(batch)
    } catch (error) {
      if (batch.length === 1) {
        if (error instanceof AdmissionVoid) batch[0]!.done({ refused: 'admission_void', ids: error.ids })
        else batch[0]!.failed(error)
        return
      }
      // Nobody knows whether the commit went through: to try again could append twice.
      if (error instanceof CommitUnclear) for (const { failed } of batch) failed(error.cause)
      else for (const append of batch) await this.writeBatch([append])
    }
  }

  private async tryBatch(batch: PendingAppend[]): Promise<void> {
    const { rules, signer, clock } = this.options
    let committing = false
    const write = async (manager: EntityManager) => {
      await lockLogs(manager)
      const acceptance = this.acceptance(manager)
      await acceptance.load(batch.flatMap(({ net, author }) => (net === null ? [] : [nameOf(net, author)])))
      const appending = new Appending(manager, acceptance, rules, signer, clock)
      const outcomes: AppendOutcome[] = []
      for (const append of batch) outcomes.push(await appending.append(append))
      await acceptance.wake()
      await acceptance.write()
      const invalid = await acceptance.foundVoid()
      if (invalid.length > 0) throw new AdmissionVoid(invalid)
      committing = true
      return { acceptance, outcomes }
    }
    const { acceptance, outcomes } = await this.database.transaction(write).catch((error: unknown) => {
      throw committing ? new CommitUnclear(error) : error
    })
    this.batches++
    const authors = new Set(batch.map(({ author }) => author))
    const isOwn = ({ author }: LogState) => authors.has(toText(author))
    this.announce([...acceptance.advanced].filter(isOwn), true)
    this.announce(
      [...acceptance.advanced].filter((log) => !isOwn(log)),
      false,
    )
    void this.projectedUntil(acceptance.marks).then(() => batch.forEach(({ done }, index) => done(outcomes[index]!)))
  }

  private async ingestPart(net: Uint8Array, runs: readonly Run[]): Promise<IngestResult> {
    const { result, acceptance, marks, proofs } = await this.database.transaction(async (manager) => {
      await lockLogs(manager)
      const { acceptance, placed } = await this.placeAndWrite(manager, net, runs)
      const marks = [...acceptance.marks]
      const proofs: ForkProof[] = []
      for (const proof of placed.forks) {
        const outcome = await this.applyFork(manager, net, proof)
        if (isRefusal(outcome) || outcome.known) continue
        marks.push(...outcome.marks)
        for (const log of outcome.advanced) acceptance.advanced.add(log)
        // What a log had grown by is gone again: it is told of as forked.
        for (const log of acceptance.advanced)
          if (equalBytes(log.author, outcome.author)) acceptance.advanced.delete(log)
        proofs.push(proof)
      }
      const { accepted, staged, refused } = acceptance
      const result = { accepted, known: placed.known, staged, advanced: [], refused, forks: placed.forks }
      return { result, acceptance, marks, proofs }
    })
    for (const proof of proofs) this.forked.next({ net, proof })
    const advanced = this.announce(acceptance.advanced, false)
    if (marks.length > 0) this.projector.kick()
    return { ...result, advanced }
  }

  /** Applies a proof and lets go on what waited for headers that it brought. */
  private async applyFork(manager: EntityManager, net: Uint8Array, proof: ForkProof) {
    const applied = await applyFork(manager, net, proof)
    if (isRefusal(applied)) return applied
    const acceptance = this.acceptance(manager)
    acceptance.nowHeld(applied.nowHeld)
    await acceptance.wake()
    await acceptance.write()
    const marks = [...applied.marks, ...acceptance.marks]
    return { known: applied.known, author: applied.author, marks, advanced: acceptance.advanced }
  }

  /** Admissions are taken as valid at first; when a fold finds some void, it is done again without them. */
  private async placeAndWrite(manager: EntityManager, net: Uint8Array, runs: readonly Run[]) {
    const invalid = new Set<string>()
    const waiting: LogName[] = await manager.query(
      `select net, author from waiting where net = $1 and until_ms <= $2`,
      [net, this.options.clock.now()],
    )
    await manager.query('savepoint admissions')
    for (;;) {
      const acceptance = this.acceptance(manager, invalid)
      const placed = await placeRuns(manager, acceptance, net, runs)
      if (waiting.length > 0) await acceptance.settle(await acceptance.load(waiting))
      await acceptance.wake()
      await acceptance.write()
      const found = await acceptance.foundVoid()
      if (found.length === 0) return { acceptance, placed }
      for (const id of found) invalid.add(id)
      await manager.query('rollback to savepoint admissions')
    }
  }

  private announce(logs: Iterable<LogState>, own: boolean): Entry[] {
    const byNet = new Map<string, Entry[]>()
    for (const log of logs) {
      const entry = log.entry()
      const net = toText(log.net)
      if (entry) byNet.set(net, [...(byNet.get(net) ?? []), entry])
    }
    for (const [net, entries] of byNet) this.advanced.next({ net: fromText(net), entries, own })
    return [...byNet.values()].flat()
  }

  /** The records are in, so a projection that fails must not look like a failed append: it is reported here. */
  private async projectedUntil(marks: readonly number[]): Promise<void> {
    await this.projector.until(marks).catch((error) => this.log.error(error))
  }
}

/** Thrown to roll an own admission back that the rules find void: `decide` should have refused it. */
class AdmissionVoid extends Error {
  constructor(readonly ids: readonly string[]) {
    super('admission_void')
  }
}

/** Thrown when the connection was lost while committing. */
class CommitUnclear extends Error {
  constructor(cause: unknown) {
    super('commit unclear', { cause })
  }
}

const nameOf = (net: string, author: string): LogName => ({ net: fromText(net), author: fromText(author) })

/** Runs in groups of at most about RECORDS_PER_INGEST records. */
function* parts(runs: readonly Run[]): Generator<Run[]> {
  let part: Run[] = []
  let records = 0
  for (const run of runs) {
    part.push(run)
    records += run.records.length
    if (records < RECORDS_PER_INGEST) continue
    yield part
    part = []
    records = 0
  }
  if (part.length > 0) yield part
}
