/** `restructure.lapsed`: the proposer closes a change that comes to nothing. */
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeSettling } from '../changing.js'
import { loanKind } from '../loan-kind.js'

export const restructureLapsed = loanKind<{ change: Uint8Array }>({
  name: 'restructure.lapsed',
  schema: schema.object({ change: schema.id32 }),
  loan: {
    judge: ({ author, body }, past) => judgeSettling(past, author, toText(body.change))?.refused ?? null,
    apply: (loan, { id, at, body }) => void (loan.changesSettled[toText(body.change)] = { stage: 'lapsed', id, at }),
  },
})
