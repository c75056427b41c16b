/**
 * `payment.confirmed`: the payee received so much, on that day. Answers a `payment.sent` of the other side (then `payment`
 * names it, and so do `refs`) or stands alone.
 */
import { loanKind, valueDateOf } from '#libs/loans'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeConfirmed, purposeOf, RAILS } from '../payment.js'

/** Amount in minor units of the loan's currency, as received. `settles`: it was meant to settle the loan; only where it stands alone. */
export type PaymentConfirmedBody = {
  payment?: Uint8Array
  amount: number
  receivedOn: string
  rail: (typeof RAILS)[number]
  settles?: true
}

export const paymentConfirmed = loanKind<PaymentConfirmedBody>({
  name: 'payment.confirmed',
  schema: schema.object(
    { amount: schema.positiveAmount, receivedOn: schema.date, rail: { enum: [...RAILS] } },
    { payment: schema.id32, settles: { const: true } },
  ),
  check({ body: { payment, settles }, refs }) {
    if (payment === undefined) return null
    if (settles) return 'settles_is_the_payers_word'
    return refs.includes(toText(payment)) ? null : 'payment_not_referenced'
  },
  loan: {
    judge({ author, at, body }, past) {
      const claim = { amount: body.amount, day: body.receivedOn, at }
      return judgeConfirmed(past, author, sentOf(body), claim)?.refused ?? null
    },
    apply(loan, { id, author, at, body }) {
      const sent = sentOf(body)
      const said = sent === null ? null : loan.sent[sent]!
      const { amount, receivedOn, rail } = body
      loan.confirmed[id] = {
        ...{ payee: author, purpose: purposeOf(loan, author, 'payee')!, sent, amount, receivedOn, rail, at },
        valueDate: valueDateOf(said?.valueDate ?? null, receivedOn, loan.agreement!.railDays),
        settles: said?.settles ?? body.settles ?? false,
        established: null,
      }
    },
  },
})

const sentOf = ({ payment }: PaymentConfirmedBody): string | null => (payment === undefined ? null : toText(payment))
