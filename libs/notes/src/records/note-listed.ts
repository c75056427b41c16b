/** `note.listed`: the owner of a note offers it, or a part of what is owed on it, for a price. */
import { loanKind, noteName } from '#libs/loans'
import { schema } from '#libs/offers'
import { judgeListing } from '../trading.js'

/** Minor units. `part`: principal that is for sale; without it the whole note. `touches`: what was known of the note. */
export type NoteListedBody = { note: string; part?: number; cleanPrice: number; touches: number; reason: string }

export const noteListed = loanKind<NoteListedBody>({
  name: 'note.listed',
  schema: schema.object(
    { note: noteName, cleanPrice: schema.positiveAmount, touches: schema.amount, reason: schema.text(1000) },
    { part: schema.positiveAmount },
  ),
  loan: {
    judge: ({ author, at, body }, past) => judgeListing(past, author, body, at)?.refused ?? null,
    apply: (loan, { id, author, at, body: { part = null, ...body } }) =>
      void (loan.listings[id] = { ...body, part, by: author, at }),
  },
})
