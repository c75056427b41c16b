/** `collateral.pledged`: its author pledges something of its own for the loan. */
import { loanKind } from '#libs/loans'
import { lineOfText } from '#libs/network'
import { schema } from '#libs/offers'
import { toText } from '#libs/record'
import { judgePledging } from '../collateral.js'

/** `document`: SHA-256 of what describes it further. */
export type CollateralPledgedBody = { what: string; description: string; document?: Uint8Array }

/** What is pledged, in a line. */
export const pledgedThing = lineOfText(140)

export const collateralPledged = loanKind<CollateralPledgedBody>({
  name: 'collateral.pledged',
  schema: schema.object({ what: { ...pledgedThing }, description: schema.text(1000) }, { document: schema.id32 }),
  loan: {
    judge: ({ author }, past) => judgePledging(past, author)?.refused ?? null,
    apply(loan, { id, author, at, body: { what, description, document } }) {
      loan.collateral ??= { pledged: {}, valued: {}, released: {} }
      const named = document ? toText(document) : null
      loan.collateral.pledged[id] = { owner: author, what, description, document: named, at }
    },
  },
})
