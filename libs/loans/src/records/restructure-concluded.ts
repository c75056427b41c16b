/** `restructure.concluded`: the proposer names the other party's signature (`refs`), and the change counts. */
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeChangeConclusion } from '../changing.js'
import { loanKind } from '../loan-kind.js'

export const restructureConcluded = loanKind<{ change: Uint8Array }>({
  name: 'restructure.concluded',
  schema: schema.object({ change: schema.id32 }),
  loan: {
    judge: ({ author, refs, body }, past) =>
      judgeChangeConclusion(past, author, toText(body.change), refs)?.refused ?? null,
    apply: (loan, { id, at, body }) => void (loan.changesSettled[toText(body.change)] = { stage: 'concluded', id, at }),
  },
})
