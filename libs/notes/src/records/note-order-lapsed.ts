/** `note.orderLapsed`: the seller will not sell to an order. */
import { loanKind } from '#libs/loans'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeOrderLapse } from '../trading.js'

export const noteOrderLapsed = loanKind<{ order: Uint8Array; reason: string }>({
  name: 'note.orderLapsed',
  schema: schema.object({ order: schema.id32, reason: schema.text(1000) }),
  check: ({ body, refs }) => (refs.includes(toText(body.order)) ? null : 'order_not_referenced'),
  loan: {
    judge: ({ author, body }, past) => judgeOrderLapse(past, author, toText(body.order))?.refused ?? null,
    apply: (loan, { id, at, body }) => void (loan.orderLapses[toText(body.order)] = { id, reason: body.reason, at }),
  },
})
