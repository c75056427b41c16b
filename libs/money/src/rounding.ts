/**
 * Rounding of exact fractions to whole minor units or to multiples of them. The only place where anything is rounded.
 */

/** Half to even, half away from zero, away from zero, towards zero. */
export type RoundingMode = 'halfEven' | 'halfUp' | 'up' | 'down'

export const ROUNDING_MODES: readonly RoundingMode[] = ['halfEven', 'halfUp', 'up', 'down']

/** numerator ÷ denominator as an integer. The denominator must be positive. */
export function divideRounded(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const quotient = numerator / denominator
  const rest = numerator - quotient * denominator
  if (rest === 0n || mode === 'down') return quotient
  const away = numerator < 0n ? quotient - 1n : quotient + 1n
  if (mode === 'up') return away
  const twice = (rest < 0n ? -rest : rest) * 2n
  if (twice !== denominator) return twice > denominator ? away : quotient
  return mode === 'halfUp' || quotient % 2n !== 0n ? away : quotient
}

/** numerator ÷ denominator rounded to a multiple of `multiple` (positive). */
export function divideToMultiple(numerator: bigint, denominator: bigint, multiple: bigint, mode: RoundingMode): bigint {
  if (multiple === 1n) return divideRounded(numerator, denominator, mode)
  return divideRounded(numerator, denominator * multiple, mode) * multiple
}
