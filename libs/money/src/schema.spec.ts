import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { loanTermsSchema, makeSchedule, scheduleTermsSchema, type ScheduleTerms } from './index.js'

const ajv = new Ajv2020({ strict: true })
const isSchedule = ajv.compile(scheduleTermsSchema)
const isLoan = ajv.compile(loanTermsSchema)

const terms: ScheduleTerms = {
  currency: 'EUR',
  principal: 10_000_00,
  startDate: '2026-01-15',
  instalments: 12,
  every: { count: 1, unit: 'month' },
  annualRatePpm: 60_000,
  method: 'annuity',
}

describe('the schema of terms', () => {
  it('lets plain and full terms pass', () => {
    const full = {
      ...terms,
      sizingPeriodYears: [30, 365],
      dayCount: 'ACT/365F',
      rounding: { interest: { mode: 'halfEven', toMultipleOf: 1 }, interestOnce: true },
      grace: { principalInstalments: 2 },
      businessDays: { move: 'following', holidays: ['2026-05-01'] },
      charges: [{ name: 'handling', when: 'atStart', ppm: 10_000, deducted: true }],
    }
    expect(isSchedule(terms)).toBe(true)
    expect(isSchedule(full)).toBe(true)
    const late = { lateFee: { amount: 500, graceDays: 3 }, penaltyRatePpm: 50_000, earlySettlementFee: { ppm: 10_000 } }
    expect(
      isLoan({
        ...full,
        ...late,
        recalculation: { rest: 'day' },
        allocation: { inAdvance: 'reduceCount' },
        arrears: { graceDays: 3 },
      }),
    ).toBe(true)
  })

  it.each([
    { ...terms, note: 'hidden' },
    { ...terms, principal: 0 },
    { ...terms, principal: 12.5 },
    { ...terms, annualRatePpm: 10_000_001 },
    { ...terms, instalments: 601 },
    { ...terms, every: { count: 1, unit: 'month', from: 3 } },
    { ...terms, currency: 'EURO' },
    { ...terms, startDate: '15.01.2026' },
    { ...terms, table: [['2026-01-15', 1, 2]] },
    { ...terms, recalculation: { rest: 'day' } },
    { currency: 'EUR' },
  ])('stops %j', (value) => expect(isSchedule(value)).toBe(false))

  it('never stops terms that a table can be made of', () => {
    fc.assert(
      fc.property(
        fc.record({
          principal: fc.integer({ min: -5, max: 10_000 }),
          instalments: fc.integer({ min: -1, max: 700 }),
          annualRatePpm: fc.integer({ min: -5, max: 11_000_000 }),
          method: fc.constantFrom('annuity', 'flat', 'other'),
        }),
        (more) => {
          const given = { ...terms, ...more } as ScheduleTerms
          if (Array.isArray(makeSchedule(given))) expect(isSchedule(given)).toBe(true)
        },
      ),
    )
  })
})
