/** `agreement.concluded`: the proposer names everyone's signature (`refs`: the others'), and the loan exists. */
import { lendingKind, schema } from '#libs/offers'
import type { LoanState } from '../loan.js'
import { judgeConclusion } from '../signing.js'
import { settlesAnswer, settlesPledge } from './agreement-settled.js'

export const agreementConcluded = lendingKind({
  name: 'agreement.concluded',
  belongsTo: ['loan'],
  concernsAsFirst: true,
  schema: schema.object({}),
  effects: {
    offer: settlesPledge('concluded'),
    application: settlesAnswer('concluded'),
    loan: {
      judge: ({ author, refs }, past: LoanState) => judgeConclusion(past, author, refs)?.refused ?? null,
      apply: (loan: LoanState, { id, at }) => void (loan.outcome = { stage: 'concluded', id, at }),
    },
  },
})
