import { encode, FormatError, decode, fromText, toText, encodeBody, decodeBody, type Value } from '#libs/record'
import { ascii, fill, hex, idOf, unhex } from './sample.js'

/** A value in JSON: bytes as {"$bytes": hex}. */
export function toJson(value: Value): unknown {
  if (value instanceof Uint8Array) return { $bytes: hex(value) }
  if (Array.isArray(value)) return value.map(toJson)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]))
}

/** The reason with which an act is refused. */
export function reasonOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof FormatError) return error.reason
    throw error
  }
  throw new Error('was not refused')
}

export function values(): unknown {
  const nested = (depth: number): Value => (depth === 1 ? [] : [nested(depth - 1)])
  const valid: [string, Value][] = [
    ...[0, 1, 23, 24, 255, 256, 65_535, 65_536, 4_294_967_295, 4_294_967_296, 9_007_199_254_740_991].map(
      (n): [string, Value] => [`integer ${n}`, n],
    ),
    ...[-1, -24, -25, -256, -257, -65_536, -65_537, -4_294_967_296, -4_294_967_297, -9_007_199_254_740_991].map(
      (n): [string, Value] => [`integer ${n}`, n],
    ),
    ['empty text', ''],
    ['text', 'mutuo'],
    ['text of two-, three- and four-byte characters', 'é€𝄞'],
    ['text with a leading byte order mark', '\ufeffa'],
    ['text with a zero character', 'a\0b'],
    ['text that is not normalised', 'e\u0301'],
    ['text of 23 bytes', 'a'.repeat(23)],
    ['text of 24 bytes', 'a'.repeat(24)],
    ['text of 300 bytes', 'é'.repeat(150)],
    ['empty bytes', new Uint8Array()],
    ['bytes', Uint8Array.of(0, 1, 255)],
    ['bytes of 256', fill(7, 256)],
    ['true', true],
    ['false', false],
    ['null', null],
    ['empty list', []],
    ['list', [1, 'a', null, [true]]],
    ['list of 24', Array.from({ length: 24 }, (_, i) => i)],
    ['empty map', {}],
    ['map whose keys sort by length before bytes', { b: 1, aa: 2, a: 3, é: 4, z: 5, toString: 6 }],
    ['map with keys beyond the basic plane after those within', { '𝄞': 1, '\uffff\u0001': 2 }],
    ['map with keys that look like numbers', { '10': 1, '9': 2 }],
    ['amount', { amount: 125_000, currency: 'EUR' }],
    ['16 lists inside one another', nested(16)],
  ]
  const invalid: [string, string][] = [
    ['nothing', ''],
    ['integer 23 in two bytes', '1817'],
    ['integer 255 in three bytes', '1900ff'],
    ['integer 65535 in five bytes', '1a0000ffff'],
    ['integer 2^32 - 1 in nine bytes', '1b00000000ffffffff'],
    ['negative integer in two bytes that fits one', '3817'],
    ['integer 2^53', '1b0020000000000000'],
    ['integer 2^64 - 1', '1bffffffffffffffff'],
    ['integer -2^53', '3b001fffffffffffff'],
    ['integer cut off', '19ff'],
    ['half float', 'f93c00'],
    ['single float', 'fa3f800000'],
    ['double float', 'fb3ff0000000000000'],
    ['tag 1', 'c11a514b67b0'],
    ['tag 42', 'd82a450001551220'],
    ['undefined', 'f7'],
    ['simple value 0', 'e0'],
    ['simple value 32', 'f820'],
    ['false in two bytes', 'f814'],
    ['indefinite bytes', '5f4100ff'],
    ['indefinite text', '7f6161ff'],
    ['indefinite list', '9f00ff'],
    ['indefinite map', 'bf616100ff'],
    ['break alone', 'ff'],
    ['indefinite integer', '1f'],
    ['reserved 28', '1c'],
    ['reserved 29', '5d'],
    ['reserved 30', '9e'],
    ['reserved simple 28', 'fc'],
    ['text length not shortest', '780161'],
    ['bytes length not shortest', '580100'],
    ['list length not shortest', '980100'],
    ['map length not shortest', 'b801616100'],
    ['UTF-8 lone byte ff', '61ff'],
    ['UTF-8 overlong zero', '62c080'],
    ['UTF-8 surrogate', '63eda080'],
    ['UTF-8 above U+10FFFF', '64f4908080'],
    ['UTF-8 cut off', '61c3'],
    ['UTF-8 fault after 70 ASCII bytes', '7847' + '61'.repeat(70) + 'ff'],
    ['UTF-8 fault in a key', 'a161ff00'],
    ['keys not in order of bytes', 'a2616200616100'],
    ['keys not in order of length', 'a262616100616200'],
    ['key twice', 'a2616100616101'],
    ['integer key', 'a10000'],
    ['bytes key', 'a1416100'],
    ['empty key', 'a16000'],
    ['key __proto__', 'a1695f5f70726f746f5f5f00'],
    ['key length not shortest', 'a178016100'],
    ['17 lists inside one another', '81'.repeat(16) + '80'],
    ['17 maps inside one another', 'a16161'.repeat(16) + 'a0'],
    ['integer after the end', '0000'],
    ['break after the end', '80ff'],
    ['bytes cut off', '4200'],
    ['text cut off', '6261'],
    ['list cut off', '8200'],
    ['map without its value', 'a16161'],
    ['bytes of 2^53 - 1', '5b001fffffffffffff'],
    ['list of 2^53 - 1', '9b001fffffffffffff'],
    ['map of 2^53 - 1', 'bb001fffffffffffff'],
    ['list of 2^32 - 1 nulls, two there', '9afffffffff6f6'],
  ]
  return {
    about:
      'The value codec, strict DAG-CBOR. "valid": value and bytes belong to each other, both ways; bytes are {"$bytes": hex}. "invalid": bytes that a reader refuses; "reason" is this project\'s name for it, another implementation may only refuse.',
    valid: valid.map(([name, value]) => ({ name, value: toJson(value), hex: hex(encode(value)) })),
    invalid: invalid.map(([name, text]) => ({ name, hex: text, reason: reasonOf(() => decode(unhex(text))) })),
  }
}

