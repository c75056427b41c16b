/** `dispute.answered`: another party's side of it. */
import { loanKind } from '#libs/loans'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeAnswering } from '../dispute.js'

export const disputeAnswered = loanKind<{ dispute: Uint8Array; text: string }>({
  name: 'dispute.answered',
  schema: schema.object({ dispute: schema.id32, text: schema.text(2000) }),
  loan: {
    judge: ({ author, body }, past) => judgeAnswering(past, author, toText(body.dispute))?.refused ?? null,
    apply(loan, { id, author, at, body }) {
      loan.disputes!.answered[id] = { dispute: toText(body.dispute), by: author, text: body.text, at }
    },
  },
})
