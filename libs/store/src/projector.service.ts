/**
 * Writes projections after records were accepted: takes marked subjects in batches, the oldest first, folds them and has
 * every projection replace its rows, one transaction per batch. Marks are rows that are only ever added and deleted, so
 * writers and the projector never wait for each other; a subject that changes meanwhile keeps its new mark.
 */
import type { Rules } from '#libs/fold'
import { digestOf } from '#libs/fold'
import { fromText, toText } from '#libs/record'
import { type Observable, Subject } from 'rxjs'
import type { DataSource, EntityManager } from 'typeorm'
import { bulkInsert, type BulkTable, type Cell } from './bulk-insert.shell.js'
import { type FoldedTarget, foldTargets, type Target, targetKey } from './folding.shell.js'
import { underProjections } from './locks.shell.js'
import type { ProjectedSubjects, Projection } from './ports.js'

/** Marks read at once; several may be of one subject. */
const MARKS_PER_BATCH = 2_000
/** … beside those that somebody waits for. */
const MARKS_BESIDE_URGENT = 64
/** Subjects folded in one transaction. */
const SUBJECTS_PER_BATCH = 200

const VOID: BulkTable = {
  name: 'void_record',
  columns: { id: 'bytea', subject: 'bytea', type: 'text', rank: 'int4', reason: 'text' },
}

interface Waiter {
  marks: Set<number>
  done(): void
  failed(error: unknown): void
}

export class Projector {
  private readonly emitted = new Subject<ProjectedSubjects>()
  private readonly waiters = new Set<Waiter>()
  private running: Promise<void> | null = null
  private kicked = false
  private closed = false
  private held = false
  /** Callers of `idle`: for them it works although it is held. */
  private idlers = 0
  /** Marks of subjects that a fold or a projection throws on: set aside, so that one fault does not stop all others. */
  private readonly failing = new Map<number, unknown>()
  private failure: unknown = null

  constructor(
    private readonly database: DataSource,
    private readonly rules: Rules,
    private readonly projections: readonly Projection[],
  ) {}

  /** Every table that a projection writes. */
  get tables(): string[] {
    return [...new Set(this.projections.flatMap(({ tables }) => tables))]
  }

  /** Subjects whose rows were written, after the commit. */
  get projected(): Observable<ProjectedSubjects> {
    return this.emitted
  }

  /** Tells of subjects that changed in another way: their finality. */
  announce(subjects: ProjectedSubjects['subjects']): void {
    if (subjects.length > 0) this.emitted.next({ subjects })
  }

  /** Projects all that is marked, sooner or later. */
  kick(): void {
    this.kicked = true
    if (this.closed || this.running) return
    this.running = this.work().finally(() => {
      this.running = null
      if (this.kicked) this.kick()
    })
  }

  /** Resolves when these marks have been made good; they go before others. */
  async until(marks: readonly number[]): Promise<void> {
    if (marks.length === 0) return
    const waited = new Promise<void>((done, failed) => {
      this.waiters.add({ marks: new Set(marks), done, failed })
    })
    this.kick()
    return waited
  }

  /** While it is held it works only for those who wait. */
  hold(isHeld: boolean): void {
    if (this.held === isHeld) return
    this.held = isHeld
    if (!isHeld) this.kick()
  }

  /** Resolves when nothing is marked any more. Throws when some subjects can't be projected. */
  async idle(): Promise<void> {
    this.idlers++
    await this.untilIdle().finally(() => this.idlers--)
  }

  private async untilIdle(): Promise<void> {
    do {
      this.failure = null
      this.kick()
      await this.running
      if (this.failure !== null) throw this.failure
    } while (await this.anyMark())
    for (const error of this.failing.values()) throw error
  }

  /** Tries again what could not be projected before. */
  retry(): void {
    this.failing.clear()
    this.kick()
  }

  async close(): Promise<void> {
    this.closed = true
    await this.running
  }

