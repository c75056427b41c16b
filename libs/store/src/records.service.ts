import { Logger } from '@nestjs/common'
import type { Folded, FoldRecord, Refusal } from '#libs/fold'
import type { Branch, Certificate, Conflict, Entry, ForkProof, PackedRun, Run, StoredRecord } from '#libs/record'
import type { Observable } from 'rxjs'
import type { DataSource } from 'typeorm'
import { admissionsAside } from './admitted-aside.shell.js'
import type { AppendOutcome } from './appending.shell.js'
import { finalAmong, readCertificates, readCertificatesOf } from './finality.shell.js'
import { foldTargets } from './folding.shell.js'
import { readConflicts } from './conflicts.shell.js'
import { type Claim, type ClosedBecause, currentLog, type CurrentLog } from './continuing.shell.js'
import { readBranch, readForks } from './forks.shell.js'
import { Indexer } from './indexer.service.js'
import type {
  Advanced,
  Certified,
  Decide,
  Digests,
  IngestResult,
  ProjectedSubjects,
  RebuildProgress,
  StoreOptions,
  VerifyProgress,
} from './ports.js'
import {
  type MissingBodies,
  type PrivateBody,
  type PrivateRecord,
  readMissingBodies,
  readPrivateRecords,
} from './private-bodies.shell.js'
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
import { proveFinality } from './proving.shell.js'
import { readDigests, rebuild } from './rebuilding.shell.js'
import { type ReadStretch, readStretches, type Stretch, type StretchLimits } from './serving-ranges.shell.js'
import type { Removal } from './removing.shell.js'
import { leadsTo, type SettledHead } from './settling.shell.js'
import { plainBytes } from './stored-record.js'
import { verify } from './verification.shell.js'
import { Writer } from './writer.service.js'

const WAKE_EVERY_MS = 30_000

/** The records of this node: the one way in (own and others') and the ways to read them. */
export class Records {
  private readonly projector: Projector
  private readonly indexer: Indexer
  private readonly writer: Writer
  private readonly wakeTimer: NodeJS.Timeout

  constructor(
    private readonly database: DataSource,
    private readonly options: Omit<StoreOptions, 'database' | 'migrations' | 'entities'>,
  ) {
    this.projector = new Projector(database, options.rules, options.projections)
    this.indexer = new Indexer(database, options.rules, this.projector)
    this.writer = new Writer(database, this.projector, this.indexer, options)
    const report = (error: unknown) => new Logger('store').error(error)
    this.wakeTimer = setInterval(() => void this.wakeDelayed().catch(report), WAKE_EVERY_MS)
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
    return this.writer.append({ net, author, decide })
  }

  /** Others' records, from peers or files: verified, accepted in causal order or staged. Idempotent. */
  async ingest(net: Uint8Array, runs: Run[]): Promise<IngestResult> {
    return this.writer.ingest(net, runs)
  }

  /**
   * The same for runs as they came over the wire, and the quick way for many of them: verified on threads beside the event
   * loop, and indexed and projected behind. What names records of other logs that are still to come waits for them, in
   * memory at first, then staged. Bodies of private records are left out: they come with `keepPrivateBodies`, to those who may
   * read them.
   */
  async ingestPacked(net: Uint8Array, runs: readonly PackedRun[]): Promise<IngestResult> {
    return this.writer.ingestPacked(net, runs)
  }

  /** Records that are accepted and whose subjects are not known yet; and records that wait in memory for others. */
  get lag(): { unindexed: number; waiting: number } {
    return { unindexed: this.indexer.lag, waiting: this.writer.waiting }
  }

  /** Resolves when the subjects of all that was accepted before the call are known: folds and timelines are complete. */
  async indexed(): Promise<void> {
    return this.indexer.caughtUp()
  }

