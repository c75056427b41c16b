/**
 * `payment.confirmed`: the payee received so much, on that day. Answers a `payment.sent` of the other side (then `payment`
 * names it, and so do `refs`) or stands alone.
 */
import { valueDateOf, type LoanState } from '#libs/loans'
import { lendingKind, schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeConfirmed, purposeOf, RAILS } from '../payment.js'

/** Amount in minor units of the loan's currency, as received. */
export type PaymentConfirmedBody = {
  payment?: Uint8Array
  amount: number
  receivedOn: string
  rail: (typeof RAILS)[number]
}

export const paymentConfirmed = lendingKind<PaymentConfirmedBody>({
  name: 'payment.confirmed',
  belongsTo: ['loan'],
  schema: schema.object(
    { amount: schema.positiveAmount, receivedOn: schema.date, rail: { enum: [...RAILS] } },
    { payment: schema.id32 },
  ),
  check: ({ body, refs }) =>
    body.payment === undefined || refs.includes(toText(body.payment)) ? null : 'payment_not_referenced',
  effects: {
    loan: {
      judge({ author, at, body }, past: LoanState) {
        const claim = { amount: body.amount, day: body.receivedOn, at }
        return judgeConfirmed(past, author, sentOf(body), claim)?.refused ?? null
      },
      apply(loan: LoanState, { id, author, at, body }) {
        const sent = sentOf(body)
        const sentOn = sent === null ? null : loan.sent[sent]!.valueDate
        const { amount, receivedOn, rail } = body
        const purpose = purposeOf(loan, author, 'payee')!
        const valueDate = valueDateOf(sentOn, receivedOn, loan.agreement!.railDays)
        loan.confirmed[id] = { payee: author, purpose, sent, amount, valueDate, receivedOn, rail, at }
      },
    },
  },
})

const sentOf = ({ payment }: PaymentConfirmedBody): string | null => (payment === undefined ? null : toText(payment))
