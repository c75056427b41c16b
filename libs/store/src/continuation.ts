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
