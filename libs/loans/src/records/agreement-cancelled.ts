/** `agreement.cancelled`: the borrower withdraws within the cooling-off days. Principal and interest to the day are due back, nothing else. */
import { schema } from '#libs/offers'
import { judgeCancellation } from '../ending.js'
import { loanKind } from '../loan-kind.js'

export const agreementCancelled = loanKind<{ reason: string }>({
  name: 'agreement.cancelled',
  schema: schema.object({ reason: schema.text(1000) }),
  loan: {
    judge: ({ author, at }, past) => judgeCancellation(past, author, at)?.refused ?? null,
    apply: (loan, { id, at, body }) => void (loan.cancellations[id] = { reason: body.reason, at }),
  },
})
