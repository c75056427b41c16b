/** ▸ `bid.placed`: a lender says how much of a request it would lend, and at which rate. Starts the bid; rests on the request (`refs`). */
import { lendingKind, schema } from '#libs/offers'
import { toText } from '#libs/record'
import { bidFault, type BidState } from '../bid.js'
import { judgeBid, type RequestState } from '../request.js'
import { instant, ratePpm } from '../request-schema.js'

const { currency, id32, object, positiveAmount } = schema

/** Amounts in minor units. `borrower` is the request's, copied for the bid's own fold. */
export type BidBody = {
  request: Uint8Array
  borrower: Uint8Array
  currency: string
  amount: number
  leastAmount: number
  ratePpm: number
  validUntil: number
}

export const bidPlaced = lendingKind<BidBody>({
  name: 'bid.placed',
  starts: ['bid'],
  schema: object({
    ...{ request: id32, borrower: id32, currency, amount: positiveAmount, leastAmount: positiveAmount },
    ...{ ratePpm, validUntil: instant },
  }),
  check: ({ body, refs, at }) =>
    refs.length === 1 && refs[0] === toText(body.request)
      ? (bidFault(body, at)?.refused ?? null)
      : 'request_not_referenced',
  effects: {
    request: {
      judge({ author, at, body }, past: RequestState) {
        const named = { request: toText(body.request), borrower: toText(body.borrower) }
        return judgeBid(past, { ...body, ...named, lender: author, at })?.refused ?? null
      },
      apply: () => undefined,
    },
    bid: {
      apply(bid: BidState, { id, author, at, body }) {
        const { request, borrower, ...said } = body
        Object.assign(bid, said, {
          id,
          lender: author,
          request: toText(request),
          borrower: toText(borrower),
          placedAt: at,
        })
      },
    },
  },
})
