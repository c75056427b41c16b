/** `payment.refunded`: the lender gave back money that was paid beyond what is owed. */
import { loanKind } from '#libs/loans'
import { schema } from '#libs/offers'
import { judgeRefund } from '../payment.js'

export const paymentRefunded = loanKind<{ amount: number; valueDate: string }>({
  name: 'payment.refunded',
  schema: schema.object({ amount: schema.positiveAmount, valueDate: schema.date }),
  loan: {
    judge: ({ author, at, body }, past) =>
      judgeRefund(past, author, { amount: body.amount, day: body.valueDate, at })?.refused ?? null,
    apply: (loan, { id, at, body }) => void (loan.refunds[id] = { ...body, at }),
  },
})
