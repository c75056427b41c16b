import fc from 'fast-check'
import {
  apr,
  aprcTime,
  checkTerms,
  costOfCredit,
  makeSchedule,
  multiply,
  rational,
  subtract,
  toDecimal,
  tvm,
  unitPeriodsBetween,
  xirr,
  xirrRoots,
  ZERO,
  type ScheduleTerms,
} from '../index.js'

const plain: ScheduleTerms = {
  currency: 'EUR',
  principal: 10_000_00,
  startDate: '2026-01-15',
  instalments: 12,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 60_000,
  method: 'annuity',
}

function costOf(more: Partial<ScheduleTerms>) {
  const terms = { ...plain, ...more }
  const table = makeSchedule(terms)
  if (!Array.isArray(table)) throw new Error(table.refused)
  return costOfCredit(terms, table)
}

describe('the cost of a credit', () => {
  it('without fees: the APR is the yearly rate, the APRC its compounded one', () => {
    const cost = costOf({})
    expect(cost.aprPpm).toBeCloseTo(60_000, -1)
    expect(cost.aprcPpm).toBeCloseTo(61_678, -1)
    expect(cost.costOfCredit).toBe(cost.totalInterest)
    expect(cost.totalOfPayments).toBe(plain.principal + cost.totalInterest)
  })

  it('without interest and fees is nothing', () => {
    expect(costOf({ annualRatePpm: 0 })).toMatchObject({ costOfCredit: 0, aprPpm: 0, aprcPpm: 0 })
  })

  it('is the same whether a fee is kept back or paid beside, but for the money that is moved', () => {
    const fee = { name: 'handling', when: 'atStart', amount: 150_00 } as const
    const kept = costOf({ charges: [{ ...fee, deducted: true }] })
    const beside = costOf({ charges: [fee] })
    expect(kept.amountReceived).toBe(9_850_00)
    expect(beside.amountReceived).toBe(10_000_00)
    expect(kept.costOfCredit).toBe(beside.costOfCredit)
    expect(kept.aprcPpm).toBe(beside.aprcPpm)
    expect(kept.aprcPpm!).toBeGreaterThan(costOf({}).aprcPpm!)
  })

  it('counts fees of the instalments', () => {
    const cost = costOf({ charges: [{ name: 'account', when: 'eachInstalment', amount: 100 }] })
    expect(cost.totalFees).toBe(1200)
    expect(cost.costOfCredit).toBe(cost.totalInterest + 1200)
  })

  it('of a single payment takes its term for the unit-period', () => {
    const cost = costOf({ method: 'bullet', instalments: 6 })
    expect(cost.aprPpm).toBe(60_000)
  })

  it('exists for every sound schedule', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100_00, max: 1_000_000_00 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 400_000 }),
        fc.constantFrom('day', 'week', 'month' as const),
        fc.integer({ min: 1, max: 30 }),
        (principal, instalments, annualRatePpm, unit, count) => {
          const terms: ScheduleTerms = { ...plain, principal, instalments, annualRatePpm, every: { count, unit } }
          const table = makeSchedule(terms)
          if (checkTerms(terms) || !Array.isArray(table)) return
          const { aprPpm, aprcPpm, totalInterest } = costOfCredit(terms, table)
          if (totalInterest === 0) return
          expect(aprPpm).toBeGreaterThanOrEqual(0)
          expect(aprcPpm).toBeGreaterThanOrEqual(0)
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('times', () => {
  it('by annex I: whole periods back from the payment, odd days over the year that ends with them', () => {
    expect(aprcTime('2012-01-12', '2012-03-15', 'month')).toMatchObject({ wholePeriods: 2, oddDays: 3, yearDays: 365 })
    expect(aprcTime('2026-01-31', '2026-02-28', 'month')).toMatchObject({ wholePeriods: 1, oddDays: 0, yearDays: null })
  })

  it('by appendix J: whole unit-periods and a part of one', () => {
    expect(unitPeriodsBetween('1978-05-23', '1978-10-01', { count: 3, unit: 'month' })).toEqual({
      unitPeriods: 1,
      fraction: rational(39, 90),
    })
    expect(unitPeriodsBetween('1978-02-23', '1978-03-16', { count: 1, unit: 'semimonth' })).toEqual({
      unitPeriods: 1,
      fraction: rational(6, 15),
    })
  })
})

describe('rates that balance flows', () => {
  it('an APR is exact where the answer is', () => {
    const advance = { amount: rational(1000), unitPeriods: 0, fraction: ZERO }
    const payment = { amount: rational(1100), unitPeriods: 1, fraction: ZERO }
    expect(toDecimal(apr([advance], [payment], rational(12))!, 20)).toBe('1.20000000000000000000')
  })

  it('XIRR finds the rate in any order of flows, to thirty digits', () => {
    const flows = [
      { date: '2026-01-01', amount: rational(121) },
      { date: '2024-01-02', amount: rational(-100) },
    ]
    expect(toDecimal(xirr(flows)!, 30)).toBe('0.100000000000000000000000000000')
  })

  it('XIRR finds every rate of flows that turn twice, and none of flows of one sign', () => {
    const twice = [
      { date: '2023-01-01', amount: rational(-100) },
      { date: '2024-01-01', amount: rational(230) },
      { date: '2024-12-31', amount: rational(-132) },
    ]
    expect(xirrRoots(twice).map((root) => toDecimal(root, 4))).toEqual(['0.1000', '0.2000'])
    expect(xirr([{ date: '2023-01-01', amount: rational(5) }])).toBeUndefined()
    expect(xirr([])).toBeUndefined()
  })

  it('gives back the rate that flows were made with', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -900_000, max: 3_000_000 }),
        fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 12 }),
        (ppm, gains) => {
          const rate = rational(1_000_000 + ppm, 1_000_000)
          let worth = ZERO
          const flows = gains.map((gain, k) => {
            const years = k + 1
            worth = subtract(worth, { num: BigInt(gain) * rate.den ** BigInt(years), den: rate.num ** BigInt(years) })
            return { date: `${2001 + years}-01-01`, amount: rational(gain) }
          })
          const found = xirr([{ date: '2001-01-01', amount: worth }, ...flows], 'ACT/ACT ISDA')
          expect(toDecimal(found!, 10)).toBe(toDecimal(rational(ppm, 1_000_000), 10))
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('the time value of money', () => {
  const loan = { rate: rational(1, 200), nper: 24, pv: rational(10_000) }

  it('splits each payment into interest and principal, and the principals sum to the loan', () => {
    const payment = tvm.pmt(loan)
    for (const per of [1, 12, 24]) expect(subtract(payment, tvm.ipmt(loan, per))).toEqual(tvm.ppmt(loan, per))
    expect(tvm.cumprinc(loan, 1, 24)).toEqual(rational(-10_000))
    expect(tvm.cumipmt(loan, 1, 24)).toEqual(subtract(multiply(payment, rational(24)), rational(-10_000)))
  })

  it('leads from any four of its figures to the fifth', () => {
    const pmt = tvm.pmt(loan)
    expect(tvm.fv({ ...loan, pmt })).toEqual(ZERO)
    expect(tvm.pv({ rate: loan.rate, nper: 24, pmt })).toEqual(loan.pv)
    expect(toDecimal(tvm.nper({ ...loan, pmt })!, 25)).toBe('24.0000000000000000000000000')
    expect(toDecimal(tvm.rate({ ...loan, pmt })!, 25)).toBe('0.0050000000000000000000000')
  })

  it('says so where there is no answer', () => {
    expect(tvm.nper({ rate: ZERO, pv: rational(5) })).toBeUndefined()
    expect(tvm.nper({ rate: rational(1, 10), pv: rational(100), pmt: rational(-5) })).toBeUndefined()
    expect(tvm.rate({ nper: 3, pv: rational(5), pmt: rational(5) })).toBeUndefined()
  })
})
