/** `collateral.released`: who is owed the loan, or collects it, says that a pledge is free. */
import { loanKind } from '#libs/loans'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgeRelease } from '../collateral.js'

export const collateralReleased = loanKind<{ pledge: Uint8Array; reason: string }>({
  name: 'collateral.released',
  schema: schema.object({ pledge: schema.id32, reason: schema.text(1000) }),
  loan: {
    judge: ({ author, body }, past) => judgeRelease(past, author, toText(body.pledge))?.refused ?? null,
    apply(loan, { id, author, at, body: { pledge, reason } }) {
      loan.collateral!.released[id] = { pledge: toText(pledge), by: author, reason, at }
    },
  },
})
