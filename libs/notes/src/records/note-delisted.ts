/** `note.delisted`: the owner takes a listing back. */
import { loanKind } from '#libs/loans'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeDelisting } from '../trading.js'

export const noteDelisted = loanKind<{ listing: Uint8Array }>({
  name: 'note.delisted',
  schema: schema.object({ listing: schema.id32 }),
  loan: {
    judge: ({ author, body }, past) => judgeDelisting(past, author, toText(body.listing))?.refused ?? null,
    apply: (loan, { id, at, body }) => void (loan.delistings[toText(body.listing)] = { id, at }),
  },
})
