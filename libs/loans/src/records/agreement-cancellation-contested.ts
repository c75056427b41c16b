/** `agreement.cancellationContested`: the lender says that the withdrawal came too late. A flag that all see; it changes nothing. */
import { schema } from '#libs/offers'
import { judgeContest } from '../ending.js'
import { loanKind } from '../loan-kind.js'

export const agreementCancellationContested = loanKind<{ reason: string }>({
  name: 'agreement.cancellationContested',
  schema: schema.object({ reason: schema.text(1000) }),
  loan: {
    judge: ({ author }, past) => judgeContest(past, author)?.refused ?? null,
    apply: (loan, { id, author, at, body }) => void (loan.contests[id] = { by: author, reason: body.reason, at }),
  },
})
