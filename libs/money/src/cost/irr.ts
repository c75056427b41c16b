/** The yearly rate at which flows of money at given times are worth nothing together: behind APRC and XIRR. */
import { expFixed, fromFixed, mulFixed, toFixed, UNIT } from '../fixed.js'
import type { Rational } from '../rational.js'
import { refineRoot, roughRoots } from './root.js'

/** An amount (either sign) so many years after the first. */
export interface TimedFlow {
  amount: Rational
  years: Rational
}

/** ln(1 + i) from −30 to 30, closest to none first: −99.99999 % to far beyond any rate, in steps that part neighbouring roots. */
const STEP = 0.02
const HALF = Array.from({ length: 1500 }, (_, k) => (k + 1) * STEP)

/**
 * i > −1 with Σ amount × (1 + i)^−years = 0, to more than 30 digits; of several the one closest to 0; undefined if there is none.
 */
export function internalRate(flows: readonly TimedFlow[]): Rational | undefined {
  if (!flows.some(({ amount }) => amount.num > 0n) || !flows.some(({ amount }) => amount.num < 0n)) return undefined
  const rough = flows.map(({ amount, years }) => ({ a: asNumber(amount), t: asNumber(years) }))
  const exact = flows.map(({ amount, years }) => ({ a: toFixed(amount), t: toFixed(years) }))
  const roughValue = (force: number) => rough.reduce((all, { a, t }) => all + a * Math.exp(-force * t), 0)
  const exactValue = (force: bigint) =>
    exact.reduce((all, { a, t }) => all + mulFixed(a, expFixed(-mulFixed(force, t))), 0n)
  for (const grid of [HALF.slice(0, 100), HALF]) {
    const up = roughRoots(roughValue, [0, ...grid])
    const down = roughRoots(roughValue, [0, ...grid.map((x) => -x)])
    const candidates = [...up, ...down].sort((a, b) => Math.abs(a) - Math.abs(b))
    for (const candidate of candidates) {
      const force = refineRoot(exactValue, candidate)
      if (force !== undefined) return fromFixed(expFixed(force) - UNIT)
    }
  }
  return undefined
}

function asNumber({ num, den }: Rational): number {
  const scaled = (num * 10n ** 20n) / den
  return Number(scaled) / 1e20
}
