/** `default.declared`: an owner, or the servicer, calls a loan defaulted that is late for as long as the agreement says. */
import { schema } from '#libs/offers'
import { judgeDefault } from '../ending.js'
import { loanKind } from '../loan-kind.js'

export const defaultDeclared = loanKind<{ reason: string }>({
  name: 'default.declared',
  schema: schema.object({ reason: schema.text(1000) }),
  loan: {
    judge: ({ author, at }, past) => judgeDefault(past, author, at)?.refused ?? null,
    apply: (loan, { id, author, at, body }) => void (loan.defaults[id] = { by: author, reason: body.reason, at }),
  },
})
