/** `payment.reversalAccepted`: the payer, or the arbiter, agrees that a confirmation is taken back. From that day on it counts. */
import { loanKind } from '#libs/loans'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeAcceptance } from '../payment.js'

export const paymentReversalAccepted = loanKind<{ reversal: Uint8Array }>({
  name: 'payment.reversalAccepted',
  schema: schema.object({ reversal: schema.id32 }),
  check: ({ body, refs }) => (refs.includes(toText(body.reversal)) ? null : 'reversal_not_referenced'),
  loan: {
    judge: ({ author, body }, past) => judgeAcceptance(past, author, toText(body.reversal))?.refused ?? null,
    apply(loan, { id, author, at, body }) {
      loan.reversalsAccepted[id] = { reversal: toText(body.reversal), by: author, at }
    },
  },
})
