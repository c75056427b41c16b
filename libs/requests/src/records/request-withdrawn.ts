/** `request.withdrawn`: no more bids and no new proposal; one that was made stands. */
import { lendingKind, schema } from '#libs/offers'
import { judgeWithdrawal, type RequestState } from '../request.js'

export const requestWithdrawn = lendingKind({
  name: 'request.withdrawn',
  belongsTo: ['request'],
  schema: schema.object({}),
  effects: {
    request: {
      judge: ({ author }, past: RequestState) => judgeWithdrawal(past, author)?.refused ?? null,
      apply: (request: RequestState, { at }) => void (request.withdrawnAt = at),
    },
  },
})
