import { availableParallelism } from 'node:os'
import { Logger } from '@nestjs/common'
import { isRefusal, type Refusal } from '#libs/fold'
import {
  type Branch,
  type Certificate,
  type Conflict,
  decodeHeader,
  type Entry,
  equalBytes,
  type ForkProof,
  fromText,
  type PackedRun,
  type Run,
  toText,
} from '#libs/record'
import { Subject } from 'rxjs'
import type { DataSource } from 'typeorm'
import { AdmissionVoid, CommitUnclear, writeAppends } from './append-batch.shell.js'
import type { AppendOutcome, AppendRequest } from './appending.shell.js'
import { Certificates, type CertificatesKept } from './certificates.service.js'
import { keepConflict } from './conflicts.shell.js'
import { type Claim, type ClosedBecause, closeLogs } from './continuing.shell.js'
import { keepBranches } from './forks.shell.js'
import type { Indexer } from './indexer.service.js'
import { indexRest } from './indexing.shell.js'
import { acceptanceOf, type Ground, settleAnew, suspendFork, takeIn, type TakenIn } from './ingest/general.shell.js'
import { PackedIngest } from './ingest/packed-ingest.shell.js'
import { Verifiers } from './ingest/verifiers.shell.js'
import { checkRuns, groupsOf, type SoundRun } from './ingesting.shell.js'
import { flushed, lockLogs, underLogsUnflushed } from './locks.shell.js'
import { logKey, type LogName, type LogState } from './log-state.shell.js'
import type { Advanced, Certified, IngestResult, OwnRun, StagingLimits, StoreOptions } from './ports.js'
import { keepPrivateBodies, type PrivateBody } from './private-bodies.shell.js'
import type { Projector } from './projector.service.js'
import type { KnownRecord } from './stored-record.js'
import { withoutPrivateBody } from './serving-ranges.shell.js'
import { type Removal, setRemovals } from './removing.shell.js'
import type { SettledHead } from './settling.shell.js'
import { WriteQueue } from './write-queue.js'

