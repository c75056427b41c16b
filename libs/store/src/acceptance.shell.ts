/**
 * How records become accepted, own and others' alike: in causal order, each log up to its first record that names
 * something that is not held. One Acceptance serves one transaction, under the store's write lock.
 */
import { type FoldRecord, type Rules, subjectsOf } from '#libs/fold'
import { equalBytes, fromText, toText } from '#libs/record'
import type { EntityManager } from 'typeorm'
import { namesOwn } from './concerning.shell.js'
import { afterOf, CONTINUED, continuationProblem } from './continuation.js'
import { noteContinuations, ownEarlier } from './continuing.shell.js'
import { foldTargets } from './folding.shell.js'
import { type Block, loadLogs, logKey, type LogName, type LogState } from './log-state.shell.js'
import { type AcceptedRecord, writeAccepted } from './accepted-rows.shell.js'
import { ADMISSION, NEWCOMER } from './admission.js'
import { admissionsAside } from './admitted-aside.shell.js'
import { AHEAD_MS } from './ingest/planning.js'
import type { RefusedRun, StagingLimits } from './ports.js'
import { bytesOfId } from './reading.shell.js'
import { type KnownRecord, knownRecord, type RecordBytes } from './stored-record.js'
import { writeStaging } from './staging-rows.shell.js'

/** A record that may be named: accepted, or in the side table of a fork. */
interface Held {
  fold: FoldRecord
  /** It is on a suspended branch or rests on one. */
  suspended: boolean
}

export class Acceptance {
  private readonly logs = new Map<string, LogState>()
  private readonly held = new Map<string, Held>()
  /** Staged records of loaded logs, by id. */
  private readonly candidates = new Map<string, KnownRecord>()
  private readonly waiters = new Map<string, Set<LogState>>()
  /** The first records of logs that others continue, by log. */
  private readonly firsts = new Map<string, FoldRecord>()
  /** First records (text) whose admission is on a branch beside its log. */
  private readonly admittedAside = new Set<string>()
  private pending: AcceptedRecord[] = []
  /** Records that others may have waited for: accepted ones, newcomers' first ones, and what came into a side table. */
  private wakers: Uint8Array[] = []
  /** Accepted admissions that let somebody in, on the assumption that they are valid. */
  readonly admitting: KnownRecord[] = []
  /** Accepted records that name their network, in the order of their causes. */
  readonly ofNetwork: FoldRecord[] = []
  readonly refused: RefusedRun[] = []
  readonly advanced = new Set<LogState>()
  /** Of the rows in `dirty_subject` that this transaction wrote. */
  readonly marks: number[] = []
  accepted = 0
  staged = 0
  private hasNoWaiters = false
  /** A continuation was accepted, or a log up to a certificate: one may take effect. */
  mayContinue = false

  constructor(
    readonly manager: EntityManager,
    private readonly rules: Rules,
    private readonly now: number,
    readonly limits: StagingLimits,
    /** Admissions that a fold found void: they let nobody in. */
    private readonly voidAdmissions: ReadonlySet<string> = new Set(),
  ) {}

  /** The states of logs, loaded once. */
  async load(names: readonly LogName[]): Promise<LogState[]> {
    const unknown = new Map(names.map((name) => [logKey(name), name]))
    for (const key of this.logs.keys()) unknown.delete(key)
    if (unknown.size > 0) {
      for (const log of await loadLogs(this.manager, [...unknown.values()])) {
        this.logs.set(logKey(log), log)
        for (const { record } of log.staged.values()) this.candidates.set(record.fold.id, record)
      }
    }
    return names.map((name) => this.logs.get(logKey(name))!)
  }

  /** Puts a record of a loaded log up for acceptance. */
  offer(log: LogState, record: KnownRecord): void {
    const before = log.staged.get(record.header.seq)
    if (before?.stored) log.unstaged.push(record.header.seq)
    log.staged.set(record.header.seq, { record, stored: false })
    this.candidates.set(record.fold.id, record)
  }

