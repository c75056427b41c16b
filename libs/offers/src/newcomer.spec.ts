import fc from 'fast-check'
import type { NewcomerPolicy } from '#libs/messages'
import { judgeNewcomer, newcomerView, type Borrowing } from './newcomer.js'

const TODAY = '2026-06-01'
const POLICY: NewcomerPolicy = { maxPrincipal: [['EUR', 50_000]], untilRepaidLoans: 2 }

const borrowing = (of: Partial<Borrowing> = {}): Borrowing => ({
  ...{ loan: 'a', borrower: 'bob', currency: 'EUR', principal: 20_000, open: true, repaid_on: null },
  ...of,
})
const repaid = (loan: string, on = '2026-05-01') => borrowing({ loan, open: false, repaid_on: on })
const ask = (principal: number, of: { currency?: string; loan?: string } = {}) => ({
  currency: 'EUR',
  principal,
  ...of,
})

describe('the limits for newcomers', () => {
  it('are none where the policy sets none', () => {
    expect(newcomerView(undefined, [], TODAY)).toBeNull()
    expect(judgeNewcomer(undefined, [], ask(1_000_000), TODAY)).toBeNull()
  })

  it('count what is open of the currency, and name the limit and what is missing', () => {
    expect(judgeNewcomer(POLICY, [], ask(50_000), TODAY)).toBeNull()
    expect(judgeNewcomer(POLICY, [borrowing()], ask(30_000), TODAY)).toBeNull()
    expect(judgeNewcomer(POLICY, [borrowing(), repaid('b')], ask(30_001), TODAY)).toEqual({
      ...{ refused: 'newcomer_limit', currency: 'EUR', maxPrincipal: 50_000, open: 20_000, left: 30_000 },
      ...{ repaidLoans: 1, untilRepaidLoans: 2, missing: 1 },
    })
  })

  it('do not hold for currencies that the policy does not name, nor count them', () => {
    expect(judgeNewcomer(POLICY, [borrowing()], ask(900_000, { currency: 'KES' }), TODAY)).toBeNull()
    expect(judgeNewcomer(POLICY, [borrowing({ currency: 'KES' })], ask(50_000), TODAY)).toBeNull()
  })

  it('do not count a loan against itself, when its borrower or lender signs it', () => {
    expect(judgeNewcomer(POLICY, [borrowing({ principal: 50_000 })], ask(50_000, { loan: 'a' }), TODAY)).toBeNull()
  })

  it('end with the last loan that had to be repaid, and not a day before', () => {
    const both = [repaid('a'), repaid('b', '2026-06-02')]
    expect(judgeNewcomer(POLICY, both, ask(900_000), TODAY)).toMatchObject({ missing: 1 })
    expect(judgeNewcomer(POLICY, both, ask(900_000), '2026-06-02')).toBeNull()
    expect(newcomerView(POLICY, both, '2026-06-02')).toMatchObject({ repaidLoans: 2, missing: 0, limits: [] })
  })

  it('do not end by loans that were closed in another way', () => {
    const lost = ['a', 'b', 'c'].map((loan) => borrowing({ loan, open: false }))
    expect(newcomerView(POLICY, lost, TODAY)).toEqual({
      ...{ untilRepaidLoans: 2, repaidLoans: 0, missing: 2 },
      limits: [{ currency: 'EUR', maxPrincipal: 50_000, open: 0, left: 50_000 }],
    })
  })

  it('let a newcomer borrow what is left, and not a cent more, whatever there is', () => {
    const any = fc.array(
      fc.record({
        currency: fc.constantFrom('EUR', 'KES'),
        principal: fc.integer({ min: 1, max: 60_000 }),
        open: fc.boolean(),
        repaid: fc.boolean(),
      }),
      { maxLength: 6 },
    )
    let limited = 0
    fc.assert(
      fc.property(any, (of) => {
        const borrowings = of.map(({ open, repaid, ...said }, k) =>
          borrowing({ loan: String(k), ...said, open, repaid_on: repaid && !open ? '2026-05-01' : null }),
        )
        const view = newcomerView(POLICY, borrowings, TODAY)!
        const [limit] = view.limits
        expect(limit === undefined).toBe(view.missing === 0)
        if (!limit) return
        limited++
        if (limit.left > 0) expect(judgeNewcomer(POLICY, borrowings, ask(limit.left), TODAY)).toBeNull()
        expect(judgeNewcomer(POLICY, borrowings, ask(limit.left + 1), TODAY)).toMatchObject({ left: limit.left })
      }),
      { numRuns: 200 },
    )
    expect(limited).toBeGreaterThan(50)
  })
})
