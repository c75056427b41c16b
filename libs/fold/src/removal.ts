/** What a member who was removed can't do any more. Which removals are in effect depends on certificates, so folds are told. */
import type { FoldRecord, RecordKind } from './kind.js'

/** Why what a removed member begins has no effect. */
export const AUTHOR_REMOVED = 'author_removed'

/** Whether a record is one that only members may write: it starts a subject, or its kind says so. */
export function takesPart(
  { kind, seq, subj }: Pick<FoldRecord, 'kind' | 'seq' | 'subj'>,
  rules: { kind(name: string): RecordKind | undefined },
): boolean {
  return seq > 0 && (subj === null || rules.kind(kind)?.membersOnly === true)
}
