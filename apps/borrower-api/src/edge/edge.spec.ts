import fc from 'fast-check'
import { RefusalException } from '#libs/node-client'
import { etagOf, isKnown } from './conditional-get.interceptor.js'
import { bearerToken } from './device.guard.js'
import { hashOf, keyOf } from './idempotency.interceptor.js'
import { inCurrency, instant, sameCurrency } from './money.js'
import { pageFrom } from './page.js'

describe('a bearer token', () => {
  it.each([
    ['Bearer abc.DEF-1_2~3+4/5==', 'abc.DEF-1_2~3+4/5=='],
    ['bearer abc', 'abc'],
    [undefined, null],
    ['', null],
    ['Bearer', null],
    ['Bearer ', null],
    ['Bearer a b', null],
    ['Basic abc', null],
    [`Bearer ${'a'.repeat(600)}`, null],
  ])('of %j is %j', (header, token) => expect(bearerToken(header)).toBe(token))
})

describe('a tag', () => {
  it('is equal for equal answers only', () => {
    expect(etagOf('{"a":1}')).toBe(etagOf('{"a":1}'))
    expect(etagOf('{"a":1}')).not.toBe(etagOf('{"a":2}'))
  })

  it.each([
    ['"x"', true],
    ['"y", "x"', true],
    ['W/"x"', true],
    ['*', true],
    ['"y"', false],
    ['', false],
    [undefined, false],
  ])('"x" is known to If-None-Match: %s — %s', (header, known) => expect(isKnown(header, '"x"')).toBe(known))
})

describe('an idempotency key', () => {
  it('has 8 to 128 visible characters', () => {
    expect(keyOf('8-charac')).toBe('8-charac')
    for (const key of [undefined, '', 'short', 'with a space', 'ümlautümlaut', 'x'.repeat(129), ['a', 'b']])
      expect(() => keyOf(key)).toThrow(RefusalException)
  })

  it('is for one method, path and body, whatever the order of its members', () => {
    const request = { method: 'POST', url: '/a', body: { a: 1, b: { c: [1, 2], d: null } } }
    const same = { method: 'POST', url: '/a', body: { b: { d: null, c: [1, 2] }, a: 1 } }
    expect(hashOf(same)).toBe(hashOf(request))
    const others = [
      { ...request, method: 'PUT' },
      { ...request, url: '/b' },
      { ...request, body: { ...request.body, a: 2 } },
      { ...request, body: { ...request.body, b: { c: [2, 1], d: null } } },
      { ...request, body: Object.entries(request.body) },
      { method: 'POST', url: '/a' },
    ]
    for (const other of others) expect(hashOf(other)).not.toBe(hashOf(request))
  })

  it('tells different bodies apart', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const equal =
          hashOf({ method: 'POST', url: '/', body: one }) === hashOf({ method: 'POST', url: '/', body: other })
        expect(equal).toBe(JSON.stringify(canonical(one)) === JSON.stringify(canonical(other)))
      }),
      { numRuns: 1000 },
    )
  })
})

/** Members in one order. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, canonical((value as Record<string, unknown>)[key])]),
  )
}

describe('values', () => {
  it('carry their currency, and are refused in another one', () => {
    expect(inCurrency('EUR')(5)).toEqual({ amount: 5, currency: 'EUR' })
    expect(sameCurrency({ amount: 5, currency: 'EUR' }, 'EUR')).toBe(5)
    expect(() => sameCurrency({ amount: 5, currency: 'USD' }, 'EUR')).toThrow('currency_differs')
  })

  it('say when in RFC 3339', () => expect(instant(1_700_000_000_123)).toBe('2023-11-14T22:13:20.123Z'))

  it('end the last page without a cursor', () => {
    expect(pageFrom({ items: [1, 2] }, String)).toEqual({ items: ['1', '2'] })
    expect(pageFrom({ items: [], next: 'c' }, String)).toEqual({ items: [], next: 'c' })
  })
})
