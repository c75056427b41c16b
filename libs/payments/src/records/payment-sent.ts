/** `payment.sent`: a payer says that money is on its way. It moves nothing yet; unanswered for long, it stops being late. */
import { loanKind } from '#libs/loans'
import { schema } from '#libs/offers'
import { guaranteeOf, judgeSent, purposeOf, purposeUnder, RAILS } from '../payment.js'
import { forNoteFault, namedNote, sentNamesNote, type NamesNote } from '../for-note.js'
import { namedGuarantee, namesGuarantee, underFault, type NamesGuarantee } from '../under-guarantee.js'

/** Amount in minor units of the loan's currency. `settles`: the borrower means it to settle the loan. */
export type PaymentSentBody = NamesGuarantee &
  Omit<NamesNote, 'goodFaith'> & {
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
    { settles: { const: true }, ...namesGuarantee, ...sentNamesNote },
  ),
  check: ({ body }) => underFault(body) ?? forNoteFault(body),
  loan: {
    judge: ({ author, at, body }, past) =>
      judgeSent(
        past,
        author,
        { amount: body.amount, day: body.valueDate, at },
        {
          ...namedNote(body),
          ...namedGuarantee(body),
        },
      )?.refused ?? null,
    apply(loan, { id, author, at, body }) {
      const under = guaranteeOf(loan, namedGuarantee(body))
      const { purpose: stated, ...about } = namedNote(body)
      const purpose = stated ?? purposeUnder(under) ?? purposeOf(loan, author, 'payer')!
      const { amount, valueDate, rail, reference, settles = false } = body
      loan.sent[id] = { amount, valueDate, rail, reference, settles, payer: author, purpose, at, ...under, ...about }
    },
  },
})
