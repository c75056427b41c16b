import fc from 'fast-check'
import {
  add,
  compareRational,
  currencyDigits,
  divide,
  divideRounded,
  divideToMultiple,
  multiply,
  parseRational,
  rational,
  subtract,
  toDecimal,
} from './index.js'
import { expFixed, fixedOfNumber, fromFixed, lnFixed, powFixed, toFixed, UNIT } from './fixed.js'

const fractions = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 9n }))
  .map(([num, den]) => rational(num, den))

describe('rounding', () => {
  it.each([
    ['halfEven', [-2n, -2n, 0n, 0n, 2n, 2n]],
    ['halfUp', [-3n, -2n, -1n, 1n, 2n, 3n]],
    ['up', [-3n, -2n, -1n, 1n, 2n, 3n]],
    ['down', [-2n, -1n, 0n, 0n, 1n, 2n]],
  ] as const)('%s takes halves from −5/2 to 5/2 its own way', (mode, expected) => {
    expect([-5n, -3n, -1n, 1n, 3n, 5n].map((halves) => divideRounded(halves, 2n, mode))).toEqual(expected)
  })

  it('to a multiple is a multiple, at most one away', () => {
    fc.assert(
      fc.property(
        fractions,
        fc.constantFrom('halfEven', 'halfUp', 'up', 'down' as const),
        fc.constantFrom(5n, 100n),
        (x, mode, unit) => {
          const rounded = divideToMultiple(x.num, x.den, unit, mode)
          expect(rounded % unit).toBe(0n)
          const off = subtract(rational(rounded), x)
          expect(compareRational(multiply(off, off), rational(unit * unit))).toBeLessThan(0)
        },
      ),
    )
  })
})

describe('fractions', () => {
  it('add and subtract, multiply and divide without loss', () => {
    fc.assert(
      fc.property(fractions, fractions, (a, b) => {
        expect(subtract(add(a, b), b)).toEqual(a)
        if (b.num !== 0n) expect(divide(multiply(a, b), b)).toEqual(a)
      }),
    )
  })

  it('are read from decimals, exponents and fractions, and from nothing else', () => {
    expect(parseRational('-12.50')).toEqual(rational(-25, 2))
    expect(parseRational('1e-7')).toEqual(rational(1, 10_000_000))
    expect(parseRational('30/365')).toEqual(rational(6, 73))
    for (const text of ['', '1.', '.5', '1/0', '0x10', '1,5', 'NaN'])
      expect(() => parseRational(text)).toThrow(RangeError)
  })

  it('are written with as many decimals as asked for', () => {
    expect(toDecimal(rational(-5, 1000), 2)).toBe('-0.01')
    expect(toDecimal(rational(2, 3), 4)).toBe('0.6667')
    expect(toDecimal(rational(7), 0)).toBe('7')
  })
})

describe('fixed-point logarithms and powers', () => {
  const close = (a: bigint, b: bigint, digits: number) => {
    const off = a > b ? a - b : b - a
    expect(off * 10n ** BigInt(digits) <= UNIT).toBe(true)
  }

  it('agree with the constants to 42 digits', () => {
    close(expFixed(UNIT), toFixed(parseRational('2.71828182845904523536028747135266249775724709369995')), 42)
    close(lnFixed(2n * UNIT), toFixed(parseRational('0.69314718055994530941723212145817656807550013436025')), 42)
  })

  it('undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: -20, max: 20, noNaN: true }), (x) => {
        const fixed = fixedOfNumber(x)
        close(lnFixed(expFixed(fixed)), fixed, 30)
      }),
    )
  })

  it('raise to whole powers', () => {
    close(powFixed(toFixed(rational(11, 10)), 20), toFixed(rational(11n ** 20n, 10n ** 20n)), 40)
    expect(fromFixed(powFixed(UNIT * 3n, 4)).num).toBe(81n * UNIT)
  })
})

describe('currencies', () => {
  it('have the digits of ISO 4217', () => {
    expect(['JPY', 'EUR', 'KWD', 'CLF', 'MRU'].map(currencyDigits)).toEqual([0, 2, 3, 4, 2])
    expect(['XXX', 'eur', 'XAU', ''].map(currencyDigits)).toEqual([undefined, undefined, undefined, undefined])
  })
})