export function textForm(): unknown {
  const ids: [string, Uint8Array][] = [
    ['zero', fill(0)],
    ['all ones', fill(0xff)],
    ['counting up', Uint8Array.from({ length: 32 }, (_, i) => i)],
    ['highest bit', Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 0x80 : 0))],
    ['lowest bit', Uint8Array.from({ length: 32 }, (_, i) => (i === 31 ? 1 : 0))],
    ['an id', idOf(1)],
  ]
  const good = toText(idOf(1))
  const invalid: [string, string][] = [
    ['nothing', ''],
    ['51 characters', good.slice(1)],
    ['53 characters', good + 'y'],
    ['upper case', good.toUpperCase()],
    ['one letter in upper case', 'Y' + 'y'.repeat(51)],
    ['the letter l', 'l' + 'y'.repeat(51)],
    ['the letter v', 'v' + 'y'.repeat(51)],
    ['the digit 0', '0' + 'y'.repeat(51)],
    ['the digit 2', '2' + 'y'.repeat(51)],
    ['a space', ' ' + 'y'.repeat(51)],
    ['a character beyond the basic plane', '𝄞' + 'y'.repeat(50)],
    ['lowest unused bit set', 'y'.repeat(51) + 'b'],
    ['highest unused bit set', 'y'.repeat(51) + 'e'],
  ]
  return {
    about: 'The text form of 32-byte ids and keys: z-base-32, 52 lower-case characters, the last 4 bits zero.',
    valid: ids.map(([name, id]) => ({ name, hex: hex(id), text: toText(id) })),
    invalid: invalid.map(([name, text]) => ({ name, text, reason: reasonOf(() => fromText(text)) })),
  }
}

/** Bytes as parts that repeat, so that long ones stay readable: [[hex, times], …]. */
type Parts = [string, number][]

export const joinParts = (parts: Parts): Uint8Array => unhex(parts.map(([part, times]) => part.repeat(times)).join(''))

export function bodies(): unknown {
  const salt = fill(0x5a, 16)
  const s = hex(encode(salt))
  const valid: [string, 0 | 1, Uint8Array][] = [
    ['empty public body', 0, encodeBody(salt, {})],
    ['public body', 0, encodeBody(salt, { amount: 125_000, currency: 'EUR', refs: [idOf(3)] })],
    ['empty private body', 1, encodeBody(salt, {}, 'payee.details')],
    ['private body', 1, encodeBody(salt, { iban: 'DE02120300000000202051' }, 'payee.details')],
    ['private body with a kind of 64 bytes', 1, encodeBody(salt, {}, 'a.' + 'b'.repeat(62))],
  ]
  const long = (size: number): Parts => {
    const before = `82${s}a16162`
    const length = size - before.length / 2 - 3
    return [
      [`${before}59${length.toString(16).padStart(4, '0')}`, 1],
      ['00', length],
    ]
  }
  const invalid: [string, 0 | 1, Parts][] = [
    ['nothing', 0, []],
    ['a map alone', 0, [['a0', 1]]],
    ['a list of one', 0, [[`81${s}`, 1]]],
    ['a list of three for a public record', 0, [[`83${s}6d70617965652e64657461696c73a0`, 1]]],
    ['a list of two for a private record', 1, [[`82${s}a0`, 1]]],
    ['salt of 15 bytes', 0, [[`824f${'5a'.repeat(15)}a0`, 1]]],
    ['salt of 17 bytes', 0, [[`8251${'5a'.repeat(17)}a0`, 1]]],
    ['salt as text', 0, [[`8270${'61'.repeat(16)}a0`, 1]]],
    ['body is a list', 0, [[`82${s}80`, 1]]],
    ['body is null', 0, [[`82${s}f6`, 1]]],
    ['body with an unsorted map', 0, [[`82${s}a2616200616100`, 1]]],
    ['body with a float', 0, [[`82${s}a16161f93c00`, 1]]],
    ['bytes after the end', 0, [[`82${s}a000`, 1]]],
    ['body one level too deep', 0, [[`82${s}` + 'a16161'.repeat(15) + 'a0', 1]]],
    ['private kind that is no kind', 1, [[`83${s}6770726976617465a0`, 1]]],
    ['private kind in bytes', 1, [[`83${s}4161a0`, 1]]],
    ['65,537 bytes', 0, long(65_537)],
  ]
  return {
    about:
      'Body blocks: [salt, map] when vis is 0, [salt, kind, map] when vis is 1. "parts" are [hex, times], to be repeated and joined. "hash" is the SHA-256 that a header names.',
    valid: [
      ...valid.map(([name, vis, block]) => ({ name, vis, parts: [[hex(block), 1]] as Parts })),
      { name: '65,536 bytes', vis: 0 as const, parts: long(65_536) },
    ].map((item) => {
      const { salt: own, kind, body } = decodeBody(joinParts(item.parts), item.vis)
      const small = item.parts.length === 1
      return {
        ...item,
        salt: hex(own),
        ...(kind === undefined ? {} : { kind }),
        ...(small ? { body: toJson(body) } : {}),
      }
    }),
    invalid: invalid.map(([name, vis, parts]) => ({
      name,
      vis,
      parts,
      reason: reasonOf(() => decodeBody(joinParts(parts), vis)),
    })),
  }
}

export const asciiHex = (text: string): string => hex(ascii(text))
