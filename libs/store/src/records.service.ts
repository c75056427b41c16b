import { Logger } from '@nestjs/common'
import { type Folded, type FoldRecord, isRefusal, type Refusal } from '#libs/fold'
import type { Branch, Certificate, Entry, ForkProof, Run, StoredRecord } from '#libs/record'
import { equalBytes, fromText, toText } from '#libs/record'
import { type Observable, Subject } from 'rxjs'
import type { DataSource, EntityManager } from 'typeorm'
import { Acceptance } from './acceptance.shell.js'
import { Appending, type AppendOutcome, type AppendRequest } from './appending.shell.js'
import { certifyLog, finalAmong, keepCertificate, readCertificates } from './finality.shell.js'
import { foldTargets } from './folding.shell.js'
import { applyFork, keepBranches, readBranch, readForks, settleFork } from './forks.shell.js'
import { placeRuns } from './ingesting.shell.js'
import { lockLogs } from './locks.shell.js'
import type { LogName, LogState } from './log-state.shell.js'
import type {
  Advanced,
  Decide,
  Digests,
  IngestResult,
  ProjectedSubjects,
  RebuildProgress,
  StagingLimits,
  StoreOptions,
  VerifyProgress,
} from './ports.js'
import { Projector } from './projector.service.js'
import {
  readCompanions,
  readEntries,
  readNewcomer,
  readRange,
  readRecord,
  readSubject,
  subjectTarget,
} from './reading.shell.js'
import { readDigests, rebuild } from './rebuilding.shell.js'
import { verify } from './verification.shell.js'
import { WriteQueue } from './write-queue.js'

/** Records that are ingested in one transaction. */
const RECORDS_PER_INGEST = 2_000
const WAKE_EVERY_MS = 30_000
const DEFAULT_STAGING: StagingLimits = { perAuthor: 10_000, total: 200_000 }

interface PendingAppend extends AppendRequest {
  done(outcome: AppendOutcome): void
  failed(error: unknown): void
}

/** The records of this node: the one way in (own and others') and the ways to read them. */
export class Records {
  private readonly log = new Logger('store')
  private readonly queue = new WriteQueue<PendingAppend>((batch) => this.writeBatch(batch))
  private readonly limits: StagingLimits
  private readonly projector: Projector
  private readonly wakeTimer: NodeJS.Timeout
  private readonly advancedLogs = new Subject<Advanced>()
  private readonly forkedLogs = new Subject<{ net: Uint8Array; proof: ForkProof }>()
  private readonly certifiedLogs = new Subject<{ net: Uint8Array; certificate: Certificate; entry: Entry | null }>()
  /** Transactions of appends so far: fewer than appends when they share them. */
  batches = 0

  constructor(
    private readonly database: DataSource,
    private readonly options: Omit<StoreOptions, 'database' | 'migrations' | 'entities'>,
  ) {
    this.limits = { ...DEFAULT_STAGING, ...options.staging }
    this.projector = new Projector(database, options.rules, options.projections)
    this.wakeTimer = setInterval(() => void this.wakeDelayed().catch((error) => this.log.error(error)), WAKE_EVERY_MS)
    this.wakeTimer.unref()
    // What a crash left unprojected.
    this.projector.kick()
  }

  /**
   * Decides and appends own records, in one transaction with other appends of the moment; resolves after the commit, when
   * the touched subjects are projected. `net` null: the first draft is a `network.created`. A first `identity.created` of a
   * log that nobody has admitted yet is staged (see `newcomer`) and accepted together with the `member.admitted` that refs
   * it. Refuses: what `decide` refuses, key_unavailable {author}, not_admitted, log_forked {from}, log_behind {staged},
   * clock_behind {id, atMs}, record_unknown {id}, reference_own {id}, record_malformed {kind, reason}, admission_void.
   */
  async append(net: string | null, author: string, decide: Decide): Promise<AppendOutcome> {
    return new Promise((done, failed) => this.queue.append({ net, author, decide, done, failed }))
  }

