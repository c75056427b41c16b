/**
 * A pool that lends: shared assets, a manager's fee, and cover that takes the first loss. Exact fractions of one
 * currency.
 */
import { add, compareRational, multiply, ONE, subtract, type Rational } from './rational.js'

export interface Pool {
  /** What the pool is worth: what it holds and what it is owed. */
  assetsTotal: Rational
  assetsAvailable: Rational
  /** What borrowers owe it, net of the manager's fee on interest. */
  debtTotal: Rational
}

/** A loan goes out: its net interest counts as the pool's from then on. */
export function issueFromPool(
  pool: Pool,
  principal: Rational,
  interestTotal: Rational,
  managementFeeRate: Rational,
): Pool {
  const net = multiply(interestTotal, subtract(ONE, managementFeeRate))
  return {
    assetsTotal: add(pool.assetsTotal, net),
    assetsAvailable: subtract(pool.assetsAvailable, principal),
    debtTotal: add(pool.debtTotal, add(principal, net)),
  }
}

/** A payment comes in: the manager's fee is taken from its interest, the rest joins what the pool holds. */
export function payIntoPool(
  pool: Pool,
  principalPortion: Rational,
  interestPortion: Rational,
  managementFeeRate: Rational,
) {
  const managementFee = multiply(interestPortion, managementFeeRate)
  const rest = subtract(add(principalPortion, interestPortion), managementFee)
  const after: Pool = {
    assetsTotal: pool.assetsTotal,
    assetsAvailable: add(pool.assetsAvailable, rest),
    debtTotal: subtract(pool.debtTotal, rest),
  }
  return { managementFee, pool: after }
}

/** Cover that stands before the pool's own loss. */
export interface FirstLossCover {
  available: Rational
  /** The share of all debt that must be covered, and the share of that which one default may use. */
  rateMinimum: Rational
  rateLiquidation: Rational
}

/** A borrower defaults on `amount`: cover pays its part into the pool, the pool loses the rest. */
export function defaultInPool(pool: Pool, amount: Rational, cover: FirstLossCover) {
  const most = multiply(pool.debtTotal, multiply(cover.rateMinimum, cover.rateLiquidation))
  const covered = [amount, most, cover.available].reduce((least, x) => (compareRational(x, least) < 0 ? x : least))
  const loss = subtract(amount, covered)
  const after: Pool = {
    assetsTotal: subtract(pool.assetsTotal, loss),
    assetsAvailable: add(pool.assetsAvailable, covered),
    debtTotal: subtract(pool.debtTotal, amount),
  }
  return { covered, loss, pool: after, coverAvailable: subtract(cover.available, covered) }
}
