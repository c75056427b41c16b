/** `charge.adjusted`: the lender credits so much against an own charge, paid or not. */
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeAdjustment } from '../charging.js'
import { loanKind } from '../loan-kind.js'

/** Amount in minor units. */
export type ChargeAdjustedBody = { charge: Uint8Array; amount: number; reason: string }

export const chargeAdjusted = loanKind<ChargeAdjustedBody>({
  name: 'charge.adjusted',
  schema: schema.object({ charge: schema.id32, amount: schema.positiveAmount, reason: schema.text(1000) }),
  loan: {
    judge: ({ author, body }, past) => judgeAdjustment(past, author, toText(body.charge), body.amount)?.refused ?? null,
    apply: (loan, { id, author, at, body: { charge, amount, reason } }) =>
      void (loan.adjustments[id] = { charge: toText(charge), by: author, amount, reason, at }),
  },
})
