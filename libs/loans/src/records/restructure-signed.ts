/** `restructure.signed`: the other party is bound by the change, if its proposer concludes it. */
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeChangeSigning } from '../changing.js'
import { loanKind } from '../loan-kind.js'

export const restructureSigned = loanKind<{ change: Uint8Array }>({
  name: 'restructure.signed',
  schema: schema.object({ change: schema.id32 }),
  check: ({ body, refs }) => (refs.includes(toText(body.change)) ? null : 'change_not_referenced'),
  loan: {
    judge: ({ author, at, body }, past) => judgeChangeSigning(past, author, toText(body.change), at)?.refused ?? null,
    apply: (loan, { id, author, at, body }) =>
      void (loan.changesSigned[id] = { change: toText(body.change), by: author, at }),
  },
})