  private async anyMark(): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `select 1 from dirty_subject where mark <> all($1::bigint[]) limit 1`,
      [[...this.failing.keys()]],
    )
    return rows.length > 0
  }

  private async work(): Promise<void> {
    let most = SUBJECTS_PER_BATCH
    while (!this.closed) {
      this.kicked = false
      if (this.held && this.waiters.size === 0 && this.idlers === 0) return
      const taken: number[] = []
      try {
        const more = await this.batch(most, taken)
        if (!more && !this.kicked) return
      } catch (error) {
        if (taken.length === 0) return this.give(error)
        // One of these subjects is at fault: from here on one at a time.
        if (most === 1) this.setAside(taken, error)
        most = 1
      }
    }
  }

  /** The database can't be asked: whoever waits gets the error; the marks stay, and the next kick tries again. */
  private give(error: unknown): void {
    this.failure = error
    for (const waiter of this.waiters) waiter.failed(error)
    this.waiters.clear()
  }

  private setAside(marks: readonly number[], error: unknown): void {
    for (const mark of marks) this.failing.set(mark, error)
    for (const waiter of this.waiters) {
      if (!marks.some((mark) => waiter.marks.has(mark))) continue
      this.waiters.delete(waiter)
      waiter.failed(error)
    }
  }

  /** One transaction, of at most so many subjects; puts the marks that it takes into `taken`. False when nothing is left. */
  private async batch(most: number, taken: number[]): Promise<boolean> {
    const urgent = [...this.waiters].flatMap(({ marks }) => [...marks])
    const outcome = await underProjections(this.database, async (manager) => {
      const { targets, marks, more } = await takeMarks(manager, urgent, [...this.failing.keys()], most)
      if (marks.length === 0) return null
      taken.push(...marks)
      const folds = await foldTargets(manager, this.rules, targets, {
        nothingElseDirty: !more && this.failing.size === 0,
      })
      const done = [...marks, ...folds.marks]
      const marked = await this.write(manager, folds.targets, done)
      return { done, more: more || marked, subjects: folds.targets.map(({ subject, type }) => ({ subject, type })) }
    })
    // A mark that is waited for and no longer there was made good by another process.
    const done = new Set(outcome ? outcome.done : urgent)
    for (const waiter of this.waiters) {
      for (const mark of waiter.marks) if (done.has(mark)) waiter.marks.delete(mark)
      if (waiter.marks.size > 0) continue
      this.waiters.delete(waiter)
      waiter.done()
    }
    if (outcome) this.emitted.next({ subjects: outcome.subjects })
    return outcome?.more ?? false
  }

  /**
   * Replaces all rows of these folds, deletes the marks that this makes good, and marks the subjects of records whose
   * verdict changed. True when it marked any.
   */
  async write(manager: EntityManager, folds: readonly FoldedTarget[], marks: readonly number[] = []): Promise<boolean> {
    for (const projection of this.projections) {
      const of = folds.filter(({ type }) => type === projection.type)
      if (of.length > 0) await projection.project(manager, of.map(projectedOf))
    }
    const marked = await writeVoids(manager, folds)
    await manager.query(
      `with good as (delete from dirty_subject where mark = any($5::bigint[]))
       update subject s set digest = v.digest, needs_newer = v.needs_newer
       from unnest($1::bytea[], $2::text[], $3::bytea[], $4::boolean[]) v(id, type, digest, needs_newer)
       where s.id = v.id and s.type = v.type`,
      [
        folds.map(({ subject }) => fromText(subject)),
        folds.map(({ type }) => type),
        folds.map(({ folded }) => (hasEffect(folded) ? digestOf(folded.state) : null)),
        folds.map(({ folded }) => folded.needsNewerRules),
        marks,
      ],
    )
    // A subject whose first record went into the side table of a fork is no subject any more, once its rows are gone.
    const empty = folds.filter(({ subject, records }) => !records.some(({ id }) => id === subject))
    if (empty.length > 0)
      await manager.query(
        `delete from subject s using unnest($1::bytea[], $2::text[]) e(id, type) where s.id = e.id and s.type = e.type`,
        [empty.map(({ subject }) => fromText(subject)), empty.map(({ type }) => type)],
      )
    return marked
  }
}

const hasEffect = ({ applied, subject }: FoldedTarget['folded']): boolean => applied.includes(subject)

/** What a projection is given: a fold whose first record has no effect has nothing applied. */
function projectedOf({ net, subject, type, folded, records }: FoldedTarget) {
  const { state, voids } = folded
  return { net, subject, type, state, records, voids, applied: hasEffect(folded) ? folded.applied : [] }
}

