/**
 * The fold: from a subject's records to its state. Validity is a function of the causal past: each record is judged against
 * the state of exactly those records of the subject that it rests on, and what is valid is applied. So a verdict never
 * changes when more records arrive, and every order that respects causality ends in the same state.
 */
import { encode, PRIVATE_KIND, sha256, type Value } from '#libs/record'
import type { Effect, FoldRecord, VoidReason } from './kind.js'
import { canonicalOrder, directCauses } from './order.js'
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
  const subjectType = rules.type(type)
  const pasts = new CausalPasts(causes)
  const voids = new Map<string, VoidReason>()
  const applied: number[] = []
  const state = subjectType.initial() as S
  let needsNewerRules = false

  const effectOf = (record: FoldRecord) =>
    rules.kind(record.kind)?.effects[type] as Effect<S, FoldRecord['body']> | undefined
  const views = new Views<S>(
    () => subjectType.initial() as S,
    (seenBy, index) => effectOf(records[index]!)?.apply(seenBy, records[index]!),
  )

  let seen = 0
  for (const index of order) {
    const record = records[index]!
    const past = pasts.of(index)
    const sawEverything = pasts.size(index) === seen
    seen++
    if (known.suspended?.has(record.id)) continue
    const own = record.id === subject || record.subj === subject
    // By headers alone, so that it is the same whoever holds the body.
    if (record.subj === subject && record.vis === 1 && !isPrivate(subject, records)) {
      voids.set(record.id, 'visibility_differs')
      continue
    }
    if (own && !rules.kind(record.kind)) {
      // A private record whose body is withheld is of no kind that anyone here could know.
      if (record.kind !== PRIVATE_KIND) needsNewerRules = true
      continue
    }
    const effect = effectOf(record)
    if (!own && !effect) continue
    const reason =
      known.voids?.get(record.id) ??
      rules.checkAlone(record) ??
      (record.subj === subject && voids.has(subject) ? 'subject_void' : null) ??
      misplaced(record, subject, type, records, rules) ??
      effect?.judge?.(record, sawEverything ? state : views.of(record.author, past)) ??
      null
    if (reason !== null) {
      voids.set(record.id, reason)
      continue
    }
    effect?.apply(state, record)
    applied.push(index)
    views.accept(index)
  }
  return { subject, type, state, voids, applied: applied.map((index) => records[index]!.id), needsNewerRules }
}

/** SHA-256 of the state in DAG-CBOR: what "equal" means between nodes. Throws FormatError when a state is not encodable. */
export function digestOf(state: unknown): Uint8Array {
  return sha256(encode(state as Value))
}

const isPrivate = (subject: string, records: readonly FoldRecord[]): boolean =>
  records.find(({ id }) => id === subject)?.vis === 1

/** A record that names this subject but has no place in it. */
function misplaced(
  record: FoldRecord,
  subject: string,
  type: string,
  records: readonly FoldRecord[],
  rules: Rules,
): VoidReason | null {
  if (record.subj !== subject) return null
  const first = records.find((other) => other.id === subject)
  if (!first || first.subj !== null) return 'subject_unknown'
  if (first.vis !== record.vis) return 'visibility_differs'
  const belongsTo = rules.kind(record.kind)!.belongsTo
  const starts = rules.kind(first.kind)?.starts ?? []
  return belongsTo.some((of) => starts.includes(of) || of === type) ? null : 'subject_of_another_type'
}

/** For each record the set of records that it rests on, as bit sets, built as the fold goes along. */
class CausalPasts {
  private readonly sets: (Uint32Array | undefined)[]
  private readonly sizes: number[]

  constructor(private readonly causes: readonly number[][]) {
    this.sets = causes.map(() => undefined)
    this.sizes = causes.map(() => 0)
  }

  of(index: number): Uint32Array {
    const known = this.sets[index]
    if (known) return known
    const set = new Uint32Array((this.causes.length + 31) >> 5)
    for (const cause of this.causes[index]!) {
      const before = this.of(cause)
      for (let word = 0; word < set.length; word++) set[word]! |= before[word]!
      set[cause >> 5]! |= 1 << (cause & 31)
    }
    this.sets[index] = set
    this.sizes[index] = set.reduce((sum, word) => sum + ones(word), 0)
    return set
  }

  size(index: number): number {
    this.of(index)
    return this.sizes[index]!
  }
}

/**
 * What each author had seen of the subject when it last wrote. An author's causal past only grows, so its state is brought
 * up to date instead of being folded anew: what is missing is applied in the fold's own order, which it may be after records
 * that are concurrent to it, since concurrent records commute.
 */
class Views<S> {
  private readonly views = new Map<string, { seen: Uint32Array; state: S }>()
  /** The place of each valid record in the fold's order. */
  private readonly places = new Map<number, number>()

  constructor(
    private readonly initial: () => S,
    private readonly apply: (state: S, index: number) => void,
  ) {}

  /** A record was found valid: it counts in every view that has seen it. */
  accept(index: number): void {
    this.places.set(index, this.places.size)
  }

  /** The state over the valid records of an author's causal past, which holds its earlier ones. */
  of(author: string, past: Uint32Array): S {
    const view = this.views.get(author) ?? { seen: new Uint32Array(past.length), state: this.initial() }
    this.views.set(author, view)
    const missing: number[] = []
    for (let word = 0; word < past.length; word++) {
      for (let bits = past[word]! & ~view.seen[word]!; bits !== 0; bits &= bits - 1) {
        const index = (word << 5) + (31 - Math.clz32(bits & -bits))
        if (this.places.has(index)) missing.push(index)
      }
    }
    missing.sort((a, b) => this.places.get(a)! - this.places.get(b)!)
    for (const index of missing) this.apply(view.state, index)
    view.seen = past
    return view.state
  }
}

/** Number of one bits (Hacker's Delight, 5-2). */
function ones(word: number): number {
  word -= (word >>> 1) & 0x55555555
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333)
  return (((word + (word >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
