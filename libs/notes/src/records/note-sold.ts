/**
 * `note.sold`: the title goes to the buyer, whose payment the seller has confirmed before in its own log. Of a part of a note: it is
 * split in two, the first of which stays with the seller.
 */
import { dayOf, loanKind, noteName } from '#libs/loans'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeSale } from '../trading.js'

/** Minor units. `previous`: the sale by which the seller had the title. `owed`: principal on the note at the end of the day. */
export type NoteSoldBody = { note: string; order: Uint8Array; previous?: Uint8Array; owed: number; part?: number }

export const noteSold = loanKind<NoteSoldBody>({
  name: 'note.sold',
  schema: schema.object(
    { note: noteName, order: schema.id32, owed: schema.positiveAmount },
    { previous: schema.id32, part: schema.positiveAmount },
  ),
  check: ({ body, refs }) => (refs.includes(toText(body.order)) ? null : 'order_not_referenced'),
  loan: {
    judge: ({ author, at, body: { order, previous, ...body } }, past) =>
      judgeSale(
        past,
        author,
        { ...body, order: toText(order), ...(previous ? { previous: toText(previous) } : {}) },
        at,
      )?.refused ?? null,
    apply(loan, { id, author, at, body: { note, order, previous, owed, part = null } }) {
      const ordered = loan.orders[toText(order)]!
      loan.sales[id] = {
        ...{ note, owed, part, at, on: dayOf(at), seller: author, buyer: ordered.by },
        order: toText(order),
        previous: previous ? toText(previous) : null,
        price: ordered.price,
        accrued: ordered.accrued,
      }
    },
  },
})
