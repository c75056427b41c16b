/** The yearly rate at which flows of money at given times are worth nothing together: behind APRC and XIRR. */
import { expFixed, fromFixed, mulFixed, toFixed, UNIT } from '../fixed.js'
import type { Rational } from '../rational.js'
import { refineRoot, roughRoots } from './root.js'

/** An amount (either sign) so many years after the first. */
export interface TimedFlow {
  amount: Rational
  years: Rational
}

/** Where roots are looked for: ln(1 + i) from −30 to 30, in steps that part neighbouring roots. */
const GRID = Array.from({ length: 1201 }, (_, k) => (k - 600) * 0.05)

/**
 * Every i > −1 with Σ amount × (1 + i)^−years = 0, to more than 30 digits, the one closest to 0 first; none where all
 * amounts have one sign.
 */
export function internalRates(flows: readonly TimedFlow[]): Rational[] {
  if (!flows.some(({ amount }) => amount.num > 0n) || !flows.some(({ amount }) => amount.num < 0n)) return []
  const rough = flows.map(({ amount, years }) => ({ a: asNumber(amount), t: asNumber(years) }))
  const exact = flows.map(({ amount, years }) => ({ a: toFixed(amount), t: toFixed(years) }))
  const roughValue = (force: number) => rough.reduce((all, { a, t }) => all + a * Math.exp(-force * t), 0)
  const exactValue = (force: bigint) =>
    exact.reduce((all, { a, t }) => all + mulFixed(a, expFixed(-mulFixed(force, t))), 0n)
  return roughRoots(roughValue, GRID)
    .sort((a, b) => Math.abs(a) - Math.abs(b))
    .flatMap((candidate) => {
      const force = refineRoot(exactValue, candidate)
      return force === undefined ? [] : [fromFixed(expFixed(force) - UNIT)]
    })
}

function asNumber({ num, den }: Rational): number {
  const scaled = (num * 10n ** 20n) / den
  return Number(scaled) / 1e20
}