  /** Others' records, from peers or files: verified, accepted in causal order or staged. Idempotent. */
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

  /** Outside of a transaction. Null when there is no such subject of this type. */
  async fold<S>(type: string, subject: string): Promise<Folded<S> | null> {
    const target = await subjectTarget(this.database, type, subject)
    if (!target) return null
    const { targets } = await foldTargets(this.database.manager, this.options.rules, [target])
    const found = targets.find((fold) => fold.subject === subject && fold.type === type)!
    return found.folded as Folded<S>
  }

  /** An accepted record; null when there is none. */
  async record(id: string): Promise<FoldRecord | null> {
    return readRecord(this.database, id)
  }

  /** Every record of a subject in canonical order; empty when there is none. */
  async timeline(subject: string): Promise<FoldRecord[]> {
    return (await readSubject(this.database, subject)).map(({ record }) => record.fold)
  }

  /**
   * Accepted records of a log from a seq on: at most `count` and about `maxBytes`, then on to the next signed one.
   * Empty when `from` is not below the accepted length.
   */
  async readRange(
    net: Uint8Array,
    author: Uint8Array,
    from: number,
    count: number,
    maxBytes: number,
  ): Promise<StoredRecord[]> {
    return readRange(this.database, net, author, from, count, maxBytes)
  }

  /** Runs that must travel with records: the seq 0 of every log that they admit. */
  async companions(records: readonly StoredRecord[]): Promise<Run[]> {
    return readCompanions(this.database, records)
  }

  /** The staged seq 0 of a log that waits for admission; null when there is none. */
  async newcomer(net: Uint8Array, author: Uint8Array): Promise<StoredRecord | null> {
    return readNewcomer(this.database, net, author)
  }

  /** The entries of a network, ascending by author: what its Merkle tree is made of. */
  async entries(net: Uint8Array): Promise<Entry[]> {
    return readEntries(this.database, net)
  }

  /** Null when no record of the log is accepted. */
  async head(net: Uint8Array, author: Uint8Array): Promise<Entry | null> {
    const [entry] = await readEntries(this.database, net, author)
    return entry ?? null
  }

  /** The networks of which records are accepted: ids. */
  async networks(): Promise<Uint8Array[]> {
    const rows: { net: Uint8Array }[] = await this.database.query(
      `select distinct net from log where length > 0 order by net`,
    )
    return rows.map(({ net }) => new Uint8Array(net))
  }

  /** Logs that grew, after the commit. */
  get advanced(): Observable<Advanced> {
    return this.advancedLogs
  }

  /** Subjects that were projected, or whose records were certified, after the commit. */
  get projected(): Observable<ProjectedSubjects> {
    return this.projector.projected
  }

  /** Forks that became known here, by `ingest` or `suspend`. */
  get forked(): Observable<{ net: Uint8Array; proof: ForkProof }> {
    return this.forkedLogs
  }

  /** Certificates that are new here, with the entry of the log as it stands then. */
  get certified(): Observable<{ net: Uint8Array; certificate: Certificate; entry: Entry | null }> {
    return this.certifiedLogs
  }

  /** Resolves when every projection is up to date with what was accepted before the call. */
  async settled(): Promise<void> {
    await this.projector.idle()
  }

  /**
   * Applies a fork proof: checks it, keeps it, moves the disputed records to the side table. `known`: it was held
   * already. Refuses: fork_invalid {reason}.
   */
  async suspend(net: Uint8Array, proof: ForkProof): Promise<{ known: boolean } | Refusal> {
    const outcome = await this.queue.alone(() =>
      this.database.transaction(async (manager) => {
        await lockLogs(manager)
        return this.applyFork(manager, net, proof)
      }),
    )
    if (isRefusal(outcome)) return outcome
    if (!outcome.known) this.forkedLogs.next({ net, proof })
    this.announce(outcome.advanced, false)
    await this.projectedUntil(outcome.marks)
    return { known: outcome.known }
  }

