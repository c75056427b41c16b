import fc from 'fast-check'
import { isRefusal } from '#libs/fold'
import { blendedRate, blendedRatePpm, chooseBids, inOrder, type Candidate } from './choice.js'

const anyBids = fc
  .array(
    fc.record({
      amount: fc.integer({ min: 1, max: 7 }),
      least: fc.integer({ min: 1, max: 7 }),
      ratePpm: fc.constantFrom(0, 10, 20, 21, 30),
      placedAt: fc.nat(2),
    }),
    { maxLength: 5 },
  )
  .map((bids): Candidate[] =>
    bids.map(({ amount, least, ...bid }, k) => ({
      ...bid,
      ...{ id: `bid ${k}`, lender: `lender ${k}`, amount, leastAmount: Math.min(least, amount) },
    })),
  )

/** Every way to take bids, up to an amount: one number per bid. */
function* everyWay(bids: readonly Candidate[], upTo: number): Generator<number[]> {
  const [first, ...rest] = bids
  if (!first) {
    yield []
    return
  }
  for (const others of everyWay(rest, upTo)) yield [0, ...others]
  for (let amount = first.leastAmount; amount <= Math.min(first.amount, upTo); amount++)
    for (const others of everyWay(rest, upTo - amount)) yield [amount, ...others]
}

const sum = (way: readonly number[]) => way.reduce((all, amount) => all + amount, 0)
const costOf = (way: readonly number[], bids: readonly Candidate[]) =>
  way.reduce((all, amount, k) => all + amount * bids[k]!.ratePpm, 0)

/** Negative when `a` is the better way: more money, then less interest, then more of the earlier bid. */
function compare(a: readonly number[], b: readonly number[], bids: readonly Candidate[]): number {
  const differs = a.findIndex((amount, k) => amount !== b[k])
  return sum(b) - sum(a) || costOf(a, bids) - costOf(b, bids) || (differs < 0 ? 0 : b[differs]! - a[differs]!)
}

describe('the choice of bids', () => {
  it('is the cheapest of all ways that come to the most, whatever the least parts', () => {
    fc.assert(
      fc.property(anyBids, fc.integer({ min: 1, max: 20 }), (bids, amount) => {
        const ordered = inOrder(bids)
        const best = [...everyWay(ordered, amount)].reduce((a, b) => (compare(a, b, ordered) <= 0 ? a : b))
        const chosen = chooseBids(bids, { amount, leastAmount: 0 })
        if (isRefusal(chosen)) throw new Error(chosen.refused)
        expect(chosen.proven).toBe(true)
        const way = ordered.map(({ id }) => chosen.taken.find(({ bid }) => bid.id === id)?.amount ?? 0)
        expect(way).toEqual(best)
        expect(chosen.amount).toBe(sum(best))
      }),
      { numRuns: 400 },
    )
  })

  it('does not depend on the order in which bids are listed', () => {
    fc.assert(
      fc.property(
        anyBids.chain((bids) => fc.tuple(fc.constant(bids), fc.shuffledSubarray(bids, { minLength: bids.length }))),
        ([a, b]) => {
          const asked = { amount: 9, leastAmount: 0 }
          expect(chooseBids(b, asked)).toEqual(chooseBids(a, asked))
        },
      ),
      { numRuns: 200 },
    )
  })

  it('blends rates between the lowest and the highest, and every lender gets at least the own one in sum', () => {
    const shares = fc.array(fc.record({ amount: fc.integer({ min: 1, max: 2 ** 50 }), ratePpm: fc.nat(10_000_000) }), {
      minLength: 1,
      maxLength: 60,
    })
    fc.assert(
      fc.property(shares, (of) => {
        const rates = of.map(({ ratePpm }) => ratePpm)
        const { num, den } = blendedRate(of)
        const up = blendedRatePpm(of)
        expect(up).toBeGreaterThanOrEqual(Math.min(...rates))
        expect(up).toBeLessThanOrEqual(Math.max(...rates))
        expect(BigInt(up) * den >= num && BigInt(up) * den < num + den).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

describe('choosing bids', () => {
  const bid = (id: string, amount: number, ratePpm: number, leastAmount = 1, lender = id): Candidate => ({
    ...{ id, lender, amount, leastAmount, ratePpm, placedAt: 0 },
  })

  it('takes the last one in part', () => {
    const chosen = chooseBids([bid('a', 600, 50_000), bid('b', 600, 40_000)], { amount: 1_000, leastAmount: 1_000 })
    expect(chosen).toMatchObject({
      taken: [
        { bid: { id: 'b' }, amount: 600 },
        { bid: { id: 'a' }, amount: 400 },
      ],
    })
  })

  it('passes over a cheap one whose least part leaves no room', () => {
    const chosen = chooseBids([bid('a', 700, 40_000), bid('b', 600, 10_000, 600), bid('c', 400, 30_000, 400)], {
      amount: 700,
      leastAmount: 700,
    })
    expect(chosen).toMatchObject({
      amount: 700,
      taken: [
        { amount: 600, bid: { id: 'b' } },
        { amount: 100, bid: { id: 'a' } },
      ],
    })
  })

  it('goes ahead with less when that is enough, and refuses when it is not', () => {
    const bids = [bid('a', 300, 40_000)]
    expect(chooseBids(bids, { amount: 1_000, leastAmount: 300 })).toMatchObject({ amount: 300 })
    expect(chooseBids(bids, { amount: 1_000, leastAmount: 301 })).toEqual({
      ...{ refused: 'bids_insufficient', available: 300, leastAmount: 301 },
    })
    expect(chooseBids([], { amount: 1_000, leastAmount: 1 })).toMatchObject({
      refused: 'bids_insufficient',
      available: 0,
    })
  })

  it('counts one bid of each lender: the newest', () => {
    const again = { ...bid('b', 500, 90_000, 1, 'a'), placedAt: 1 }
    expect(chooseBids([bid('a', 500, 10_000), again], { amount: 1_000, leastAmount: 1 })).toMatchObject({
      taken: [{ bid: { id: 'b' }, amount: 500 }],
    })
  })

  it('never takes more than sixty lenders', () => {
    const many = Array.from({ length: 100 }, (_, k) => bid(`bid ${k}`, k < 50 ? 10 : 20, k))
    const chosen = chooseBids(many, { amount: 1_000, leastAmount: 1 })
    if (isRefusal(chosen)) throw new Error(chosen.refused)
    expect(chosen.taken.length).toBeLessThanOrEqual(60)
    expect(chosen.amount).toBe(1_000)
  })

  it('says so when there are too many sets to try them all, and still covers', () => {
    const odd = Array.from({ length: 40 }, (_, k) =>
      bid(`bid ${k}`, 1_000 + 2 * k, 50_000 + ((k * 7) % 11), 1_000 + 2 * k),
    )
    const chosen = chooseBids(odd, { amount: 20_001, leastAmount: 1 })
    if (isRefusal(chosen)) throw new Error(chosen.refused)
    expect(chosen.proven).toBe(false)
    expect(chosen.amount).toBeGreaterThan(18_000)
  })
})
