// What a record must be to continue a log; whether it takes effect certificates say.

import type { FoldRecord } from '#libs/fold'
import { equalBytes, fromText, sha256, toText } from '#libs/record'

/** The kind at seq 0 of a log that continues another. */
export const CONTINUED = 'identity.continued'

/**
 * The id of the record after which a continuation goes on: the one in its `refs`, or, when that is the identity's first record,
 * its `subj`, which no header may name twice. Undefined when it names more.
 */
export function afterOf<T>({ refs, subj }: { refs: readonly T[]; subj: T | null }): T | undefined {
  return refs.length > 1 ? undefined : (refs[0] ?? subj ?? undefined)
}

/**
 * Why a continuation is not let in; null when it is. `after`: the record after which it goes on; `first`: seq 0 of that record's
 * log. `continuation_form`: it names no such record or more than one, or its body does not say the same;
 * `continuation_uncommitted`: the old log commits to another key.
 */
export function continuationProblem(
  { fold }: { fold: FoldRecord },
  after: FoldRecord | undefined,
  first: FoldRecord | undefined,
): string | null {
  if (!after || !first || afterOf(fold) !== after.id) return 'continuation_form'
  const { old, afterSeq } = fold.body ?? {}
  const saysSo =
    old instanceof Uint8Array && old.length === 32 && toText(old) === after.author && afterSeq === after.seq
  if (!saysSo || after.author === fold.author) return 'continuation_form'
  const next = first.body?.['next']
  const isNext = next instanceof Uint8Array && equalBytes(next, sha256(fromText(fold.author)))
  return isNext ? null : 'continuation_uncommitted'
}

/** A log that grew by what others had, and its records by now. Keys in any one form. */
export interface Grown {
  key: string
  length: number
}

/**
 * Of logs that grew by what others had those in which more was signed than is known here: own logs, and those that continue own
 * ones, whose keys may not have been made here again after a restore. Only an identity's very first record comes from others in
 * good order, after it was admitted; the first record of a next key this node wrote itself, and lost. `olds`: which log each of
 * them continues, as far as one does.
 */
export function aheadOfHere(
  grown: readonly Grown[],
  olds: ReadonlyMap<string, string>,
  isOwn: (key: string) => boolean,
): ReadonlySet<string> {
  const ahead = new Set<string>()
  // Several may have come at once, each after the one before.
  for (let before = -1; before < ahead.size;) {
    before = ahead.size
    for (const { key, length } of grown) {
      const old = olds.get(key)
      const isOurs = isOwn(key) || (old !== undefined && (isOwn(old) || ahead.has(old)))
      if (isOurs && (length > 1 || old !== undefined)) ahead.add(key)
    }
  }
  return ahead
}
