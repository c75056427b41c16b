import fc from 'fast-check'
import pc from 'picocolors'
import { bytes, decimal, instant, money, pairs, percent, table } from './format.js'

const plain = pc.createColors(false)

describe('values in a terminal', () => {
  it.each([
    [125_000, 'EUR', 2, '1250.00 EUR'],
    [5, 'EUR', 2, '0.05 EUR'],
    [-1, 'EUR', 2, '-0.01 EUR'],
    [1250, 'JPY', 0, '1250 JPY'],
    [1_234_567, 'BHD', 3, '1234.567 BHD'],
    [Number.MAX_SAFE_INTEGER, 'EUR', 2, '90071992547409.91 EUR'],
  ])('writes %i minor units of %s with its digits', (minor, currency, digits, text) => {
    expect(money(minor, currency, digits)).toBe(text)
  })

  it('loses no unit of any amount', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 4 }), (minor, digits) => {
        expect(BigInt(decimal(minor, digits).replace('.', ''))).toBe(BigInt(minor))
      }),
    )
  })

  it.each([
    [72_500, '7.25 %'],
    [100_000, '10 %'],
    [0, '0 %'],
    [1, '0.0001 %'],
  ])('writes %i parts per million as %s', (ppm, text) => expect(percent(ppm)).toBe(text))

  it('writes instants to the second in UTC', () => expect(instant(1_700_000_000_123)).toBe('2023-11-14 22:13:20Z'))

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1536, '1.5 KiB'],
    [5 * 1024 ** 3, '5.0 GiB'],
  ])('writes %i bytes as %s', (count, text) => expect(bytes(count)).toBe(text))
})

describe('a table', () => {
  it('aligns columns, numbers to the right, without lines and trailing spaces', () => {
    const rows = [
      ['a', 5, null],
      ['long', 1234, true],
    ]
    expect(table(['NAME', 'COUNT', 'OK'], rows, 'none', plain)).toBe(
      'NAME  COUNT  OK\na         5  -\nlong   1234  yes',
    )
  })

  it('says what is missing when it has no rows', () => {
    expect(table(['NAME'], [], 'no loans', plain)).toBe('no loans')
  })

  it('has no escape sequences without colour, and some with it', () => {
    expect(table(['NAME'], [['a']], 'none', plain)).not.toContain('\u001b')
    expect(table(['NAME'], [['a']], 'none', pc.createColors(true))).toContain('\u001b')
  })
})

it('pairs stand under each other', () => {
  expect(
    pairs(
      [
        ['id', 'x'],
        ['network', null],
      ],
      plain,
    ),
  ).toBe('id       x\nnetwork  -')
})