  /** Proofs that are held of a network, or of one author. */
  async forks(net: Uint8Array, author?: Uint8Array): Promise<ForkProof[]> {
    return readForks(this.database.manager, net, author)
  }

  /**
   * Keeps checked branches of disputed logs in the side table, so that records that name them can be accepted. Branches of
   * logs that are not disputed there are left out: they come as records.
   */
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

  /** Suspended records by id, as branches: what a record of another log rests on. */
  async branch(net: Uint8Array, id: Uint8Array): Promise<Branch | null> {
    return readBranch(this.database.manager, net, id)
  }

  /** How many records of a network wait. */
  async stagedCount(net: Uint8Array): Promise<number> {
    const [row]: { n: number }[] = await this.database.query(`select count(*) as n from staged where net = $1`, [net])
    return row!.n
  }

  /**
   * Keeps a certificate that the caller has verified against its `cfg`; raises the log's final length once the log is
   * accepted so far. Settles a fork when it is at or above it. False when one as new is held.
   */
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
    this.certifiedLogs.next({ net, certificate, entry: await this.head(net, certificate.author) })
    await this.projectedUntil(outcome.marks)
    this.projector.announce(outcome.subjects)
    return true
  }

  /** Certificates that are held of a network, or of one author. */
  async certificates(net: Uint8Array, author?: Uint8Array): Promise<Certificate[]> {
    return readCertificates(this.database, net, author)
  }

  /** Certified at or above it, and all that it rests on is final. */
  async isFinal(id: string): Promise<boolean> {
    return (await this.finalOf([id])).has(id)
  }

  /** Of the given ids those that are final. */
  async finalOf(ids: readonly string[]): Promise<Set<string>> {
    return finalAmong(this.database, ids)
  }

  /** Re-checks hashes, signatures, chains, folds, projections, and the steps that other parts added. */
  verify(): AsyncGenerator<VerifyProgress> {
    const { rules, verifySteps } = this.options
    return verify(this.database, rules, this.projector, verifySteps ?? [])
  }

  /** Drops and rebuilds all that is derived from records, in one transaction: readers see the old rows until its end. */
  rebuild(): AsyncGenerator<RebuildProgress> {
    return rebuild(this.database, this.options.rules, this.projector)
  }

  /** Per subject, ascending, the digest of its state, and of all. Digests as text (z-base-32). */
  async digests(): Promise<Digests> {
    await this.projector.idle()
    return readDigests(this.database)
  }

  /** Takes up records that waited for their time to come. */
  async wakeDelayed(): Promise<void> {
    const now = this.options.clock.now()
    const waiting: LogName[] = await this.database.query(`select net, author from waiting where until_ms <= $1`, [now])
    const nets = new Map(waiting.map(({ net }) => [toText(net), net]))
    for (const net of nets.values()) await this.queue.alone(() => this.ingestPart(net, []))
  }

  /** Finishes what was begun. The database stays open. */
  async close(): Promise<void> {
    clearInterval(this.wakeTimer)
    await this.queue.drained()
    await this.projector.close()
    this.advancedLogs.complete()
    this.forkedLogs.complete()
    this.certifiedLogs.complete()
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
      for (const append of batch) await this.writeBatch([append])
    }
  }

  private async tryBatch(batch: PendingAppend[]): Promise<void> {
    const { rules, signer, clock } = this.options
    const { acceptance, outcomes } = await this.database.transaction(async (manager) => {
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
      return { acceptance, outcomes }
    })
    this.batches++
    this.announce(acceptance.advanced, true)
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
    for (const proof of proofs) this.forkedLogs.next({ net, proof })
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
    for (const [net, entries] of byNet) this.advancedLogs.next({ net: fromText(net), entries, own })
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
