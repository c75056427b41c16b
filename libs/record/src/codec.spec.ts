import fc from 'fast-check'
import { checkStrict, decode, encode } from './codec.js'
import { type Value } from './value.js'
import { FormatError } from './format-error.js'

const key = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).filter((text) => text !== '__proto__')
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.maxSafeInteger().map((n) => n + 0),
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 70 }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 6 }).map((map) => ({ ...map })),
  ),
}))

const refusal = (act: () => unknown): string | undefined => {
  try {
    act()
  } catch (error) {
    if (error instanceof FormatError) return error.reason
    throw error
  }
  return undefined
}

describe('the value codec', () => {
  it('reads back every value that it writes', () => {
    fc.assert(fc.property(value, (one) => expect(decode(encode(one))).toEqual(one)))
  })

  it('writes the same bytes whatever the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.dictionary(key, fc.nat()), (map) => {
        const reversed = Object.fromEntries(Object.entries(map).reverse())
        expect(encode(reversed)).toEqual(encode({ ...map }))
      }),
    )
  })

  it('refuses changed bytes, or they are the bytes of what it reads', () => {
    const change = fc.record({ at: fc.nat(), to: fc.integer({ min: 0, max: 255 }), act: fc.nat({ max: 2 }) })
    fc.assert(
      fc.property(value, fc.array(change, { minLength: 1, maxLength: 3 }), (one, changes) => {
        const bytes = [...encode(one)]
        for (const { at, to, act } of changes) {
          const offset = at % (bytes.length + 1)
          if (act === 0) bytes[offset] = to
          else bytes.splice(offset, act === 1 ? 0 : 1, ...(act === 1 ? [to] : []))
        }
        const changed = Uint8Array.from(bytes)
        const reason = refusal(() => expect(encode(decode(changed))).toEqual(changed))
        expect(refusal(() => checkStrict(changed))).toBe(reason)
      }),
      { numRuns: 3000 },
    )
  })

  it('refuses random bytes, or they are the bytes of what it reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const reason = refusal(() => expect(encode(decode(bytes))).toEqual(bytes))
        expect(refusal(() => checkStrict(bytes))).toBe(reason)
      }),
      { numRuns: 3000 },
    )
  })

  it.each<[string, unknown, string]>([
    ['a fraction', 0.5, 'integer_range'],
    ['2^53', 2 ** 53, 'integer_range'],
    ['not a number', NaN, 'integer_range'],
    ['infinity', Infinity, 'integer_range'],
    ['a lone high surrogate', '\ud800', 'lone_surrogate'],
    ['a lone low surrogate in a key', { 'a\udc00': 1 }, 'lone_surrogate'],
    ['an empty key', { '': 1 }, 'key_empty'],
    ['the key __proto__', JSON.parse('{"__proto__": 1}'), 'key_forbidden'],
    ['undefined', undefined, 'not_a_value'],
    ['an undefined field', { a: undefined }, 'not_a_value'],
    ['a hole in a list', new Array(2), 'not_a_value'],
    ['a bigint', 1n, 'not_a_value'],
    ['a date', new Date(0), 'not_a_value'],
    ['a map object', new Map(), 'not_a_value'],
  ])('does not write %s', (_name, wrong, reason) => {
    expect(refusal(() => encode(wrong as Value))).toBe(reason)
  })

  it('does not write a list that holds itself', () => {
    const list: Value[] = []
    list.push(list)
    expect(refusal(() => encode(list))).toBe('depth')
  })

  it('writes minus zero as zero', () => {
    expect(encode(-0)).toEqual(Uint8Array.of(0))
  })

  it('reads plain Uint8Arrays out of a Buffer', () => {
    expect(decode(Buffer.from('4101', 'hex'))).toStrictEqual(Uint8Array.of(1))
  })

  it('keeps keys that objects inherit', () => {
    const map = { constructor: 1, hasOwnProperty: 2, toString: 3 } as unknown as Value
    expect(decode(encode(map))).toEqual(map)
  })
})
