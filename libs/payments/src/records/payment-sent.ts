/** `payment.sent`: a payer says that money is on its way. It moves nothing yet; unanswered for long, it stops being late. */
import type { LoanState } from '#libs/loans'
import { lendingKind, schema } from '#libs/offers'
import { judgeSent, purposeOf, RAILS } from '../payment.js'

/** Amount in minor units of the loan's currency. */
export type PaymentSentBody = { amount: number; valueDate: string; rail: (typeof RAILS)[number]; reference: string }

export const paymentSent = lendingKind<PaymentSentBody>({
  name: 'payment.sent',
  belongsTo: ['loan'],
  schema: schema.object({
    amount: schema.positiveAmount,
    valueDate: schema.date,
    rail: { enum: [...RAILS] },
    reference: schema.line(140),
  }),
  effects: {
    loan: {
      judge: ({ author, at, body }, past: LoanState) =>
        judgeSent(past, author, { amount: body.amount, day: body.valueDate, at })?.refused ?? null,
      apply: (loan: LoanState, { id, author, at, body }) =>
        void (loan.sent[id] = { ...body, payer: author, purpose: purposeOf(loan, author, 'payer')!, at }),
    },
  },
})
