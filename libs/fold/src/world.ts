/**
 * Folds everything at once, without a database: which subjects there are, which records each one reads, and their states.
 * Offline verification, property tests and the simulator use it; a node does the same piecemeal, subject by subject.
 */
import { foldSubject, typesStartedBy, type Folded, type Verdicts } from './fold.js'
import type { FoldRecord, VoidReason } from './kind.js'
import { placeOf } from './lineage.js'
import type { Rules } from './rules.js'

/** Every subject's fold, by subject and type, and every void record with its reason. */
export interface World {
  readonly folded: ReadonlyMap<string, Folded<unknown>>
  readonly voids: ReadonlyMap<string, VoidReason>
}

/** The key of a fold in a world. */
export const foldKey = (subject: string, type: string): string => `${subject} ${type}`

/** Folds a whole set of accepted records, by rank of subject type. `known`: those that are void whatever a fold says, and why. */
export function foldWorld(
  records: readonly FoldRecord[],
  rules: Rules,
  suspended?: ReadonlySet<string>,
  known: ReadonlyMap<string, VoidReason> = new Map(),
): World {
  const bySubject = recordsBySubject(records, rules)
  const voids = new Map<string, VoidReason>(known)
  const folded = new Map<string, Folded<unknown>>()
  for (const [subject, of] of bySubject) {
    // A first record that is broken in itself starts nothing: then no fold says why, so it is said here.
    const first = of.find((record) => record.id === subject)
    const reason = first?.subj === null && rules.kind(first.kind) ? rules.checkAlone(first) : null
    if (reason === null) continue
    for (const record of of) if (record.subj === subject) voids.set(record.id, 'subject_void')
    voids.set(subject, reason)
  }
  for (const type of rules.typesByRank())
    for (const [subject, of] of bySubject) {
      const first = of.find((record) => record.id === subject)
      if (!first || !typesStartedBy(first, rules).includes(type.name)) continue
      const verdicts: Verdicts = suspended ? { voids, suspended } : { voids }
      const result = foldSubject(subject, type.name, of, rules, verdicts)
      result.voids.forEach((reason, id) => voids.set(id, reason))
      folded.set(foldKey(subject, type.name), result)
    }
  return { folded, voids }
}

/** For each subject the records that belong to it or concern it. */
export function recordsBySubject(records: readonly FoldRecord[], rules: Rules): Map<string, FoldRecord[]> {
  const byId = new Map(records.map((record) => [record.id, record]))
  const bySubject = new Map<string, FoldRecord[]>()
  for (const record of records)
    for (const subject of subjectsOf(record, rules, (id) => byId.get(id))) {
      const of = bySubject.get(subject)
      if (of) of.push(record)
      else bySubject.set(subject, [record])
    }
  return bySubject
}

/**
 * The subjects of a record. Of a private one its own alone: who holds its body must not make a difference to any other. Of a
 * public one: its own, those started by records in its `refs`, own earlier ones that its body names, and, for
 * kinds that say so, what the first record of its subject concerns.
 */
export function subjectsOf(
  record: FoldRecord,
  rules: Rules,
  find: (id: string) => FoldRecord | undefined,
  isOwnEarlier: IsOwnEarlier = isEarlierInLog,
): ReadonlySet<string> {
  const subjects = new Set([record.subj ?? record.id])
  if (record.vis === 1) return subjects
  for (const id of furtherSubjects(record, rules, find, isOwnEarlier)) subjects.add(id)
  if (record.subj !== null && rules.kind(record.kind)?.concernsAsFirst) {
    const first = find(record.subj)
    if (first) for (const id of furtherSubjects(first, rules, find, isOwnEarlier)) subjects.add(id)
  }
  return subjects
}

/** Whether a record stands before another in what their author wrote, so that whoever holds the one holds the other. */
export type IsOwnEarlier = (earlier: FoldRecord, record: FoldRecord) => boolean

const isEarlierInLog: IsOwnEarlier = (earlier, record) =>
  earlier.author === record.author && placeOf(earlier) < placeOf(record)

function furtherSubjects(
  record: FoldRecord,
  rules: Rules,
  find: (id: string) => FoldRecord | undefined,
  isOwnEarlier: IsOwnEarlier,
): string[] {
  const referred = record.refs.filter((id) => find(id)?.subj === null)
  const own = rules.concernsOwn(record.kind, record.body).filter((id) => {
    const named = find(id)
    return named?.subj === null && isOwnEarlier(named, record)
  })
  return [...referred, ...own]
}