  /** What is held under these ids (text); one that is missing in the answer is not. */
  async hold(ids: Iterable<string>): Promise<ReadonlyMap<string, Held>> {
    const unknown = [...new Set(ids)].filter((id) => !this.held.has(id))
    if (unknown.length > 0) {
      const rows: (RecordBytes & { suspended: boolean })[] = await this.manager.query(
        `select header, body, null as signature, suspended from record where id = any($1::bytea[])
         union all select header, body, null, true from suspended where id = any($1::bytea[])`,
        [unknown.map(bytesOfId)],
      )
      for (const row of rows) {
        const { fold } = knownRecord(row)
        this.held.set(fold.id, { fold, suspended: row.suspended })
      }
    }
    return this.held
  }

  /** Accepts all that can be, of these logs and of those that wait for what is accepted on the way. */
  async settle(logs: readonly LogState[]): Promise<void> {
    for (let open = logs; open.length > 0; open = await this.woken()) {
      await this.prepare(open)
      this.advance(open)
    }
  }

  /** Accepts a record that was made here just now: nobody can have waited for it. */
  acceptNew(log: LogState, record: KnownRecord): void {
    this.accept(log, record)
    this.wakers.pop()
  }

  /** Accepts a record whose place in its log and whose references have been checked. */
  private accept(log: LogState, record: KnownRecord): void {
    const { fold, header, id } = record
    const suspended = [...fold.refs, ...(fold.subj === null ? [] : [fold.subj])].some(
      (named) => this.held.get(named)?.suspended,
    )
    const staged = log.staged.get(header.seq)
    if (staged) {
      log.staged.delete(header.seq)
      if (staged.stored) log.unstaged.push(header.seq)
    }
    if (header.seq === 0) this.firsts.set(logKey(log), fold)
    this.mayContinue ||= fold.kind === CONTINUED || log.awaitsCertified
    log.length = header.seq + 1
    log.head = id
    log.headAt = header.at
    log.block = null
    log.grew = true
    this.held.set(fold.id, { fold, suspended })
    this.pending.push({ log, record, suspended, subjects: [] })
    if ([fold.id, fold.subj, ...fold.refs].includes(fold.net)) this.ofNetwork.push(fold)
    this.wakers.push(id)
    this.advanced.add(log)
    this.accepted++
  }

  /** Writes what was accepted since the last write, and what is staged. */
  async write(): Promise<void> {
    const { manager, rules, pending } = this
    if (pending.length > 0) {
      await this.holdConcerned(pending.map(({ record }) => record))
      const find = (id: string) => this.held.get(id)?.fold
      await noteContinuations(
        manager,
        pending.map(({ record }) => record),
      )
      const folds = pending.map(({ record }) => record.fold)
      const isOwn = await ownEarlier(manager, folds, find, (fold) => namesOwn(rules, fold, find))
      for (const accepted of pending)
        accepted.subjects = [...subjectsOf(accepted.record.fold, rules, find, isOwn)].map(fromText)
      this.pending = []
      this.marks.push(...(await writeAccepted(manager, rules, pending)))
    }
    this.hasNoWaiters &&= [...this.logs.values()].every(({ staged }) => staged.size === 0)
    this.staged += await writeStaging(manager, [...this.logs.values()], this.limits, this.refused)
  }

  /** Of the admissions that let somebody in those that turn out to be void, once written. */
  async foundVoid(): Promise<string[]> {
    if (this.admitting.length === 0) return []
    const subjects = [...new Set(this.admitting.flatMap(({ fold }) => (fold.subj === null ? [] : [fold.subj])))]
    const rows: { id: Uint8Array; type: string; rank: number; net: Uint8Array }[] = await this.manager.query(
      `select id, type, rank, net from subject where id = any($1::bytea[])`,
      [subjects.map(fromText)],
    )
    const targets = rows.map(({ id, type, rank, net }) => ({ subject: toText(id), type, rank, net: toText(net) }))
    // Removals never change what is stored.
    const folds = await foldTargets(this.manager, this.rules, targets, { byCausalPast: true })
    const admissions = new Set(this.admitting.map(({ fold }) => fold.id))
    const valid = new Set<string>()
    const wanted = folds.targets.filter(({ subject }) => subjects.includes(subject))
    for (const { folded } of wanted) for (const id of folded.applied) if (!folded.voids.has(id)) valid.add(id)
    for (const { folded } of wanted) for (const id of folded.voids.keys()) valid.delete(id)
    return [...admissions].filter((id) => !valid.has(id))
  }

  /** Records that came into the side table of a fork: they may be named, and what waited for them may go on. */
  nowHeld(ids: readonly Uint8Array[]): void {
    this.wakers.push(...ids)
  }

