/**
 * Fixed-point reals with 160 binary digits after the point (48 decimal ones), for the roots and logarithms that no
 * fraction gives exactly.
 */
import type { Rational } from './rational.js'

/** A real number × 2^160, cut to an integer. */
export type Fixed = bigint

const BITS = 160n
/** 1. */
export const UNIT: Fixed = 1n << BITS

export function toFixed({ num, den }: Rational): Fixed {
  return (num << BITS) / den
}

/** The same value as a fraction over 2^160. */
export function fromFixed(x: Fixed): Rational {
  return { num: x, den: UNIT }
}

/** A finite double, to 52 binary digits after the point. */
export function fixedOfNumber(x: number): Fixed {
  const whole = Math.trunc(x)
  return (BigInt(whole) << BITS) + (BigInt(Math.trunc((x - whole) * 2 ** 52)) << (BITS - 52n))
}

export function mulFixed(a: Fixed, b: Fixed): Fixed {
  return (a * b) >> BITS
}

/** Throws RangeError when b is 0. */
export function divFixed(a: Fixed, b: Fixed): Fixed {
  return (a << BITS) / b
}

/** Natural logarithm of x > 0: x = m × 2^k, ln m = 2 artanh((m − 1) ÷ (m + 1)). Throws RangeError otherwise. */
export function lnFixed(x: Fixed): Fixed {
  if (x <= 0n) throw new RangeError('a logarithm needs a positive number')
  const shift = BigInt(x.toString(2).length) - BITS - 1n
  const m = shift >= 0n ? x >> shift : x << -shift
  return artanhTwice(divFixed(m - UNIT, m + UNIT)) + shift * LN2
}

/** e^x: x = k ln 2 + r, Taylor's series of r ÷ 256, squared eight times. */
export function expFixed(x: Fixed): Fixed {
  const k = x / LN2 - (x < 0n ? 1n : 0n)
  const r = (x - k * LN2) >> 8n
  let term = UNIT
  let total = UNIT
  for (let n = 1n; term !== 0n; n++) {
    term = mulFixed(term, r) / n
    total += term
  }
  for (let i = 0; i < 8; i++) total = mulFixed(total, total)
  return k >= 0n ? total << k : total >> -k
}

/** x^n for a whole n ≥ 0. */
export function powFixed(x: Fixed, n: number): Fixed {
  let result = UNIT
  let square = x
  for (let e = n; e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result = mulFixed(result, square)
    square = mulFixed(square, square)
  }
  return result
}

/** 2 artanh(z) for |z| ≤ 1/3. */
function artanhTwice(z: Fixed): Fixed {
  const square = mulFixed(z, z)
  let power = z
  let total = 0n
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    total += power / n
    power = mulFixed(power, square)
  }
  return total * 2n
}

const LN2: Fixed = artanhTwice(UNIT / 3n)
