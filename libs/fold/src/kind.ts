/**
 * What a record kind declares. One file per kind, in the feature that it belongs to, holds all that the system knows of it:
 * its name, the schema of its body, what it starts or belongs to, which further subjects it concerns, and how it is judged
 * and applied there. The feature lists it in one line; nothing else in the system names kinds.
 */
import type { Value } from '#libs/record'

/** A body as decoded: a map with text keys; ids, keys and hashes in it are 32 bytes. */
export type Body = { [key: string]: Value }

/** A record as folds see it: ids in text form (z-base-32), body decoded; `body` is null where it is withheld or erased. */
export interface FoldRecord<B = Body> {
  readonly id: string
  readonly net: string
  /** The identity that says it, by its first key: what authority compares. */
  readonly author: string
  /** The key that signed it, when that is a later one of its identity. */
  readonly key?: string
  readonly seq: number
  /** Its place in all that its identity wrote, when that is in several logs. */
  readonly place?: number
  /** The author's clock, ms since the Unix epoch. Time in a validity rule is this, never a reader's clock. */
  readonly at: number
  readonly kind: string
  readonly vis: 0 | 1
  /** The id of the record that started the subject; null when this one starts one. */
  readonly subj: string | null
  readonly refs: readonly string[]
  readonly body: B
}

/** JSON Schema (draft 2020-12 subset that ajv compiles), with one keyword of ours: `bytes: N`, a byte string of N bytes. */
export type BodySchema = { readonly [keyword: string]: unknown }

/** Why an authentic record has no effect: a stable snake_case name, the same on every node. */
export type VoidReason = string

/** What a kind does to one type of subject. */
export interface Effect<S, B = Body> {
  /**
   * Decides whether the record is valid, from the state that the subject had in the record's causal past and nothing else:
   * what is concurrent is invisible here, so the verdict can never change. Returns the reason when it is void.
   */
  judge?(record: FoldRecord<B>, past: S): VoidReason | null
  /** Changes the state in place. Concurrent valid records must commute: a property test folds every kind in many orders. */
  apply(state: S, record: FoldRecord<B>): void
}

/** All that the system knows of one record kind. */
export interface RecordKind {
  readonly name: string
  /** The types of subject that it starts (then `subj` is null); empty when it belongs to one. */
  readonly starts: readonly string[]
  /** The types of subject that it may belong to (then `subj` names the first record); empty when it starts one. */
  readonly belongsTo: readonly string[]
  readonly schema: BodySchema
  /** Rules that the record alone can break, beyond the schema: sums, order of dates, keys ascending. */
  check?(record: FoldRecord): VoidReason | null
  /**
   * Own earlier records, named in the public body, whose subjects this record concerns. `refs` can't name own records, and
   * an own earlier record is always held when this one is accepted, so nothing can dangle.
   */
  concernsOwn?(body: Body): string[]
  /** True when it also concerns what the first record of its subject concerns (a lapse frees the offer of its proposal). */
  readonly concernsAsFirst?: boolean
  /** True when a member who was removed can't do it any more, as it can't start subjects; all else it still may. */
  readonly membersOnly?: boolean
  /** By subject type, how it is judged and applied. A type that is not named here ignores the record. */
  readonly effects: { readonly [subjectType: string]: Effect<never, never> }
}

/** Declares a kind with its body's type checked; the registry forgets the type. */
export function recordKind<B>(kind: {
  name: string
  starts?: readonly string[]
  belongsTo?: readonly string[]
  schema: BodySchema
  check?(record: FoldRecord<B>): VoidReason | null
  concernsOwn?(body: B): string[]
  concernsAsFirst?: boolean
  membersOnly?: boolean
  // Each effect has a state type of its own, which only the pair (subject type, effect) knows.
  effects: { readonly [subjectType: string]: Effect<never, B> }
}): RecordKind {
  return { starts: [], belongsTo: [], ...kind } as RecordKind
}

/** A type of subject: what a fold of it starts from. `rank` orders folds: a verdict reached at a lower rank holds at higher ones. */
export interface SubjectType<S> {
  readonly name: string
  readonly rank: number
  /** The state before the first record. States hold only integers, text, booleans, null, lists and maps with text keys. */
  initial(): S
}
