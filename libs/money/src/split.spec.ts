import fc from 'fast-check'
import { equalParts, splitOnce, splitRunning } from './index.js'

const weights = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 12 })
  .filter((all) => all.some((weight) => weight > 0n))
const amounts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 7n }), { minLength: 1, maxLength: 40 })
const sum = (all: readonly bigint[]) => all.reduce((total, each) => total + each, 0n)

describe('the one-off split', () => {
  it('gives away all of it, each part within one unit of its share, none to a weight of 0', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), weights, (amount, given) => {
        const parts = splitOnce(amount, given)
        const total = sum(given)
        expect(sum(parts)).toBe(amount)
        parts.forEach((part, k) => {
          const off = part * total - given[k]! * amount
          expect(off < total && off > -total).toBe(true)
          if (given[k] === 0n) expect(part).toBe(0n)
        })
      }),
    )
  })

  it('gives the units that are left to the largest remainders, ties to the first', () => {
    expect(splitOnce(101n, [1n, 1n, 1n])).toEqual([34n, 34n, 33n])
    expect(splitOnce(5n, [3n, 7n])).toEqual([2n, 3n])
  })

  it('needs a weight above 0', () => {
    expect(() => splitOnce(1n, [0n])).toThrow(RangeError)
    expect(() => splitOnce(1n, [2n, -1n])).toThrow(RangeError)
  })
})

describe('the split by running totals', () => {
  it('sums to every row, never takes anything back, and is never a unit off its share', () => {
    fc.assert(
      fc.property(amounts, weights, (rows, given) => {
        const split = splitRunning(rows, given)
        const total = sum(given)
        const held = given.map(() => 0n)
        let paid = 0n
        split.forEach((parts, row) => {
          expect(sum(parts)).toBe(rows[row])
          paid += rows[row]!
          parts.forEach((part, k) => {
            expect(part).toBeGreaterThanOrEqual(0n)
            held[k]! += part
            const off = held[k]! * total - given[k]! * paid
            expect(off < total && off > -total).toBe(true)
          })
        })
      }),
      { numRuns: 300 },
    )
  })

  it('pays every note exactly what it lent when the weights are the notes and the rows repay them', () => {
    fc.assert(
      fc.property(weights, fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }), (notes, shares) => {
        const principal = sum(notes)
        const rows = splitOnce(
          principal,
          shares.map((share) => BigInt(share + 1)),
        )
        const split = splitRunning(rows, notes)
        notes.forEach((note, k) => expect(sum(split.map((parts) => parts[k]!))).toBe(note))
      }),
    )
  })
})

describe('equal parts', () => {
  it('leave the rest to the last, and never give more than there is', () => {
    expect(equalParts(11n, 10, { mode: 'down', toMultipleOf: 1 })).toEqual([1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 1n, 2n])
    expect(equalParts(125_00n, 2, { mode: 'halfEven', toMultipleOf: 100 })).toEqual([62_00n, 63_00n])
    expect(equalParts(3n, 4, { mode: 'up', toMultipleOf: 2 })).toEqual([2n, 1n, 0n, 0n])
  })
})
