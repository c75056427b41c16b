/** Splitting amounts without losing or making a minor unit. */
import { compareRational, type Rational } from './rational.js'
import { divideToMultiple } from './rounding.js'
import type { RoundingRule } from './terms.js'

/**
 * One amount by weights, by largest remainder, ties to the first: the one-off split, for a sum that belongs to no
 * table. Weights are not negative and not all 0. The parts sum to the amount; a negative amount is split like its
 * absolute value. Throws RangeError on bad weights.
 */
export function splitOnce(amount: bigint, weights: readonly bigint[]): bigint[] {
  const total = checkedTotal(weights)
  const size = amount < 0n ? -amount : amount
  const parts = weights.map((weight) => (size * weight) / total)
  const rests = weights.map((weight, index) => ({ rest: (size * weight) % total, index }))
  rests.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  let left = size - parts.reduce((all, part) => all + part, 0n)
  for (const { index } of rests) {
    if (left === 0n) break
    parts[index]! += 1n
    left--
  }
  return amount < 0n ? parts.map((part) => -part) : parts
}

/**
 * An amount in `count` parts, each rounded by the rule; the last takes the rest. The rounded part is never more than
 * what is left.
 */
export function equalParts(amount: bigint, count: number, rule: RoundingRule): bigint[] {
  const part = divideToMultiple(amount, BigInt(count), BigInt(rule.toMultipleOf), rule.mode)
  let left = amount
  return Array.from({ length: count }, (_, index) => {
    const given = index === count - 1 || part > left ? left : part
    left -= given
    return given
  })
}

/**
 * The amounts of a table's column, one row after the other, by weights (the notes' shares). Every row sums to its
 * amount; a holder's running total never falls and is always one of the two whole numbers around its ideal share, so
 * less than one unit off.
 *
 * The k-th unit of a holder with weight w may be given once its ideal share exceeds k − 1 and must be given when it
 * reaches k. Giving the units in the order of these deadlines, ties to the first holder, always succeeds (Tijdeman, The
 * chairman assignment problem, 1980; earliest deadline first is optimal for unit jobs). Throws RangeError on bad
 * weights or a negative amount.
 */
export function splitRunning(amounts: readonly bigint[], weights: readonly bigint[]): bigint[][] {
  const split = new RunningSplit(weights)
  return amounts.map((amount) => split.take(amount))
}

/** The same, one amount after the other: for a column that is not known from the beginning. Throws as `splitRunning` does. */
export class RunningSplit {
  private readonly total: bigint
  private readonly held: bigint[]
  private given = 0n

  constructor(private readonly weights: readonly bigint[]) {
    this.total = checkedTotal(weights)
    this.held = weights.map(() => 0n)
  }

  /** The parts of the next amount. */
  take(amount: bigint): bigint[] {
    if (amount < 0n) throw new RangeError('only amounts that are not negative are split by running totals')
    if (amount === 0n) return this.weights.map(() => 0n)
    this.given += amount
    const before = [...this.held]
    advance(this.held, this.weights, this.total, this.given)
    return this.held.map((units, index) => units - before[index]!)
  }
}

/** Raises the running totals so that they sum to `given`. */
function advance(held: bigint[], weights: readonly bigint[], total: bigint, given: bigint): void {
  const early: { index: number; deadline: Rational }[] = []
  let left = given
  weights.forEach((weight, index) => {
    const floor = (weight * given) / total
    if (held[index]! < floor) held[index] = floor
    left -= held[index]!
    if (held[index] === floor && (weight * given) % total !== 0n)
      early.push({ index, deadline: { num: (floor + 1n) * total, den: weight } })
  })
  if (left === 0n) return
  early.sort((a, b) => compareRational(a.deadline, b.deadline) || a.index - b.index)
  for (const { index } of early.slice(0, Number(left))) held[index]! += 1n
}

function checkedTotal(weights: readonly bigint[]): bigint {
  const total = weights.reduce((all, weight) => all + weight, 0n)
  if (total === 0n || weights.some((weight) => weight < 0n))
    throw new RangeError('weights are not negative and not all 0')
  return total
}
