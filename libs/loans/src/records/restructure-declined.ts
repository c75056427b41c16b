/** `restructure.declined`: the other party will not have the change. It lapses unless it was concluded first. */
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeChangeDeclining } from '../changing.js'
import { loanKind } from '../loan-kind.js'

export const restructureDeclined = loanKind<{ change: Uint8Array; reason: string }>({
  name: 'restructure.declined',
  schema: schema.object({ change: schema.id32, reason: schema.text(1000) }),
  check: ({ body, refs }) => (refs.includes(toText(body.change)) ? null : 'change_not_referenced'),
  loan: {
    judge: ({ author, body }, past) => judgeChangeDeclining(past, author, toText(body.change))?.refused ?? null,
    apply: (loan, { id, author, at, body }) =>
      void (loan.changesDeclined[id] = { change: toText(body.change), by: author, reason: body.reason, at }),
  },
})
