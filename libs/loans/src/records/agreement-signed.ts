/** `agreement.signed`: a party is bound by the agreement as proposed, if everyone else signs and the proposer concludes. */
import { recordKind } from '#libs/fold'
import { schema } from '#libs/offers'
import { judgeSigning, type LoanState } from '../loan.js'

export const agreementSigned = recordKind({
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
