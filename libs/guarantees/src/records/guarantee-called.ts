/** `guarantee.called`: the creditor of a loan in default asks a guarantor for an amount. */
import { loanKind, NOTE_NAME } from '#libs/loans'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeCall, type GuaranteeState } from '../guarantee.js'

/** Amount in minor units; `refs` name the guarantee. */
export type GuaranteeCalledBody = { guarantee: Uint8Array; note?: string; amount: number; reason: string }

/** Void: guarantee_not_referenced, and as `judgeCall` says. */
export const guaranteeCalled = loanKind<GuaranteeCalledBody>({
  name: 'guarantee.called',
  schema: schema.object(
    { guarantee: schema.id32, amount: schema.positiveAmount, reason: schema.text(1000) },
    { note: { type: 'string', maxLength: 64, pattern: NOTE_NAME.source } },
  ),
  check: ({ body, refs }) => (refs.includes(toText(body.guarantee)) ? null : 'guarantee_not_referenced'),
  loan: {
    judge: ({ author, at, body }, past) =>
      judgeCall(past, author, { ...body, guarantee: toText(body.guarantee) }, at)?.refused ?? null,
    apply(loan, { id, author, at, body: { guarantee, amount, reason, note } }) {
      const call = { guarantee: toText(guarantee), by: author, amount, reason, at }
      loan.guarantees!.called[id] = note === undefined ? call : { ...call, note }
    },
  },
  effects: {
    guarantee: {
      apply(state: GuaranteeState, { id, author, at, body }) {
        const guarantee = toText(body.guarantee)
        if (state.signed[guarantee]) state.called[id] = { guarantee, by: author, amount: body.amount, at }
      },
    },
  },
})
