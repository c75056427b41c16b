/** `agreement.concluded`: the proposer names everyone's signature (`refs`: the others'), and the loan exists; one that was taken over begins with its balance. */
import { schema } from '#libs/offers'
import { openingOf } from '../adopted.js'
import { loanKind } from '../loan-kind.js'
import { judgeConclusion } from '../signing.js'
import { settles } from './agreement-settled.js'

export const agreementConcluded = loanKind({
  name: 'agreement.concluded',
  concernsAsFirst: true,
  schema: schema.object({}),
  effects: settles('concluded'),
  loan: {
    judge: ({ author, refs }, past) => judgeConclusion(past, author, refs)?.refused ?? null,
    apply(loan, { id, at }) {
      loan.outcome = { stage: 'concluded', id, at }
      const opening = openingOf(loan.agreement!, at)
      if (opening) loan.confirmed[id] = opening
    },
  },
})
