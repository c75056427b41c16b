/** `charge.waived`: what is unpaid of an own charge is no longer owed. */
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeWaiver } from '../charging.js'
import { loanKind } from '../loan-kind.js'

export const chargeWaived = loanKind<{ charge: Uint8Array; reason: string }>({
  name: 'charge.waived',
  schema: schema.object({ charge: schema.id32, reason: schema.text(1000) }),
  loan: {
    judge: ({ author, at, body }, past) => judgeWaiver(past, author, toText(body.charge), at)?.refused ?? null,
    apply: (loan, { id, author, at, body }) =>
      void (loan.waivers[id] = { charge: toText(body.charge), by: author, reason: body.reason, at }),
  },
})
