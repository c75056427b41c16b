/** `payment.established`: the agreement's arbiter rules that a sent payment arrived, which its payee refused or left unanswered. */
import { loanKind } from '#libs/loans'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { establish } from '../establishing.js'
import { judgeEstablished } from '../payment.js'

/** Amount in minor units of the loan's currency. */
export type PaymentEstablishedBody = { payment: Uint8Array; amount: number; receivedOn: string; reason: string }

export const paymentEstablished = loanKind<PaymentEstablishedBody>({
  name: 'payment.established',
  schema: schema.object({
    payment: schema.id32,
    amount: schema.positiveAmount,
    receivedOn: schema.date,
    reason: schema.text(1000),
  }),
  check: ({ body, refs }) => (refs.includes(toText(body.payment)) ? null : 'payment_not_referenced'),
  loan: {
    judge({ author, at, body }, past) {
      const claim = { amount: body.amount, day: body.receivedOn, at }
      return judgeEstablished(past, author, toText(body.payment), claim)?.refused ?? null
    },
    apply: (loan, { id, at, body: { payment, ...found } }) =>
      establish(loan, id, { ...found, sent: toText(payment), at }),
  },
})
