/** `collateral.valued`: whom the agreement names says what a pledge was worth on a day, and how that was found. */
import { loanKind } from '#libs/loans'
import { lineOfText } from '#libs/network'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeValuation } from '../collateral.js'

/** Amount in minor units of the loan's currency, perhaps 0. */
export type CollateralValuedBody = { pledge: Uint8Array; amount: number; date: string; method: string }

/** How a worth was found, in a line. */
export const valuationMethod = lineOfText(140)

export const collateralValued = loanKind<CollateralValuedBody>({
  name: 'collateral.valued',
  schema: schema.object({
    ...{ pledge: schema.id32, amount: schema.amount, date: schema.date },
    method: { ...valuationMethod },
  }),
  loan: {
    judge: ({ author, at, body }, past) =>
      judgeValuation(past, author, { ...body, pledge: toText(body.pledge) }, at)?.refused ?? null,
    apply(loan, { id, author, at, body: { pledge, amount, date, method } }) {
      loan.collateral!.valued[id] = { pledge: toText(pledge), amount, date, method, by: author, at }
    },
  },
})