  /** Outside of a transaction. Null when there is no such subject of this type. */
  async fold<S>(type: string, subject: string): Promise<Folded<S> | null> {
    await this.indexer.caughtUp()
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
    await this.indexer.caughtUp()
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

  /**
   * Stretches of accepted records as they are sent, many in few round trips: packed, thinly signed, without private bodies.
   * Each goes on to a signed record; one of which nothing is held, or that can't be cut to fit, comes back empty.
   */
  async readStretches(net: Uint8Array, stretches: readonly Stretch[], limits: StretchLimits): Promise<ReadStretch[]> {
    return readStretches(this.database, net, stretches, limits)
  }

  /** Keeps bodies of private records that are those their headers name; others are left. Returns how many were missing. */
  async keepPrivateBodies(bodies: readonly PrivateBody[]): Promise<number> {
    return this.writer.keepPrivateBodies(bodies)
  }

  /** Private records of a network among these, with the bodies that are held. */
  async privateRecords(net: Uint8Array, ids: readonly Uint8Array[]): Promise<PrivateRecord[]> {
    return readPrivateRecords(this.database.manager, net, ids)
  }

  /** The private records of these identities (first keys) whose bodies are not held: at most `most` ids of each. */
  async missingPrivateBodies(net: Uint8Array, authors: readonly Uint8Array[], most: number): Promise<MissingBodies[]> {
    return readMissingBodies(this.database.manager, net, authors, most)
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
    return this.writer.advanced
  }

  /** Subjects that were projected, or whose records were certified, after the commit. */
  get projected(): Observable<ProjectedSubjects> {
    return this.projector.projected
  }

  /** Forks that became known here, by `ingest` or `suspend`. */
  get forked(): Observable<{ net: Uint8Array; proof: ForkProof }> {
    return this.writer.forked
  }

  /** Certificates that are new here, and their logs as they stand then. */
  get certified(): Observable<Certified> {
    return this.writer.certified
  }

  /** Transactions of appends so far: fewer than appends when they share them. */
  get batches(): number {
    return this.writer.batches
  }

  /** Resolves when every projection is up to date with what was accepted before the call, and what waits is staged. */
  async settled(): Promise<void> {
    await this.writer.flush()
    await this.indexer.caughtUp()
    await this.projector.idle()
  }

  /**
   * Applies a fork proof: checks it, keeps it, moves the disputed records to the side table. `known`: it was held
   * already. Refuses: fork_invalid {reason}.
   */
  async suspend(net: Uint8Array, proof: ForkProof): Promise<{ known: boolean } | Refusal> {
    return this.writer.suspend(net, proof)
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
    return this.writer.keepBranches(net, branches)
  }

  /** Suspended records by id, as branches: what a record of another log rests on. */
  async branch(net: Uint8Array, id: Uint8Array): Promise<Branch | null> {
    return readBranch(this.database.manager, net, id)
  }

  /** The suspended admissions that let in logs which begin with these records, by id. */
  async admissionsAside(net: Uint8Array, firsts: readonly Uint8Array[]): Promise<Uint8Array[]> {
    return (await admissionsAside(this.database.manager, net, firsts)).map(({ id }) => id)
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
    return (await this.writer.saveCertificates(net, [certificate])).length > 0
  }

  /** The same for many, in one transaction. Returns those that are new. */
  async saveCertificates(net: Uint8Array, certificates: readonly Certificate[]): Promise<Certificate[]> {
    return this.writer.saveCertificates(net, certificates)
  }

  /** The newest certificates that are held of some authors, one for each configuration. */
  async certificatesOf(net: Uint8Array, authors: readonly Uint8Array[]): Promise<Certificate[]> {
    return readCertificatesOf(this.database, net, authors)
  }

  /** Certificates that are held of a network, or of one author. */
  async certificates(net: Uint8Array, author?: Uint8Array): Promise<Certificate[]> {
    return readCertificates(this.database, net, author)
  }

  /**
   * From now on this node signs nothing more in this log: `append` refuses identity_continuing until another key continues it,
   * and then writes there.
   */
  async closeLog(net: Uint8Array, author: Uint8Array, reason: ClosedBecause): Promise<void> {
    return this.writer.closeLog(net, author, reason)
  }

  /** The log in which an identity (its first key) writes now, by the continuations that are held. */
  async currentLog(net: Uint8Array, identity: Uint8Array): Promise<CurrentLog> {
    const { key, closed, number } = await currentLog(this.database.manager, net, identity)
    return { key: plainBytes(key), closed, number }
  }

  /** Whether a record of a log stands on the way to another one of it, accepted or beside the log. */
  async leadsTo(net: Uint8Array, author: Uint8Array, from: SettledHead, to: Uint8Array): Promise<boolean> {
    return leadsTo(this.database.manager, net, author, from, to)
  }

  /** The head that the steward's word made count in a log that had forked, once it is accepted here; null when there is none. */
  async settledHead(net: Uint8Array, author: Uint8Array): Promise<SettledHead | null> {
    const [row]: SettledHead[] = await this.database.query(
      `select s.seq, s.id from settlement s join record r on r.id = s.id
       where s.net = $1 and s.author = $2 order by s.seq desc limit 1`,
      [net, author],
    )
    return row ? { seq: row.seq, id: plainBytes(row.id) } : null
  }

  /** The steward's word that is in force: this head counts in a log that had forked. Void against a certificate. */
  async settle(net: Uint8Array, author: Uint8Array, head: SettledHead, cause: Uint8Array): Promise<void> {
    return this.writer.settle(net, author, head, cause)
  }

  /**
   * Lets exactly these removals of an identity (its first key) be in effect: what it writes beyond the lowest of the heads that
   * they name, and only members may, is void (`author_removed`). A head that is no record of that identity is left out.
   */
  async setRemovals(net: Uint8Array, identity: Uint8Array, removals: readonly Removal[]): Promise<void> {
    return this.writer.setRemovals(net, identity, removals)
  }

  /** The identities (first keys) that were removed, and the record that did it. */
  async removed(net: Uint8Array): Promise<{ identity: Uint8Array; cause: Uint8Array }[]> {
    const rows: { identity: Uint8Array; cause: Uint8Array }[] = await this.database.query(
      `select distinct identity, cause from removal where net = $1 order by identity`,
      [net],
    )
    return rows.map(({ identity, cause }) => ({ identity: plainBytes(identity), cause: plainBytes(cause) }))
  }

  /** The newest key in effect of an identity (its first key). */
  async speakingKey(net: Uint8Array, identity: Uint8Array): Promise<Uint8Array> {
    const [row]: { author: Uint8Array }[] = await this.database.query(
      `select l.author from speaker s join log l on l.no = s.log
       where l.net = $1 and s.identity = $2 and s.last is null order by s.start desc limit 1`,
      [net, identity],
    )
    return row ? plainBytes(row.author) : identity
  }

  /** The identity for which a key speaks: its own until it continues another's. */
  async identityOf(net: Uint8Array, key: Uint8Array): Promise<Uint8Array> {
    const [row]: { identity: Uint8Array }[] = await this.database.query(
      `select s.identity from speaker s join log l on l.no = s.log where l.net = $1 and l.author = $2`,
      [net, key],
    )
    return row ? plainBytes(row.identity) : key
  }

  /** Continuations that took effect here, once what they change is projected. */
  get continued(): Observable<Claim> {
    return this.writer.continued
  }

  /** The database went away during a commit of own records: they may be in it, and nobody was told. */
  get unclear(): Observable<void> {
    return this.writer.unclear
  }

  /** Evidence that became known here: two heads of one log were both certified. */
  get conflicted(): Observable<{ net: Uint8Array; conflict: Conflict }> {
    return this.writer.conflicted
  }

  /** Keeps evidence that the caller has checked. False when it is held. */
  async keepConflict(net: Uint8Array, conflict: Conflict): Promise<boolean> {
    return this.writer.keepConflict(net, conflict)
  }

  /** The evidence that is held of a network. */
  async conflicts(net: Uint8Array): Promise<Conflict[]> {
    return readConflicts(this.database, net)
  }

  /** Certified at or above it, and all that it rests on is final. */
  async isFinal(id: string): Promise<boolean> {
    return (await this.finalOf([id])).has(id)
  }

  /** Of the given ids those that are final. */
  async finalOf(ids: readonly string[]): Promise<Set<string>> {
    return finalAmong(this.database, ids)
  }

  /**
   * The bytes of a proof that a record is final. `withBodies`: with the public bodies of all that it rests on. Refuses:
   * record_not_found, not_final, proof_too_large.
   */
  async prove(id: string, withBodies: boolean): Promise<Uint8Array | Refusal> {
    await this.indexer.caughtUp()
    return this.database.transaction('REPEATABLE READ', (manager) =>
      proveFinality(manager, this.options.rules, id, withBodies),
    )
  }

  /** Re-checks hashes, signatures, chains, folds, projections, and the steps that other parts added. */
  verify(): AsyncGenerator<VerifyProgress> {
    const { rules, verifySteps } = this.options
    return verify(this.database, rules, this.indexer, this.projector, verifySteps ?? [])
  }

  /** Drops and rebuilds all that is derived from records, in one transaction: readers see the old rows until its end. */
  rebuild(): AsyncGenerator<RebuildProgress> {
    return this.rebuilding()
  }

  private async *rebuilding(): AsyncGenerator<RebuildProgress> {
    yield* rebuild(this.database, this.options.rules, this.projector)
    await this.indexer.recount()
  }

  /** Per subject, ascending, the digest of its state, and of all. Digests as text (z-base-32). */
  async digests(): Promise<Digests> {
    await this.indexer.caughtUp()
    await this.projector.idle()
    return readDigests(this.database)
  }

  /** Takes up records that waited for their time to come, and subjects that could not be projected; done every 30 s. */
  async wakeDelayed(): Promise<void> {
    this.projector.retry()
    return this.writer.wakeDelayed()
  }

  /** Finishes what was begun. The database stays open. */
  async close(): Promise<void> {
    clearInterval(this.wakeTimer)
    await this.writer.close()
    await this.indexer.close()
    await this.projector.close()
  }
}
