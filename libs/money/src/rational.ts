/** Exact fractions of bigints. The denominator is always positive; all that is made here is in lowest terms. */
import { divideRounded, type RoundingMode } from './rounding.js'

export interface Rational {
  readonly num: bigint
  readonly den: bigint
}

export const ZERO: Rational = { num: 0n, den: 1n }
export const ONE: Rational = { num: 1n, den: 1n }

/** num ÷ den in lowest terms. Throws RangeError when den is 0. */
export function rational(num: bigint | number, den: bigint | number = 1n): Rational {
  const n = BigInt(num)
  const d = BigInt(den)
  if (d === 0n) throw new RangeError('a fraction needs a denominator other than 0')
  const g = gcd(n, d) * (d < 0n ? -1n : 1n)
  return { num: n / g, den: d / g }
}

/** The same fraction in lowest terms. */
export function reduced({ num, den }: Rational): Rational {
  return rational(num, den)
}

export function add(a: Rational, b: Rational): Rational {
  return a.den === b.den ? rational(a.num + b.num, a.den) : rational(a.num * b.den + b.num * a.den, a.den * b.den)
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, negate(b))
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.num * b.num, a.den * b.den)
}

/** Throws RangeError when b is 0. */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.num * b.den, a.den * b.num)
}

export function negate(a: Rational): Rational {
  return { num: -a.num, den: a.den }
}

/** Whole powers, negative ones too (then a must not be 0). */
export function power(a: Rational, exponent: number): Rational {
  const e = BigInt(Math.abs(exponent))
  return exponent >= 0 ? { num: a.num ** e, den: a.den ** e } : rational(a.den ** e, a.num ** e)
}

/** Negative, 0 or positive as a is less than, equal to or greater than b. */
export function compareRational(a: Rational, b: Rational): number {
  const left = a.num * b.den
  const right = b.num * a.den
  return left < right ? -1 : left > right ? 1 : 0
}

/** a × 10^decimals rounded to an integer. */
export function toScaled(a: Rational, decimals: number, mode: RoundingMode = 'halfUp'): bigint {
  return divideRounded(a.num * 10n ** BigInt(decimals), a.den, mode)
}

/** Text with exactly so many decimals. */
export function toDecimal(a: Rational, decimals: number, mode: RoundingMode = 'halfUp'): string {
  const scaled = toScaled(a, decimals, mode)
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  return (scaled < 0n ? '-' : '') + (decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`)
}

/** Reads '12', '-0.5', '1e-7' or '30/365'. Throws RangeError on anything else. */
export function parseRational(text: string): Rational {
  const fraction = /^(-?\d+)\/(\d+)$/.exec(text)
  if (fraction) return rational(BigInt(fraction[1]!), BigInt(fraction[2]!))
  const decimal = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text)
  if (!decimal) throw new RangeError(`not a number: ${text}`)
  const decimals = decimal[3] ?? ''
  const digits = BigInt(decimal[2]! + decimals) * (decimal[1] === '-' ? -1n : 1n)
  const exponent = Number(decimal[4] ?? 0) - decimals.length
  return exponent >= 0 ? rational(digits * 10n ** BigInt(exponent)) : rational(digits, 10n ** BigInt(-exponent))
}

/** Greatest common divisor, never 0 (gcd(0, 0) is 1). */
export function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a
  let y = b < 0n ? -b : b
  while (y !== 0n) [x, y] = [y, x % y]
  return x === 0n ? 1n : x
}
