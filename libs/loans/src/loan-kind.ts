import type { BodySchema, Effect, FoldRecord, RecordKind, VoidReason } from '#libs/fold'
import { lendingKind } from '#libs/offers'
import type { LoanState } from './loan.js'

/** A kind that belongs to a loan. What it does beside its own effect is to be its author's last word: see `lastWordsOf`. */
export function loanKind<B>(kind: {
  name: string
  schema: BodySchema
  check?(record: FoldRecord<B>): VoidReason | null
  concernsAsFirst?: boolean
  /** On other subjects. */
  effects?: { readonly [subjectType: string]: Effect<never, B> }
  loan: Effect<LoanState, B>
}): RecordKind {
  const { loan: effect, effects = {}, ...rest } = kind
  const loan: Effect<LoanState, B> = {
    ...effect,
    apply(state, record) {
      effect.apply(state, record)
      state.lastWord[record.author] = record.id
    },
  }
  return lendingKind<B>({ ...rest, belongsTo: ['loan'], effects: { ...effects, loan } })
}