  /** Says that no log waits in the database, so that none is looked for until this acceptance stages some itself. */
  nobodyWaits(): void {
    this.hasNoWaiters = true
  }

  /** Lets what waited in the database for records accepted so far go on. */
  async wake(): Promise<void> {
    await this.settle(await this.woken())
  }

  /** Loads all that the next records of these logs name, and the newcomers that they admit. */
  private async prepare(logs: readonly LogState[]): Promise<void> {
    const next = logs.flatMap((log) => [...log.staged.values()].map(({ record }) => record))
    await this.hold(
      this.unknown(next.flatMap(({ fold }) => [...fold.refs, ...(fold.subj === null ? [] : [fold.subj])])),
    )
    await this.holdConcerned(next)
    await this.holdContinued(next)
    await this.holdAdmittedAside(next)
    const admitted = next.filter(({ fold }) => fold.kind === ADMISSION).flatMap(({ fold }) => fold.refs)
    await this.loadNewcomers(this.unknown(admitted))
  }

  /** Loads which newcomers were let in on a branch beside its log. */
  private async holdAdmittedAside(records: readonly KnownRecord[]): Promise<void> {
    const [first, ...others] = records.filter(({ fold }) => fold.kind === NEWCOMER && !this.held.has(fold.id))
    if (!first) return
    const firsts = [first, ...others].map(({ id }) => id)
    for (const aside of await admissionsAside(this.manager, first.header.net, firsts))
      this.admittedAside.add(toText(aside.first))
  }

  /** Loads the first records of logs that are to be continued: they commit to the next key. */
  private async holdContinued(records: readonly KnownRecord[]): Promise<void> {
    const logs = records.flatMap(({ header, fold }) => {
      const after = fold.kind === CONTINUED ? this.find(afterOf(fold) ?? '') : undefined
      return after ? [{ net: header.net, author: fromText(after.author) }] : []
    })
    if (logs.length === 0) return
    const rows: (LogName & RecordBytes)[] = await this.manager.query(
      `select l.net, l.author, r.header, r.body, null as signature
       from unnest($1::bytea[], $2::bytea[]) n(net, author) join log l on l.net = n.net and l.author = n.author
       join record r on r.log = l.no and r.seq = 0`,
      [logs.map(({ net }) => net), logs.map(({ author }) => author)],
    )
    for (const row of rows) this.firsts.set(logKey(row), knownRecord(row).fold)
  }

  /** Loads what decides which subjects records concern: own records named in bodies, and what the first record names. */
  private async holdConcerned(records: readonly KnownRecord[]): Promise<void> {
    const own = records.flatMap(({ fold }) => this.rules.concernsOwn(fold.kind, fold.body))
    await this.hold(this.unknown(own))
    const firsts = records.flatMap(({ fold }) => {
      const first = fold.subj !== null && this.rules.kind(fold.kind)?.concernsAsFirst ? this.find(fold.subj) : undefined
      return first ? [...first.refs, ...this.rules.concernsOwn(first.kind, first.body)] : []
    })
    await this.hold(this.unknown(firsts))
  }

  private find(id: string): FoldRecord | undefined {
    return this.held.get(id)?.fold ?? this.candidates.get(id)?.fold
  }

  private unknown(ids: readonly string[]): string[] {
    return ids.filter((id) => !this.held.has(id) && !this.candidates.has(id))
  }

  /** Loads the logs whose staged seq 0 is among `ids`, and what they name. */
  async loadNewcomers(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const names: LogName[] = await this.manager.query(
      `select net, author from staged where seq = 0 and id = any($1::bytea[])`,
      [ids.map(fromText)],
    )
    if (names.length > 0) await this.prepare(await this.load(names))
  }

  /** Accepts in memory until every log is blocked. */
  private advance(logs: readonly LogState[]): void {
    const work = [...logs]
    for (let log = work.pop(); log !== undefined; log = work.pop()) {
      for (let next = log.staged.get(log.length); next !== undefined; next = log.staged.get(log.length)) {
        const { record } = next
        const breach = this.breach(log, record)
        if (breach) {
          this.refused.push({ author: log.author, ...breach })
          log.drop(log.length)
          break
        }
        if (log.disputedFrom !== null && record.header.seq >= log.disputedFrom) break
        work.push(...this.letIn(log, record))
        log.block = this.blocked(record)
        if (log.block) {
          if ('missing' in log.block) this.await(toText(log.block.missing), log)
          if ('admission' in log.block) this.wakers.push(record.id)
          break
        }
        this.accept(log, record)
        work.push(...(this.waiters.get(record.fold.id) ?? []))
        this.waiters.delete(record.fold.id)
      }
    }
  }

