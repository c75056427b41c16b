/** `note.ordered`: a buyer takes a listing as it stands, and says what will be paid until when. It binds nobody to anything else. */
import { loanKind } from '#libs/loans'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeOrder } from '../trading.js'

/** Minor units. `price`: with the interest accrued by `settleOn`. `touches`: what was known of the note. */
export type NoteOrderedBody = {
  listing: Uint8Array
  price: number
  accrued: number
  settleOn: string
  touches: number
}

export const noteOrdered = loanKind<NoteOrderedBody>({
  name: 'note.ordered',
  schema: schema.object({
    listing: schema.id32,
    price: schema.positiveAmount,
    accrued: schema.amount,
    settleOn: schema.date,
    touches: schema.amount,
  }),
  check: ({ body, refs }) => (refs.includes(toText(body.listing)) ? null : 'listing_not_referenced'),
  loan: {
    judge: ({ author, at, body }, past) =>
      judgeOrder(past, author, { ...body, listing: toText(body.listing) }, at)?.refused ?? null,
    apply: (loan, { id, author, at, body }) =>
      void (loan.orders[id] = { ...body, listing: toText(body.listing), by: author, at }),
  },
})
