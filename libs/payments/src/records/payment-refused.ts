/** `payment.refused`: the payee says that a sent payment did not come. The payer may send again. */
import { loanKind } from '#libs/loans'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeAnswer } from '../payment.js'

export const paymentRefused = loanKind<{ payment: Uint8Array; reason: string }>({
  name: 'payment.refused',
  schema: schema.object({ payment: schema.id32, reason: schema.text(1000) }),
  check: ({ body, refs }) => (refs.includes(toText(body.payment)) ? null : 'payment_not_referenced'),
  loan: {
    judge: ({ author, body }, past) => judgeAnswer(past, author, toText(body.payment))?.refused ?? null,
    apply: (loan, { id, at, body }) => void (loan.refused[toText(body.payment)] = { id, reason: body.reason, at }),
  },
})
