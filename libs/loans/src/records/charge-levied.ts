/** `charge.levied`: who collects charges what the terms allow on that day: a late fee, penalty interest, or for an event by its name. */
import { schema } from '#libs/offers'
import { judgeLevy, type ChargeAsked } from '../charging.js'
import { loanKind } from '../loan-kind.js'
import { noteName } from '../notes/note-name.js'

/** Amount in minor units; `name` of an event charge, else ''. */
export type ChargeLeviedBody = ChargeAsked & { reason: string }

export const chargeLevied = loanKind<ChargeLeviedBody>({
  name: 'charge.levied',
  schema: schema.object(
    {
      charge: { enum: ['lateFee', 'penaltyInterest', 'event'] },
      name: schema.line(64),
      component: { enum: ['fee', 'penalty'] },
      amount: schema.positiveAmount,
      due: schema.date,
      reason: schema.text(1000),
    },
    { note: noteName },
  ),
  loan: {
    judge: ({ author, at, body }, past) => judgeLevy(past, author, body, at)?.refused ?? null,
    apply: (loan, { id, author, at, body }) => void (loan.charges[id] = { ...body, by: author, at }),
  },
})
