/** `payment.refunded`: the lender gave back money that was paid beyond what is owed. */
import { loanKind, noteName } from '#libs/loans'
import { schema } from '#libs/offers'
import { judgeRefund } from '../payment.js'

export const paymentRefunded = loanKind<{ amount: number; valueDate: string; note?: string }>({
  name: 'payment.refunded',
  schema: schema.object({ amount: schema.positiveAmount, valueDate: schema.date }, { note: noteName }),
  loan: {
    judge: ({ author, at, body }, past) =>
      judgeRefund(past, author, { amount: body.amount, day: body.valueDate, at }, body.note)?.refused ?? null,
    apply: (loan, { id, author, at, body }) => void (loan.refunds[id] = { ...body, by: author, at }),
  },
})
