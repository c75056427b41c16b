/** `payment.refunded`: the lender gave back money that was paid beyond what is owed. */
import type { LoanState } from '#libs/loans'
import { lendingKind, schema } from '#libs/offers'
import { judgeRefund } from '../payment.js'

export const paymentRefunded = lendingKind<{ amount: number; valueDate: string }>({
  name: 'payment.refunded',
  belongsTo: ['loan'],
  schema: schema.object({ amount: schema.positiveAmount, valueDate: schema.date }),
  effects: {
    loan: {
      judge: ({ author, at, body }, past: LoanState) =>
        judgeRefund(past, author, { amount: body.amount, day: body.valueDate, at })?.refused ?? null,
      apply: (loan: LoanState, { id, at, body }) => void (loan.refunds[id] = { ...body, at }),
    },
  },
})
