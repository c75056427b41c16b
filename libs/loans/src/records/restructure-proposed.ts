/** `restructure.proposed`: a party proposes a change of the table, with the table that comes of it. It is the author's signature, too. */
import type { BodySchema } from '#libs/fold'
import { everySchema } from '#libs/money'
import { schema } from '#libs/offers'
import type { ChangedRow, LoanChange } from '#libs/messages'
import { judgeChange } from '../changing.js'
import { loanKind } from '../loan-kind.js'

export type RestructureProposedBody = {
  change: LoanChange
  effectiveOn: string
  /** [date, principal, interest, fees and penalties], minor units. */
  table: ChangedRow[]
  reason: string
  /** Until when it can be signed, ms since the Unix epoch. */
  expiresAt: number
}

const { amount, date, object, text, tuple } = schema
const count = { type: 'integer', minimum: 0, maximum: 600 }
const is = (type: LoanChange['type']) => ({ const: type })

/** `LoanChange`, as bodies and messages carry it. */
export const changeSchema: BodySchema = {
  anyOf: [
    object(
      { type: is('reschedule'), from: date },
      {
        newDueDate: date,
        principalGraceInstalments: count,
        extraInstalments: count,
        annualRatePpm: { type: 'integer', minimum: 0, maximum: 10_000_000 },
      },
    ),
    object({ type: is('reamortise') }),
    object({ type: is('reage'), firstDue: date, every: everySchema, instalments: schema.instalmentCount }),
    object({ type: is('interestPause'), from: date, to: date }),
  ],
}

export const restructureProposed = loanKind<RestructureProposedBody>({
  name: 'restructure.proposed',
  schema: object({
    change: changeSchema,
    effectiveOn: date,
    table: { type: 'array', items: tuple(date, amount, amount, amount), minItems: 1, maxItems: 1300 },
    reason: text(1000),
    expiresAt: { type: 'integer', minimum: 0, maximum: 253_402_300_799_999 },
  }),
  check: ({ at, body }) => (body.expiresAt <= at ? 'expiry_in_the_past' : null),
  loan: {
    judge: ({ author, at, body }, past) => judgeChange(past, author, body.effectiveOn, at)?.refused ?? null,
    apply: (loan, { id, author, at, body }) => void (loan.changes[id] = { ...body, by: author, at }),
  },
})
