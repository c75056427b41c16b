/**
 * Folds subjects from their stored records. Verdicts of lower ranks come from `void_record`; where such a subject is itself
 * waiting for projection, it is folded along, so that the outcome never depends on how far projection has come.
 */
import {
  AUTHOR_CONTINUED,
  AUTHOR_REMOVED,
  canonicalOrder,
  directCauses,
  type Folded,
  foldInOrder,
  type FoldRecord,
  type Rules,
  spoken,
} from '#libs/fold'
import { fromText, toText } from '#libs/record'
import type { EntityManager } from 'typeorm'
import { speakerOf, type SpeakerRow } from './continuing.shell.js'
import { isVoidByRemoval, type RemovalRow } from './removing.shell.js'
import { knownRecord, type RecordBytes } from './stored-record.js'

/** One fold: a subject as one of its types. Ids are text. */
export interface Target {
  subject: string
  type: string
  rank: number
  net: string
}

/** What a fold found, and what was stored about it before. */
export interface FoldedTarget extends Target {
  folded: Folded<unknown>
  /** In canonical order. */
  records: FoldRecord[]
  /** The void records that `void_record` held of this fold. */
  storedVoids: ReadonlyMap<string, string>
}

/** Folds with the marks that they make good: rows of `dirty_subject` to delete once the folds are written. */
export interface Folds {
  /** By rank ascending; the targets, and lower ones that were waiting for projection. */
  targets: FoldedTarget[]
  marks: number[]
}

interface SubjectRecords {
  records: FoldRecord[]
  suspended: Set<string>
  /** Records of this subject in logs that were continued before them. */
  beyond: string[]
  /** Records with which a removed member takes part anew. */
  removed: Set<string>
  /** The subjects that these records belong to or concern, but for this one. */
  others: Set<string>
}

interface VoidRow {
  id: Uint8Array
  subject: Uint8Array
  type: string
  rank: number
  reason: string
}

interface Verdict {
  subject: string
  type: string
  rank: number
  reason: string
}

/** Keys of targets in maps. */
export const targetKey = ({ subject, type }: { subject: string; type: string }): string => `${subject} ${type}`

/**
 * Folds the targets. Marks that were read before the call, and are the targets' own, are the caller's to delete.
 * `nothingElseDirty`: the caller took every mark there was, so none needs to be looked for; what is marked meanwhile marks
 * the targets that it touches, too. `byCausalPast`: as if nobody had been removed, for what removals don't change.
 */
export async function foldTargets(
  manager: EntityManager,
  rules: Rules,
  wanted: readonly Target[],
  { nothingElseDirty = false, byCausalPast = false } = {},
): Promise<Folds> {
  const targets = new Map(wanted.map((target) => [targetKey(target), target]))
  const subjects = new Map<string, SubjectRecords>()
  const marks: number[] = []
  // Marks are read before the records of their subjects, and verdicts after both: whatever happens in between leaves
  // a mark behind.
  for (let open = [...targets.values()]; open.length > 0;) {
    await loadSubjects(manager, rules, open, subjects)
    if (nothingElseDirty) break
    const lower = await dirtyBelow(manager, open, subjects, targets)
    marks.push(...lower.marks)
    open = lower.targets
    for (const target of open) targets.set(targetKey(target), target)
  }
  if (byCausalPast) for (const { removed } of subjects.values()) removed.clear()
  const verdicts = await loadVerdicts(manager, subjects, targets)
  const results: FoldedTarget[] = []
  for (const target of [...targets.values()].sort(byRank)) {
    const of = subjects.get(target.subject)!
    const folded = foldOne(target, of, rules, verdicts)
    results.push({ ...target, ...folded, storedVoids: verdicts.stored.get(targetKey(target)) ?? new Map() })
  }
  return { targets: results, marks }
}

/** The fold of one subject from its records, with the verdicts of lower ranks; adds its own to them. */
function foldOne(
  target: Target,
  of: SubjectRecords,
  rules: Rules,
  verdicts: Verdicts,
): { folded: Folded<unknown>; records: FoldRecord[] } {
  const known = new Map<string, string>()
  for (const { id } of of.records) {
    const verdict = verdicts.below(id, target.rank)
    if (verdict !== null) known.set(id, verdict)
    else if (of.removed.has(id)) known.set(id, AUTHOR_REMOVED)
  }
  const causes = directCauses(of.records)
  const order = canonicalOrder(of.records, causes)
  const given = { voids: known, suspended: of.suspended }
  const found = foldInOrder(target.subject, target.type, of.records, causes, order, rules, given)
  const beyond = of.beyond.map((id) => [id, AUTHOR_CONTINUED] as const)
  const folded = beyond.length === 0 ? found : { ...found, voids: new Map([...found.voids, ...beyond]) }
  for (const [id, reason] of folded.voids) verdicts.add(id, { ...target, reason })
  return { folded, records: order.map((index) => of.records[index]!) }
}

/** Void records by the folds that found them. */
class Verdicts {
  private readonly byRecord = new Map<string, Verdict[]>()
  readonly stored = new Map<string, Map<string, string>>()

