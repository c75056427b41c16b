/** `agreement.signed`: a party is bound by the agreement as proposed, if everyone else signs and the proposer concludes. */
import { lendingKind, schema } from '#libs/offers'
import type { LoanState } from '../loan.js'
import { judgeSigning } from '../signing.js'

export const agreementSigned = lendingKind({
  name: 'agreement.signed',
  belongsTo: ['loan'],
  schema: schema.object({}),
  effects: {
    loan: {
      judge: ({ author, at }, past: LoanState) => judgeSigning(past, author, at)?.refused ?? null,
      apply: (loan: LoanState, { id, author, at }) => void (loan.signatures[author] = { id, at }),
    },
  },
})
