/** `agreement.declined`: a party will not have it, or no longer. It lapses unless it was concluded first. */
import { lendingKind, schema } from '#libs/offers'
import type { LoanState } from '../loan.js'
import { judgeDeclining } from '../signing.js'

export const agreementDeclined = lendingKind<{ reason: string }>({
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
