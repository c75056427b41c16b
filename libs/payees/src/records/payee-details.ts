/** `payee.details`: where to pay its author; private. The whole of it: what is left out no longer holds. */
import { type Body, type Effect, recordKind } from '#libs/fold'
import type { PayeeWay } from '#libs/messages'
import { type PayeeState, sameWays } from '../payee.js'
import { wayFault, WAYS_SCHEMA } from '../way.js'

export type PayeeDetailsBody = Body & { ways: PayeeWay[] }

const payee: Effect<PayeeState, PayeeDetailsBody> = {
  judge: ({ author }, past) => (past.payee === null || past.payee === author ? null : 'not_the_payee'),
  apply(state, { author, at, body }) {
    if (state.payee !== null && sameWays(state.ways, body.ways)) return
    if (state.payee === null) state.first = at
    else state.changes++
    state.payee = author
    state.ways = body.ways
    state.since = at
  },
}

/** Void: must_be_private, iban_checksum, not_the_payee. */
export const payeeDetails = recordKind<PayeeDetailsBody>({
  name: 'payee.details',
  starts: ['payee'],
  belongsTo: ['payee'],
  schema: {
    type: 'object',
    properties: { ways: WAYS_SCHEMA },
    required: ['ways'],
    additionalProperties: false,
  },
  check({ vis, body }) {
    if (vis !== 1) return 'must_be_private'
    return body.ways.map(wayFault).find((fault) => fault !== null) ?? null
  },
  effects: { payee },
})