  /** Why a record can't follow its log's head, though it is authentic in itself. */
  private breach(log: LogState, record: KnownRecord): { reason: string; provable: boolean } | null {
    const { header, fold } = record
    const { prev, seq, at } = header
    if (seq > 0 && !(log.head !== null && equalBytes(prev!, log.head)))
      return { reason: 'prev_mismatch', provable: false }
    if (at < log.headAt) return { reason: 'at_backwards', provable: true }
    const own = fold.refs.some((ref) => this.held.get(ref)?.fold.author === fold.author)
    if (own) return { reason: 'ref_own_record', provable: true }
    if (fold.kind !== CONTINUED) return null
    const named = afterOf(fold)
    const after = this.held.get(named ?? '')?.fold
    // What it names may still come; that it names nothing never changes.
    if (named !== undefined && !after) return null
    const first = after && this.firsts.get(logKey({ net: header.net, author: fromText(after.author) }))
    const problem = continuationProblem(record, after, first)
    return problem === null ? null : { reason: problem, provable: false }
  }

  private blocked({ header, fold, body }: KnownRecord): Block | null {
    if (header.at > this.now + AHEAD_MS) return { untilMs: header.at - AHEAD_MS }
    if (header.vis === 0 && body === null) return { body: true }
    const names = header.subj === null ? header.refs : [header.subj, ...header.refs]
    const missing = names.find((name) => !this.held.has(toText(name)))
    if (missing) return { missing }
    return fold.kind === NEWCOMER && !this.admittedAside.has(fold.id) ? { admission: true } : null
  }

  /**
   * A member.admitted that lacks nothing but the seq 0 of newcomers lets them in first, on the assumption that it is
   * valid; `voidAdmissions` takes that back. Returns the logs that may go on.
   */
  private letIn(log: LogState, record: KnownRecord): LogState[] {
    const { fold } = record
    if (fold.kind !== ADMISSION || this.voidAdmissions.has(fold.id)) return []
    const absent = fold.refs.filter((ref) => !this.held.has(ref))
    const newcomers = absent.map((id) => this.newcomer(id))
    if (absent.length === 0 || newcomers.some((newcomer) => newcomer === undefined)) return []
    const before = this.blocked(record)
    if (!before || !('missing' in before) || !absent.includes(toText(before.missing))) return []
    const admitted = newcomers as { log: LogState; record: KnownRecord }[]
    for (const newcomer of admitted) this.accept(newcomer.log, newcomer.record)
    this.admitting.push(record)
    return admitted.flatMap((newcomer) => [newcomer.log, ...(this.waiters.get(newcomer.record.fold.id) ?? [])])
  }

  /** The log whose staged seq 0 has this id, when admission is all that it lacks. */
  newcomer(id: string): { log: LogState; record: KnownRecord } | undefined {
    const record = this.candidates.get(id)
    if (!record || record.header.seq !== 0 || record.fold.kind !== NEWCOMER) return undefined
    const log = this.logs.get(logKey({ net: record.header.net, author: record.header.author }))
    if (!log || log.length > 0 || log.staged.get(0)?.record !== record) return undefined
    const block = this.blocked(record)
    return block === null || 'admission' in block ? { log, record } : undefined
  }

  private await(id: string, log: LogState): void {
    const waiting = this.waiters.get(id)
    if (waiting) waiting.add(log)
    else this.waiters.set(id, new Set([log]))
  }

  /** Logs that were not loaded yet and wait for what came since the last time. */
  private async woken(): Promise<LogState[]> {
    const ids = this.wakers
    this.wakers = []
    if (ids.length === 0 || this.hasNoWaiters) return []
    const names: LogName[] = await this.manager.query(
      `select net, author from waiting where missing = any($1::bytea[])`,
      [ids],
    )
    const fresh = names.filter((name) => !this.logs.has(logKey(name)))
    return this.load(fresh)
  }
}