/** Fewer than so many records, of which nothing waits, are taken in, indexed and all, in one transaction. */
const RECORDS_IN_BULK = 256
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
  readonly certified = new Subject<Certified>()
  readonly conflicted = new Subject<{ net: Uint8Array; conflict: Conflict }>()
  readonly continued = new Subject<Claim>()
  readonly unclear = new Subject<void>()
  /** Transactions of appends so far: fewer than appends when they share them. */
  batches = 0
  private readonly log = new Logger('store')
  private readonly queue = new WriteQueue<PendingAppend>((batch) => this.writeBatch(batch))
  private readonly ground: Ground
  private readonly verifiers: Verifiers
  private readonly packed: PackedIngest
  private readonly certificates: Certificates

  constructor(
    private readonly database: DataSource,
    private readonly projector: Projector,
    private readonly indexer: Indexer,
    private readonly options: Pick<
      StoreOptions,
      'rules' | 'signer' | 'clock' | 'staging' | 'verifyingThreads' | 'bulkFrom'
    >,
  ) {
    const { rules, clock, signer, staging, verifyingThreads = sparedCores() } = options
    const isHome = (author: string) => signer.holds?.(author) ?? false
    this.ground = { rules, clock, limits: { ...DEFAULT_STAGING, ...staging }, isHome }
    this.verifiers = new Verifiers(verifyingThreads)
    this.packed = new PackedIngest(database, this.ground, this.verifiers, indexer, {
      alone: (work) => this.queue.alone(work),
      told: (net, logs, taken) => {
        if (taken && taken.marks.length > 0) this.projector.kick()
        return this.told(net, logs, taken)
      },
    })
    this.certificates = new Certificates(database, this.ground, {
      alone: (work) => this.queue.alone(work),
      told: (net, kept) => this.toldCertified(net, kept),
    })
  }

  /** Records that wait in memory for records of other logs. */
  get waiting(): number {
    return this.packed.waiting
  }

  async append(request: AppendRequest): Promise<AppendOutcome> {
    return new Promise((done, failed) => this.queue.append({ ...request, done, failed }))
  }

  async ingest(net: Uint8Array, runs: readonly Run[]): Promise<IngestResult> {
    const { sound, refused } = checkRuns(net, runs)
    return this.ingestSound(net, sound, refused)
  }

  async ingestPacked(net: Uint8Array, runs: readonly PackedRun[]): Promise<IngestResult> {
    const records = runs.reduce((sum, { count }) => sum + count, 0)
    if (records >= (this.options.bulkFrom ?? RECORDS_IN_BULK) || this.packed.isBusy(net))
      return this.packed.ingest(net, runs)
    return this.ingest(
      net,
      runs.map(({ author, records: of }) => ({ net, author, records: of.map(withoutPrivateBody) })),
    )
  }

  /** Stages what waits in memory. */
  async flush(): Promise<void> {
    await this.packed.flush()
  }

  private async ingestSound(
    net: Uint8Array,
    sound: readonly SoundRun[],
    refused: IngestResult['refused'],
  ): Promise<IngestResult> {
    const total: IngestResult = { accepted: 0, known: 0, staged: 0, advanced: [], refused, forks: [] }
    const advanced = new Map<string, Entry>()
    for (const part of groupsOf(sound)) {
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
        return suspendFork(manager, this.ground, net, proof)
      }),
    )
    if (isRefusal(outcome)) return outcome
    if (!outcome.known) {
      this.packed.forget()
      this.forked.next({ net, proof })
    }
    await this.indexer.recount()
    this.announce(outcome.advanced, false)
    this.tellConflicts(net, outcome.conflicts)
    await this.projectedUntil(outcome.marks)
    return { known: outcome.known }
  }

  async keepBranches(net: Uint8Array, branches: readonly Branch[]): Promise<void> {
    if (branches.length === 0) return
    const settled = await this.queue.alone(() =>
      this.database.transaction(async (manager) => {
        await lockLogs(manager)
        const acceptance = acceptanceOf(manager, this.ground)
        const { fresh, authors } = await keepBranches(manager, net, branches)
        acceptance.nowHeld(fresh)
        await acceptance.wake()
        await acceptance.write()
        return settleAnew(manager, this.ground, net, authors)
      }),
    )
    this.announce(settled.advanced, false)
    this.tellConflicts(net, settled.conflicts)
    this.projector.kick()
  }

  /** Keeps certificates, with others of the moment in one transaction. Returns those that are new. */
  async saveCertificates(net: Uint8Array, certificates: readonly Certificate[]): Promise<Certificate[]> {
    return this.certificates.save(net, certificates)
  }

  async settle(net: Uint8Array, author: Uint8Array, { seq, id }: SettledHead, cause: Uint8Array): Promise<void> {
    const settled = await this.queue.alone(() =>
      this.database.transaction(async (manager) => {
        await lockLogs(manager)
        const fresh: unknown[] = await manager.query(
          `insert into settlement (net, author, seq, id, cause) values ($1, $2, $3, $4, $5)
           on conflict do nothing returning seq`,
          [net, author, seq, id, cause],
        )
        return settleAnew(manager, this.ground, net, fresh.length > 0 ? [author] : [])
      }),
    )
    this.announce(settled.advanced, false)
    this.tellConflicts(net, settled.conflicts)
    await this.projectedUntil(settled.marks)
  }

  /** Lets exactly these removals of an identity be in effect. */
  async setRemovals(net: Uint8Array, identity: Uint8Array, removals: readonly Removal[]): Promise<void> {
    const marks = await this.queue.alone(() =>
      this.database.transaction(async (manager) => {
        await lockLogs(manager)
        await indexRest(manager, this.ground.rules)
        return setRemovals(manager, net, identity, removals)
      }),
    )
    await this.projectedUntil(marks)
  }

  /** From now on this node signs nothing more in a log; the first reason given stays, unless the node was restored. */
  async closeLog(net: Uint8Array, author: Uint8Array, reason: ClosedBecause): Promise<void> {
    await this.queue.alone(() =>
      this.database.transaction(async (manager) => {
        await lockLogs(manager)
        await closeLogs(manager, [{ net, author }], reason)
      }),
    )
  }

  /** Keeps evidence that the caller has checked. False when it is held. */
  async keepConflict(net: Uint8Array, conflict: Conflict): Promise<boolean> {
    const isNew = await keepConflict(this.database.manager, net, conflict)
    if (isNew) this.tellConflicts(net, [conflict])
    return isNew
  }

  /** Keeps bodies of private records. Returns how many of them were missing. */
  async keepPrivateBodies(blocks: readonly PrivateBody[]): Promise<number> {
    const { kept, marks } = await this.queue.alone(() =>
      this.database.transaction(async (manager) => {
        await lockLogs(manager)
        await indexRest(manager, this.ground.rules)
        return keepPrivateBodies(manager, this.ground.rules, blocks)
      }),
    )
    await this.projectedUntil(marks)
    return kept
  }

  /** Takes up records that waited for their time to come. */
  async wakeDelayed(): Promise<void> {
    const now = this.options.clock.now()
    const waiting: LogName[] = await this.database.query(`select net, author from waiting where until_ms <= $1`, [now])
    const nets = new Map(waiting.map(({ net }) => [toText(net), net]))
    for (const net of nets.values()) await this.ingestSound(net, [], [])
  }

  /** Finishes what was begun, and tells nothing more. */
  async close(): Promise<void> {
    this.packed.close()
    await this.queue.drained()
    await this.verifiers.close()
    this.advanced.complete()
    this.forked.complete()
    this.certified.complete()
    this.conflicted.complete()
    this.continued.complete()
    this.unclear.complete()
  }

  /** One transaction for a batch of appends; when something breaks it, each has a transaction of its own. */
  private async writeBatch(batch: PendingAppend[]): Promise<void> {
    try {
      await this.tryBatch(batch)
    } catch (error) {
      if (error instanceof CommitUnclear) this.unclear.next()
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
    // What `decide` folds is indexed before it folds it: the most of it without keeping others from writing.
    await this.indexer.caughtUp()
    const { acceptance, outcomes, written } = await writeAppends(this.database, this.ground, this.options.signer, batch)
    this.batches++
    this.packed.outdate()
    const logs = [...acceptance.advanced]
    this.announce(
      logs.filter((log) => written.has(log)),
      true,
      written,
    )
    this.announce(
      logs.filter((log) => !written.has(log)),
      false,
    )
    void this.projectedUntil(acceptance.marks).then(() => batch.forEach(({ done }, index) => done(outcomes[index]!)))
  }

  /** What others signed is projected while it goes to the disk: what a crash loses of it is fetched again. */
  private async ingestPart(net: Uint8Array, runs: readonly SoundRun[]): Promise<IngestResult> {
    const taken = await underLogsUnflushed(this.database, (manager, { waiting }) =>
      takeIn(manager, { ...this.ground, nothingWaits: !waiting }, net, runs),
    )
    if (taken.marks.length > 0) this.projector.kick()
    await flushed(this.database)
    if (taken.result.accepted > 0) this.packed.outdate()
    if (taken.proofs.length > 0) this.packed.forget()
    return { ...taken.result, advanced: this.told(net, [], taken) }
  }

  /** Tells what a commit brought: forks, logs that grew, subjects to be projected. Returns the entries of those logs. */
  private told(net: Uint8Array, logs: readonly LogState[], taken: TakenIn | null): Entry[] {
    const proofs = taken?.proofs ?? []
    for (const proof of proofs) this.forked.next({ net, proof })
    const grown = new Map(logs.map((log) => [logKey(log), log]))
    for (const log of taken?.advanced ?? []) grown.set(logKey(log), log)
    for (const proof of proofs) {
      const { author } = decodeHeader(proof.runs[0][0][0]!)
      if (!taken?.advanced.some((log) => equalBytes(log.author, author))) grown.delete(logKey({ net, author }))
    }
    this.tellConflicts(net, taken?.conflicts ?? [])
    this.tellContinued(taken?.continued ?? [])
    return this.announce(grown.values(), false)
  }

  private async toldCertified(net: Uint8Array, kept: CertificatesKept): Promise<void> {
    const { fresh, entries, subjects, advanced, conflicts, continued, marks } = kept
    this.announce(advanced, false)
    this.tellConflicts(net, conflicts)
    if (fresh.length > 0) this.certified.next({ net, certificates: fresh, entries })
    this.tellContinued(continued)
    await this.projectedUntil(marks)
    this.projector.announce(subjects)
  }

  private tellConflicts(net: Uint8Array, conflicts: readonly Conflict[]): void {
    for (const conflict of conflicts) this.conflicted.next({ net, conflict })
  }

  /** Once the folds that they change are projected. */
  private tellContinued(claims: readonly Claim[]): void {
    if (claims.length === 0) return
    const tell = () => {
      for (const claim of claims) this.continued.next(claim)
    }
    this.projector.idle().then(tell, (error) => this.log.error(error))
  }

  /** `written`: what was appended to own logs. */
  private announce(
    logs: Iterable<LogState>,
    own: boolean,
    written: ReadonlyMap<LogState, readonly KnownRecord[]> = new Map(),
  ): Entry[] {
    const byNet = new Map<string, { entries: Entry[]; runs: OwnRun[] }>()
    for (const log of logs) {
      const entry = log.entry()
      const net = toText(log.net)
      if (!entry) continue
      const of = byNet.get(net) ?? { entries: [], runs: [] }
      byNet.set(net, of)
      of.entries.push(entry)
      const records = written.get(log)
      if (records) of.runs.push(ownRunOf(log.author, records))
    }
    for (const [net, { entries, runs }] of byNet) this.advanced.next({ net: fromText(net), entries, own, runs })
    return [...byNet.values()].flatMap(({ entries }) => entries)
  }

  /** The records are in, so a projection that fails must not look like a failed append: it is reported here. */
  private async projectedUntil(marks: readonly number[]): Promise<void> {
    await this.projector.until(marks).catch((error) => this.log.error(error))
  }
}

/** Threads that verify when nothing else is said: the event loop and Postgres need a core, too. */
const sparedCores = (): number => Math.min(2, availableParallelism() - 1)

function ownRunOf(author: Uint8Array, records: readonly KnownRecord[]): OwnRun {
  const stored = records.map(({ headerBytes: header, signature, body }) => ({ header, signature, body }))
  return { author, from: records[0]!.header.seq, records: stored }
}