interface MarkRow {
  mark: number
  subject: Uint8Array
  type: string
  rank: number
  net: Uint8Array | null
}

/** At most `most` subjects to project next: those that somebody waits for, then the oldest. `more`: others are left. */
async function takeMarks(
  manager: EntityManager,
  urgent: readonly number[],
  failing: readonly number[],
  most: number,
): Promise<{ targets: Target[]; marks: number[]; more: boolean }> {
  const others = urgent.length > 0 ? MARKS_BESIDE_URGENT : MARKS_PER_BATCH
  const rows: MarkRow[] = await manager.query(
    `select m.*, s.net from (
       (select * from dirty_subject where mark = any($1::bigint[])) union all
       (select * from dirty_subject where mark <> all($1::bigint[] || $3::bigint[]) order by mark limit $2)) m
     left join subject s on s.id = m.subject and s.type = m.type`,
    [urgent, others, failing],
  )
  const targets = new Map<string, Target>()
  const marks: number[] = []
  for (const { mark, subject, type, rank, net } of rows) {
    if (net !== null) {
      const target = { subject: toText(subject), type, rank, net: toText(net) }
      const key = targetKey(target)
      if (!targets.has(key) && targets.size >= most) continue
      targets.set(key, target)
    }
    marks.push(mark)
  }
  return { targets: [...targets.values()], marks, more: marks.length < rows.length || rows.length >= others }
}

/** Writes the verdicts of these folds. True when it marked folds of higher rank. */
async function writeVoids(manager: EntityManager, folds: readonly FoldedTarget[]): Promise<boolean> {
  const gone: { id: string; fold: FoldedTarget }[] = []
  const fresh: { id: string; fold: FoldedTarget; reason: string }[] = []
  for (const fold of folds) {
    for (const [id, reason] of fold.storedVoids) if (fold.folded.voids.get(id) !== reason) gone.push({ id, fold })
    for (const [id, reason] of fold.folded.voids)
      if (fold.storedVoids.get(id) !== reason) fresh.push({ id, fold, reason })
  }
  if (gone.length > 0)
    await manager.query(
      `delete from void_record v using unnest($1::bytea[], $2::bytea[], $3::text[]) g(id, subject, type)
       where v.id = g.id and v.subject = g.subject and v.type = g.type`,
      [
        gone.map(({ id }) => fromText(id)),
        gone.map(({ fold }) => fromText(fold.subject)),
        gone.map(({ fold }) => fold.type),
      ],
    )
  await bulkInsert(
    manager,
    VOID,
    fresh.map(({ id, fold, reason }): Cell[] => [fromText(id), fromText(fold.subject), fold.type, fold.rank, reason]),
  )
  return markJudged(manager, [...gone, ...fresh], folds)
}

/** Marks the folds of higher rank that read records whose verdict changed here, but for those of this same batch. */
async function markJudged(
  manager: EntityManager,
  changed: readonly { id: string; fold: FoldedTarget }[],
  batch: readonly FoldedTarget[],
): Promise<boolean> {
  if (changed.length === 0) return false
  const rows: { id: Uint8Array; type: string; rank: number; record: Uint8Array }[] = await manager.query(
    `select s.id, s.type, s.rank, r.id as record from record r
     cross join lateral unnest(r.subject || r.concerns) c(subject) join subject s on s.id = c.subject
     where r.id = any($1::bytea[])`,
    [[...new Set(changed.map(({ id }) => id))].map(fromText)],
  )
  const lowest = new Map<string, number>()
  for (const { id, fold } of changed) lowest.set(id, Math.min(fold.rank, lowest.get(id) ?? fold.rank))
  const folded = new Set(batch.map(targetKey))
  const dirty = new Map<string, { id: Uint8Array; type: string; rank: number }>()
  for (const row of rows) {
    const key = targetKey({ subject: toText(row.id), type: row.type })
    if (row.rank > lowest.get(toText(row.record))! && !folded.has(key)) dirty.set(key, row)
  }
  await bulkInsert(
    manager,
    { name: 'dirty_subject', columns: { subject: 'bytea', type: 'text', rank: 'int4' } },
    [...dirty.values()].map(({ id, type, rank }): Cell[] => [id, type, rank]),
  )
  return dirty.size > 0
}
