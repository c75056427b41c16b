/** The size of an equal instalment. Exact: whole powers and products of fractions, one rounding at the end. */
import { gcd, type Rational } from '../rational.js'
import { divideToMultiple } from '../rounding.js'
import type { RoundingRule } from '../terms.js'

/**
 * The instalment that repays `balance` over periods that each bear factor f of the balance in interest:
 * balance × Π(1 + f) ÷ F, F₁ = 1, Fₖ = Fₖ₋₁ (1 + fₖ) + 1. With equal factors that is the annuity formula.
 */
export function sizeInstalment(balance: bigint, factors: readonly Rational[], rule: RoundingRule): bigint {
  const { product, sum } = growth(factors)
  return divideToMultiple(balance * product, sum, BigInt(rule.toMultipleOf), rule.mode)
}

/** Π(1 + f) and F over one common denominator, which cancels. */
function growth(factors: readonly Rational[]): { product: bigint; sum: bigint } {
  const first = factors[0]!
  if (factors.every((f) => f === first || (f.num === first.num && f.den === first.den)))
    return equalGrowth(first, factors.length)
  let product = 1n
  let sum = 0n
  let scale = 1n
  factors.forEach((f, k) => {
    const g = gcd(f.num, f.den)
    const den = f.den / g
    const grown = f.num / g + den
    scale *= den
    product *= grown
    sum = k === 0 ? scale : sum * grown + scale
  })
  return { product, sum }
}

/** Closed form: (1 + f)ⁿ and ((1 + f)ⁿ − 1) ÷ f; without interest 1 and n. */
function equalGrowth(f: Rational, n: number): { product: bigint; sum: bigint } {
  if (f.num === 0n) return { product: 1n, sum: BigInt(n) }
  const g = gcd(f.num, f.den)
  const num = f.num / g
  const den = f.den / g
  const grown = (num + den) ** BigInt(n)
  return { product: grown * num, sum: (grown - den ** BigInt(n)) * den }
}
