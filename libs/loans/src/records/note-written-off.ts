/** `note.writtenOff`: the owner of a note takes the loss into its books. The debt remains, and what still comes is a recovery. */
import { schema } from '#libs/offers'
import { judgeWriteOff } from '../ending.js'
import { loanKind } from '../loan-kind.js'
import { noteName } from '../notes/note-name.js'

export const noteWrittenOff = loanKind<{ reason: string; note?: string }>({
  name: 'note.writtenOff',
  schema: schema.object({ reason: schema.text(1000) }, { note: noteName }),
  loan: {
    judge: ({ author, at, body }, past) => judgeWriteOff(past, author, at, body.note)?.refused ?? null,
    apply: (loan, { id, author, at, body }) => void (loan.writeOffs[id] = { ...body, by: author, at }),
  },
})
