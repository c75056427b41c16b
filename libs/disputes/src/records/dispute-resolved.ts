/** `dispute.resolved`: the agreement's arbiter rules. What the ruling does is part of it. */
import { loanKind } from '#libs/loans'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeRuling } from '../dispute.js'
import { applyOutcome, outcomeOf, outcomeSchema, type OutcomeBody } from '../outcome.js'

export const disputeResolved = loanKind<{ dispute: Uint8Array; outcome: OutcomeBody; reason: string }>({
  name: 'dispute.resolved',
  schema: schema.object({ dispute: schema.id32, outcome: outcomeSchema(schema.id32), reason: schema.text(2000) }),
  loan: {
    judge: ({ author, at, body }, past) =>
      judgeRuling(past, author, toText(body.dispute), outcomeOf(body.outcome), at)?.refused ?? null,
    apply(loan, { id, author, at, body }) {
      const outcome = outcomeOf(body.outcome)
      loan.disputes!.resolved[id] = { dispute: toText(body.dispute), by: author, outcome, reason: body.reason, at }
      applyOutcome(loan, id, outcome, body.reason, at)
    },
  },
})
