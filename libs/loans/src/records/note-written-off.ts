/** `note.writtenOff`: the lender takes the loss into its books. The debt remains, and what still comes is a recovery. */
import { schema } from '#libs/offers'
import { judgeWriteOff } from '../ending.js'
import { loanKind } from '../loan-kind.js'

export const noteWrittenOff = loanKind<{ reason: string }>({
  name: 'note.writtenOff',
  schema: schema.object({ reason: schema.text(1000) }),
  loan: {
    judge: ({ author, at }, past) => judgeWriteOff(past, author, at)?.refused ?? null,
    apply: (loan, { id, at, body }) => void (loan.writeOffs[id] = { reason: body.reason, at }),
  },
})
