/** `agreement.declined`: a party will not have it, or no longer. It lapses unless it was concluded first. */
import { recordKind } from '#libs/fold'
import { schema } from '#libs/offers'
import { judgeDeclining, type LoanState } from '../loan.js'

export const agreementDeclined = recordKind<{ reason: string }>({
  name: 'agreement.declined',
  belongsTo: ['loan'],
  schema: schema.object({ reason: schema.text(1000) }),
  effects: {
    loan: {
      judge: ({ author }, past: LoanState) => judgeDeclining(past, author)?.refused ?? null,
      apply: (loan: LoanState, { id, author, at, body }) =>
        void (loan.declines[author] = { id, at, reason: body.reason }),
    },
  },
})
