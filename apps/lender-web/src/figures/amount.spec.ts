import fc from 'fast-check'
import { decimalText, formatMoney, formatRate, parseUnits, typedText } from './amount'

const LOCALES = ['en-GB', 'en-US', 'de-DE', 'de-CH', 'de-AT']
const amount = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const locale = fc.constantFrom(...LOCALES)

describe('an amount on the page', () => {
  it('moves the point in text, so that no cent is lost', () => {
    expect(decimalText(Number.MAX_SAFE_INTEGER, 2)).toBe('90071992547409.91')
    expect(decimalText(7, 3)).toBe('0.007')
    expect(decimalText(-5, 2)).toBe('-0.05')
    expect(decimalText(1_234, 0)).toBe('1234')
  })

  it('is shown exactly, however large', () => {
    expect(formatMoney('en-GB', Number.MAX_SAFE_INTEGER, 'EUR')).toBe('€90,071,992,547,409.91')
    expect(formatMoney('en-GB', 1_500, 'JPY')).toBe('JP¥1,500')
    expect(formatMoney('en-GB', 1_500, 'KWD').replace(/\s/g, ' ')).toBe('KWD 1.500')
  })

  it('that is written out and read again is the same, in every locale and for every number of digits', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 4 }), locale, (units, digits, tag) => {
        expect(parseUnits(typedText(units, digits, tag), digits, tag)).toBe(units)
      }),
    )
  })

  it.each([
    ['1,200.50', 'en-GB', 120_050],
    ['1200.5', 'en-GB', 120_050],
    ['1 200', 'en-GB', 120_000],
    ['1.200,50', 'de-DE', 120_050],
    ['1200,5', 'de-DE', 120_050],
    ['12.50', 'de-DE', 1_250],
    ['1’200.50', 'de-CH', 120_050],
    ['1.50000', 'en-GB', 150],
  ])('typed as %s in %s is %i', (text, tag, units) => {
    expect(parseUnits(text, 2, tag)).toBe(units)
  })

  it.each(['', 'lots', '-5', '1.005', '1e5', '12,34,56', '99999999999999999'])('typed as %p is refused', (text) => {
    expect(parseUnits(text, 2, 'en-GB')).toBeNull()
  })
})

describe('a rate on the page', () => {
  it('is a per cent with up to four digits', () => {
    expect(formatRate('en-GB', 72_500)).toBe('7.25%')
    expect(formatRate('en-GB', 1)).toBe('0.0001%')
    expect(formatRate('de-DE', 50_000)).toBe('5\u00a0%')
  })
})
