/**
 * The fold: from a subject's records to its state. Validity is a function of the causal past: each record is judged against
 * the state of exactly those records of the subject that it rests on, and what is valid is applied. So a verdict never
 * changes when more records arrive, and every order that respects causality ends in the same state.
 */
import { encode, PRIVATE_KIND, sha256, type Value } from '#libs/record'
import type { Effect, FoldRecord, VoidReason } from './kind.js'
import { canonicalOrder, directCauses } from './order.js'
import { Pasts, Views } from './past.js'
import type { Rules } from './rules.js'

/** What a fold of one subject, as one type, found. */
export interface Folded<S> {
  readonly subject: string
  readonly type: string
  readonly state: S
  /** Void records of this subject and why, those of lower ranks included. */
  readonly voids: ReadonlyMap<string, VoidReason>
  /** Ids of the records that were applied, in canonical order. */
  readonly applied: readonly string[]
  /** True when the subject has records of kinds that these rules don't know: it needs a newer version. */
  readonly needsNewerRules: boolean
}

/** What is already known about the records when a fold begins. */
export interface Verdicts {
  /** Records found void in subjects of lower rank. */
  readonly voids?: ReadonlyMap<string, VoidReason>
  /** Records that rest on a suspended branch: no effect for now, without blame. */
  readonly suspended?: ReadonlySet<string>
}

/** The subject types that the first record of a subject starts; empty when it starts none or is broken in itself. */
export function typesStartedBy(first: FoldRecord, rules: Rules): readonly string[] {
  if (first.subj !== null || rules.checkAlone(first) !== null) return []
  return rules.kind(first.kind)!.starts
}

/**
 * Folds a subject. `records` are all that belong to it or concern it, in any order, the first one included; `type` is one of
 * the types that its first record starts.
 */
export function foldSubject<S>(
  subject: string,
  type: string,
  records: readonly FoldRecord[],
  rules: Rules,
  known: Verdicts = {},
): Folded<S> {
  const causes = directCauses(records)
  const order = canonicalOrder(records, causes)
  return foldInOrder(subject, type, records, causes, order, rules, known)
}

/** As `foldSubject`, in a given linear extension of the causal order (indexes into `records`): property tests try many. */
export function foldInOrder<S>(
  subject: string,
  type: string,
  records: readonly FoldRecord[],
  causes: readonly number[][],
  order: readonly number[],
  rules: Rules,
  known: Verdicts = {},
): Folded<S> {
  const fold = new RunningFold<S>(subject, type, rules)
  const numbers = new Map(order.map((index, number) => [index, number]))
  for (const index of order) {
    const record = records[index]!
    const before = causes[index]!.map((cause) => numbers.get(cause)!)
    fold.add(record, before, known.voids?.get(record.id), known.suspended?.has(record.id))
  }
  return fold.folded()
}

/** A fold to which records are added one by one, each after all that it rests on: one that goes on as its subject grows. */
export class RunningFold<S> {
  private readonly records: FoldRecord[] = []
  private readonly pasts = new Pasts()
  private readonly views: Views<S>
  private readonly state: S
  private readonly voids = new Map<string, VoidReason>()
  /** The numbers of the records that were applied. */
  private readonly applied = new Set<number>()
  private first: FoldRecord | null = null
  private needsNewerRules = false

  constructor(
    readonly subject: string,
    readonly type: string,
    private readonly rules: Rules,
  ) {
    const initial = () => rules.type(type).initial() as S
    this.state = initial()
    this.views = new Views(this.pasts, initial, (seenBy, number) => {
      const record = this.records[number]!
      if (this.applied.has(number)) this.effectOf(record)?.apply(seenBy, record)
    })
  }

  /**
   * Adds a record of this subject, or one that concerns it. `causes`: the numbers of those that it rests on directly, in the
   * order in which they were added. `voidBelow`: why a fold of lower rank found it void. Returns why it is void; null when it
   * is not.
   */
  add(record: FoldRecord, causes: readonly number[], voidBelow?: VoidReason, isSuspended = false): VoidReason | null {
    const { subject } = this
    const past = this.pasts.add(record.author, causes)
    const number = this.records.push(record) - 1
    if (record.id === subject) this.first = record
    if (isSuspended) return null
    const own = record.id === subject || record.subj === subject
    // By headers alone, so that it is the same whoever holds the body.
    if (record.subj === subject && record.vis === 1 && this.first?.vis !== 1)
      return this.found(record, 'visibility_differs')
    if (own && !this.rules.kind(record.kind)) {
      // A private record whose body is withheld is of no kind that anyone here could know.
      if (record.kind !== PRIVATE_KIND) this.needsNewerRules = true
      return null
    }
    const effect = this.effectOf(record)
    if (!own && !effect) return null
    const seen = () => (past.size === number ? this.state : this.views.of(record.author, past))
    const reason =
      voidBelow ??
      this.rules.checkAlone(record) ??
      (record.subj === subject && this.voids.has(subject) ? 'subject_void' : null) ??
      this.misplaced(record) ??
      effect?.judge?.(record, seen()) ??
      null
    if (reason !== null) return this.found(record, reason)
    effect?.apply(this.state, record)
    this.applied.add(number)
    return null
  }

  /** What it found so far. The state is the fold's own: it changes with the next record. */
  folded(): Folded<S> {
    const { subject, type, state, voids, needsNewerRules } = this
    const applied = [...this.applied].map((number) => this.records[number]!.id)
    return { subject, type, state, voids, applied, needsNewerRules }
  }

  private found({ id }: FoldRecord, reason: VoidReason): VoidReason {
    this.voids.set(id, reason)
    return reason
  }

  private effectOf(record: FoldRecord): Effect<S, FoldRecord['body']> | undefined {
    return this.rules.kind(record.kind)?.effects[this.type] as Effect<S, FoldRecord['body']> | undefined
  }

  /** A record that names this subject but has no place in it. */
  private misplaced(record: FoldRecord): VoidReason | null {
    const { first, rules, type } = this
    if (record.subj !== this.subject) return null
    if (!first || first.subj !== null) return 'subject_unknown'
    if (first.vis !== record.vis) return 'visibility_differs'
    const belongsTo = rules.kind(record.kind)!.belongsTo
    const starts = rules.kind(first.kind)?.starts ?? []
    return belongsTo.some((of) => starts.includes(of) || of === type) ? null : 'subject_of_another_type'
  }
}

/** SHA-256 of the state in DAG-CBOR: what "equal" means between nodes. Throws FormatError when a state is not encodable. */
export function digestOf(state: unknown): Uint8Array {
  return sha256(encode(state as Value))
}
