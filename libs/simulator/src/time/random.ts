// All chance of a simulation comes from one seed, so that a failure can be repeated.

import { randomOf } from '../../../replication/src/testing/virtual-network.js'

export class Random {
  private readonly numbers: () => number

  constructor(seed: number) {
    this.numbers = randomOf(seed)
  }

  /** From 0, inclusive, to 1, exclusive. */
  next(): number {
    return this.numbers()
  }

  /** An integer from 0 to `below` − 1. */
  below(below: number): number {
    return Math.floor(this.numbers() * below)
  }

  /** An integer from `low` to `high`, both inclusive. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1)
  }

  chance(probability: number): boolean {
    return this.numbers() < probability
  }

  /** One of some things. Throws RangeError when there are none. */
  pick<T>(of: readonly T[]): T {
    if (of.length === 0) throw new RangeError('nothing to pick from')
    return of[this.below(of.length)]!
  }

  /** The same things in any order. */
  shuffled<T>(of: readonly T[]): T[] {
    const rest = [...of]
    for (let i = rest.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      ;[rest[i], rest[j]] = [rest[j]!, rest[i]!]
    }
    return rest
  }
}