  add(id: string, verdict: Verdict): void {
    const of = this.byRecord.get(id)
    if (of) of.push(verdict)
    else this.byRecord.set(id, [verdict])
  }

  store(id: string, verdict: Verdict): void {
    const key = targetKey(verdict)
    const of = this.stored.get(key) ?? new Map<string, string>()
    this.stored.set(key, of.set(id, verdict.reason))
  }

  /** The reason found at the lowest rank below one; of several there that of the smallest subject. Null when not void. */
  below(id: string, rank: number): string | null {
    const lower = this.byRecord.get(id)?.filter((verdict) => verdict.rank < rank) ?? []
    const [first] = lower.sort((a, b) => a.rank - b.rank || (targetKey(a) < targetKey(b) ? -1 : 1))
    return first?.reason ?? null
  }
}

const byRank = (a: Target, b: Target): number => a.rank - b.rank || (targetKey(a) < targetKey(b) ? -1 : 1)

interface SubjectRow {
  of: Uint8Array
  subject: Uint8Array
  concerns: Uint8Array[]
  suspended: boolean
}

/** Loads the records of subjects that are not loaded yet. */
async function loadSubjects(
  manager: EntityManager,
  rules: Rules,
  targets: readonly Target[],
  loaded: Map<string, SubjectRecords>,
): Promise<void> {
  const missing = [...new Set(targets.map(({ subject }) => subject))].filter((subject) => !loaded.has(subject))
  for (const subject of missing)
    loaded.set(subject, { records: [], suspended: new Set(), beyond: [], removed: new Set(), others: new Set() })
  if (missing.length === 0) return
  const rows: (RecordBytes & SubjectRow & SpeakerRow & RemovalRow)[] = await manager.query(
    `select c.subject as of, r.subject, r.concerns, r.suspended, r.header, r.body, null as signature,
         s.identity, s.start, s.last, x.place as removed_after
       from concern c join record r on r.id = c.record left join speaker s on s.log = r.log
       left join removal x on x.log = r.log
       where c.subject = any($1::bytea[])`,
    [missing.map(fromText)],
  )
  for (const row of rows) {
    const subject = toText(row.of)
    const of = loaded.get(subject)!
    const known = knownRecord(row)
    const fold = spoken(known.fold, speakerOf(row))
    if (fold === null) {
      if (toText(row.subject) === subject) of.beyond.push(known.fold.id)
      continue
    }
    of.records.push(fold)
    if (row.suspended) of.suspended.add(fold.id)
    if (isVoidByRemoval(fold, row.removed_after, rules)) of.removed.add(fold.id)
    for (const other of [row.subject, ...row.concerns].map(toText)) if (other !== subject) of.others.add(other)
  }
}

/** Folds of lower rank that judge records of these and have not been projected since they changed. */
async function dirtyBelow(
  manager: EntityManager,
  targets: readonly Target[],
  subjects: ReadonlyMap<string, SubjectRecords>,
  known: ReadonlyMap<string, Target>,
): Promise<{ targets: Target[]; marks: number[] }> {
  const highest = new Map<string, number>()
  for (const { subject, rank } of targets)
    for (const other of [subject, ...subjects.get(subject)!.others])
      highest.set(other, Math.max(rank, highest.get(other) ?? 0))
  const rows: { mark: number; subject: Uint8Array; type: string; rank: number; net: Uint8Array }[] =
    await manager.query(
      `select d.mark, d.subject, d.type, d.rank, s.net
     from dirty_subject d join subject s on s.id = d.subject and s.type = d.type where d.subject = any($1::bytea[])`,
      [[...highest.keys()].map(fromText)],
    )
  const found = new Map<string, Target>()
  const marks: number[] = []
  for (const row of rows) {
    const target = { subject: toText(row.subject), type: row.type, rank: row.rank, net: toText(row.net) }
    if (known.has(targetKey(target)) || target.rank >= highest.get(target.subject)!) continue
    found.set(targetKey(target), target)
    marks.push(row.mark)
  }
  return { targets: [...found.values()], marks }
}

/** What other folds found about these records; of the targets themselves only what was stored. */
async function loadVerdicts(
  manager: EntityManager,
  subjects: ReadonlyMap<string, SubjectRecords>,
  targets: ReadonlyMap<string, Target>,
): Promise<Verdicts> {
  const verdicts = new Verdicts()
  const ids = new Set([...subjects.values()].flatMap(({ records }) => records.map(({ id }) => id)))
  const rows: VoidRow[] = await manager.query(
    `select id, subject, type, rank, reason from void_record
     where id = any($1::bytea[]) or subject = any($2::bytea[])`,
    [[...ids].map(fromText), [...subjects.keys()].map(fromText)],
  )
  for (const row of rows) {
    const id = toText(row.id)
    const verdict = { subject: toText(row.subject), type: row.type, rank: row.rank, reason: row.reason }
    if (targets.has(targetKey(verdict))) verdicts.store(id, verdict)
    else verdicts.add(id, verdict)
  }
  return verdicts
}
