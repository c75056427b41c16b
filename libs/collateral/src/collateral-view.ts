/** Collateral as faces show it. */
import type { LoanState } from '#libs/loans'
import type { CollateralPledgeView, CollateralView } from '#libs/messages'
import { divideRounded, type PlainDate } from '#libs/money'
import { judgePledging, judgeRelease, judgeValuation, marginOf, releaseOf, worthOf } from './collateral.js'

/** Who looks, and when. */
export interface Onlooker {
  identity: string | null
  now: number
  aliases: ReadonlyMap<string, string>
}

/** Of a loan whose agreement asks for collateral, on a day. */
export function collateralView(loan: LoanState, asOf: PlainDate, by: Onlooker): CollateralView {
  const { collateral, terms } = loan.agreement!
  const { worth, exposure, required, status, shortfall } = marginOf(loan, asOf)
  const ppm = worth === 0n ? null : Number(divideRounded(exposure * 1_000_000n, worth, 'up'))
  const mayPledge = by.identity !== null && judgePledging(loan, by.identity) === null
  return {
    ...{ loan: loan.id, asOf, terms: collateral!, status, shortfall: Number(shortfall) },
    pledges: Object.keys(loan.collateral?.pledged ?? {}).map((pledge) => pledgeView(loan, pledge, asOf, by)),
    worth: { amount: Number(worth), currency: terms.currency },
    exposure: { amount: Number(exposure), currency: terms.currency },
    loanToValuePpm: ppm,
    required: {
      initial: Number(required.initial),
      maintenance: Number(required.maintenance),
      liquidation: Number(required.liquidation),
    },
    may: mayPledge ? ['collateral.pledge'] : [],
  }
}

function pledgeView(loan: LoanState, id: string, asOf: PlainDate, by: Onlooker): CollateralPledgeView {
  const { owner, what, description, document, at } = loan.collateral!.pledged[id]!
  const worth = worthOf(loan, id, asOf)
  return {
    ...{ id, owner, ownerAlias: by.aliases.get(owner) ?? null, what, description, document, pledgedAtMs: at },
    worth: worth && { amount: worth.amount, date: worth.date, method: worth.method, record: worth.record },
    releasedOn: releaseOf(loan, id)?.on ?? null,
    may: mayDo(loan, id, asOf, by),
  }
}

function mayDo(loan: LoanState, pledge: string, asOf: PlainDate, { identity, now }: Onlooker): string[] {
  if (identity === null) return []
  const valued = { pledge, amount: 0, date: asOf }
  return [
    ...(judgeValuation(loan, identity, valued, now) === null ? ['collateral.value'] : []),
    ...(releaseOf(loan, pledge) === null && judgeRelease(loan, identity, pledge) === null
      ? ['collateral.release']
      : []),
  ]
}
