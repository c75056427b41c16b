/** `dispute.opened`: a party says that a record of the loan is wrong. */
import { loanKind } from '#libs/loans'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeOpening } from '../dispute.js'

export const disputeOpened = loanKind<{ about: Uint8Array; text: string }>({
  name: 'dispute.opened',
  schema: schema.object({ about: schema.id32, text: schema.text(2000) }),
  loan: {
    judge: ({ author, body }, past) => judgeOpening(past, author, toText(body.about))?.refused ?? null,
    apply(loan, { id, author, at, body }) {
      loan.disputes ??= { opened: {}, answered: {}, resolved: {} }
      loan.disputes.opened[id] = { by: author, about: toText(body.about), text: body.text, at }
    },
  },
})
