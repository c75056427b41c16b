import fc from 'fast-check'
import {
  addDays,
  addMonths,
  dateOfEpochDay,
  daysBetween,
  epochDay,
  isDate,
  wholeMonthsBefore,
  weekday,
} from './index.js'

describe('a date', () => {
  it.each(['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s exists', (text) =>
    expect(isDate(text)).toBe(true),
  )
  it.each([
    '2023-02-29',
    '1900-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '0000-01-01',
    '2024-1-1',
    '2024-01-01T00',
    '',
    null,
    7,
  ])('%s does not', (value) => expect(isDate(value)).toBe(false))

  it('is a day number and back, as the platform has it', () => {
    const days = fc.integer({ min: epochDay('0001-01-01'), max: epochDay('9999-12-31') })
    fc.assert(
      fc.property(days, (day) => {
        const date = dateOfEpochDay(day)
        expect(epochDay(date)).toBe(day)
        expect(new Date(day * 86_400_000).toISOString().slice(0, 10)).toBe(date)
        expect(weekday(date)).toBe(new Date(day * 86_400_000).getUTCDay() || 7)
      }),
    )
  })

  it('moves by days across years and leap days', () => {
    expect(addDays('2023-12-31', 1)).toBe('2024-01-01')
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29')
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
  })

  it('moves by months and keeps month ends', () => {
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29')
    expect(addMonths('2024-01-31', 13)).toBe('2025-02-28')
    expect(addMonths('2024-03-31', -1)).toBe('2024-02-29')
    expect(addMonths('2024-12-15', 1)).toBe('2025-01-15')
  })

  it('never leaves the years 0001 … 9999 unnoticed', () => {
    expect(() => addMonths('9999-12-01', 1)).toThrow(RangeError)
    expect(() => addDays('0001-01-01', -1)).toThrow(RangeError)
  })
})

describe('whole months before a date', () => {
  it('end on the first date when the second is that one moved on, month ends included', () => {
    expect(wholeMonthsBefore('2024-01-31', '2024-02-29', 1)).toEqual({ wholePeriods: 1, end: '2024-01-31' })
    expect(wholeMonthsBefore('2024-01-15', '2025-01-15', 12)).toEqual({ wholePeriods: 1, end: '2024-01-15' })
  })

  it('are counted back from the second date, and leave less than a period', () => {
    expect(wholeMonthsBefore('2012-01-12', '2012-03-15', 1)).toEqual({ wholePeriods: 2, end: '2012-01-15' })
    expect(wholeMonthsBefore('2012-01-20', '2012-03-15', 1)).toEqual({ wholePeriods: 1, end: '2012-02-15' })
    expect(wholeMonthsBefore('2012-01-20', '2012-02-15', 1)).toEqual({ wholePeriods: 0, end: '2012-02-15' })
  })
})
