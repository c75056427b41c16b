/** `payment.reversed`: the payee takes its own confirmation back, all of it or a part. It has no effect alone. */
import { loanKind } from '#libs/loans'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeReversal } from '../payment.js'

/** `amount` in minor units: so much is owed again; without it, as if the payment had never been. */
export type PaymentReversedBody = { confirmation: Uint8Array; amount?: number; reason: string }

export const paymentReversed = loanKind<PaymentReversedBody>({
  name: 'payment.reversed',
  schema: schema.object({ confirmation: schema.id32, reason: schema.text(1000) }, { amount: schema.positiveAmount }),
  loan: {
    judge: ({ author, body }, past) =>
      judgeReversal(past, author, toText(body.confirmation), body.amount ?? null)?.refused ?? null,
    apply(loan, { id, author, at, body: { confirmation, amount = null, reason } }) {
      loan.reversals[id] = { confirmation: toText(confirmation), by: author, amount, reason, at }
    },
  },
})
