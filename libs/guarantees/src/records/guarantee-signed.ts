/** ▸ `guarantee.signed`: its author answers for a loan of another up to a cap. Concerns the loan, whose proposal `refs` name. */
import type { LoanState } from '#libs/loans'
import { lendingKind, schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeGuarantee, type GuaranteeState } from '../guarantee.js'

/** `cap` in minor units of the loan's currency; without `until`: as long as something is owed. */
export type GuaranteeSignedBody = {
  loan: Uint8Array
  cap: number
  covers: 'all' | 'principal'
  until?: string
  note: string
}

/** Void: loan_not_referenced, and as `judgeGuarantee` says. */
export const guaranteeSigned = lendingKind<GuaranteeSignedBody>({
  name: 'guarantee.signed',
  starts: ['guarantee'],
  schema: schema.object(
    { loan: schema.id32, cap: schema.positiveAmount, covers: { enum: ['all', 'principal'] }, note: schema.text(1000) },
    { until: schema.date },
  ),
  check: ({ body, refs }) => (refs.includes(toText(body.loan)) ? null : 'loan_not_referenced'),
  effects: {
    loan: {
      judge: ({ author, at, body }, past: LoanState) =>
        judgeGuarantee(past, author, { cap: body.cap, until: body.until ?? null }, at)?.refused ?? null,
      apply(loan: LoanState, { id, author, at, body: { cap, covers, until = null } }) {
        loan.guarantees ??= { signed: {}, called: {} }
        loan.guarantees.signed[id] = { guarantor: author, cap, covers, until, at }
        loan.lastWord[author] = id
      },
    },
    guarantee: {
      apply(guarantee: GuaranteeState, { id, author, at, body: { loan, cap, covers, until = null } }) {
        guarantee.signed[id] = { loan: toText(loan), guarantor: author, cap, covers, until, at }
      },
    },
  },
})
