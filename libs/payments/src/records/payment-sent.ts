/** `payment.sent`: a payer says that money is on its way. It moves nothing yet; unanswered for long, it stops being late. */
import { loanKind } from '#libs/loans'
import { schema } from '#libs/offers'
import { judgeSent, purposeOf, RAILS } from '../payment.js'

/** Amount in minor units of the loan's currency. `settles`: the borrower means it to settle the loan. */
export type PaymentSentBody = {
  amount: number
  valueDate: string
  rail: (typeof RAILS)[number]
  reference: string
  settles?: true
}

export const paymentSent = loanKind<PaymentSentBody>({
  name: 'payment.sent',
  schema: schema.object(
    {
      amount: schema.positiveAmount,
      valueDate: schema.date,
      rail: { enum: [...RAILS] },
      reference: schema.line(140),
    },
    { settles: { const: true } },
  ),
  loan: {
    judge: ({ author, at, body }, past) =>
      judgeSent(past, author, { amount: body.amount, day: body.valueDate, at })?.refused ?? null,
    apply(loan, { id, author, at, body }) {
      const purpose = purposeOf(loan, author, 'payer')!
      loan.sent[id] = { ...body, settles: body.settles ?? false, payer: author, purpose, at }
    },
  },
})
