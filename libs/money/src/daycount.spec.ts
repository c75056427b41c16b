import fc from 'fast-check'
import { addDays, compareRational, countedDays, DAY_COUNTS, negate, rational, yearFraction } from './index.js'

const days = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('2000-01-01', n))

describe('a year fraction', () => {
  it.each(DAY_COUNTS)(
    'by %s is 0 over no time, turns its sign with its dates, and never falls as time passes',
    (dayCount) => {
      fc.assert(
        fc.property(days, days, fc.integer({ min: 0, max: 400 }), (start, end, more) => {
          expect(yearFraction(dayCount, start, start).num).toBe(0n)
          expect(compareRational(yearFraction(dayCount, end, start), negate(yearFraction(dayCount, start, end)))).toBe(
            0,
          )
          if (start > end || dayCount.startsWith('30')) return
          const later = yearFraction(dayCount, start, addDays(end, more))
          expect(compareRational(later, yearFraction(dayCount, start, end))).toBeGreaterThanOrEqual(0)
        }),
      )
    },
  )

  it('counts months of 30 days in the four ways that differ at the end of February', () => {
    const count = (dayCount: (typeof DAY_COUNTS)[number]) => countedDays(dayCount, '2023-02-28', '2023-08-31')
    expect(count('30/360 US')).toBe(180)
    expect(count('30/360 BOND')).toBe(183)
    expect(count('30E/360')).toBe(182)
    expect(count('30E/360 ISDA')).toBe(180)
  })

  it('moves the end of February by 30E/360 ISDA unless it is the maturity', () => {
    expect(countedDays('30E/360 ISDA', '2023-08-31', '2024-02-29')).toBe(180)
    expect(countedDays('30E/360 ISDA', '2023-08-31', '2024-02-29', { maturityDate: '2024-02-29' })).toBe(179)
  })

  it('by ACT/ACT ICMA is the same for each regular period, long or short', () => {
    const first = yearFraction('ACT/ACT ICMA', '2023-01-15', '2023-07-15', {
      refPeriodStart: '2023-01-15',
      refPeriodEnd: '2023-07-15',
    })
    const second = yearFraction('ACT/ACT ICMA', '2023-07-15', '2024-01-15', {
      refPeriodStart: '2023-07-15',
      refPeriodEnd: '2024-01-15',
    })
    expect(first).toEqual(rational(1, 2))
    expect(second).toEqual(rational(1, 2))
  })

  it('by ACT/ACT AFB counts whole years first, and a 29 February that is left over', () => {
    expect(yearFraction('ACT/ACT AFB', '2023-03-01', '2025-03-01')).toEqual(rational(2))
    expect(yearFraction('ACT/ACT AFB', '2024-02-01', '2024-03-01')).toEqual(rational(29, 366))
  })
})
