import { compareBytes, concat, decodeHeader, encode, recordId } from '#libs/record'
import { fill, hex, idOf, type RawHeader, rawHeader, sampleFields, START_MS, unhex } from './sample.js'
import { asciiHex, reasonOf, toJson } from './values.js'

const sortedIds = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => idOf(100 + i)).sort(compareBytes)

const FIRST = { seq: 0, prev: null }
const GENESIS = { ...FIRST, net: fill(0), kind: 'network.created' }

export function headers(): unknown {
  const valid: [string, Partial<RawHeader>][] = [
    ['a public record that starts a subject', {}],
    ['a public record of a subject', { kind: 'offer.amended', subj: idOf(2) }],
    ['a subject that is the previous record', { kind: 'offer.amended', subj: idOf(1) }],
    ['a private record', { vis: 1, kind: 'private' }],
    ['a private record of a subject', { vis: 1, kind: 'private', subj: idOf(2) }],
    ['the genesis of a network', GENESIS],
    ['the second record of the genesis author', { net: idOf(1), prev: idOf(1) }],
    ['an identity', { ...FIRST, kind: 'identity.created' }],
    ['an identity with references', { ...FIRST, kind: 'identity.created', refs: sortedIds(1) }],
    ['a continued identity', { ...FIRST, kind: 'identity.continued', refs: [idOf(5)], subj: idOf(4) }],
    ['one reference', { refs: sortedIds(1) }],
    ['23 references', { refs: sortedIds(23) }],
    ['24 references', { refs: sortedIds(24) }],
    ['64 references', { refs: sortedIds(64), subj: idOf(2) }],
    ...[2, 23, 24, 255, 256, 65_535, 65_536, 4_294_967_295, 4_294_967_296, 9_007_199_254_740_991].map(
      (seq): [string, Partial<RawHeader>] => [`seq ${seq}`, { seq }],
    ),
    ['the earliest time', { at: 0 }],
    ['the latest time', { at: 253_402_300_799_999 }],
    ['a kind with capitals', { kind: 'agreement.cancellationContested' }],
    ['the shortest kind', { kind: 'a.b' }],
    ['a kind of 64 bytes', { kind: 'a.' + 'b'.repeat(62) }],
  ]
  const invalid: [string, Partial<RawHeader>][] = [
    ['version 0', { v: 0 }],
    ['version 2', { v: 2 }],
    ['version 24', { v: 24 }],
    ['version as text', { v: '1' }],
    ['version -1', { v: -1 }],
    ['time one past the latest', { at: 253_402_300_800_000 }],
    ['negative time', { at: -1 }],
    ['time as text', { at: '2026-01-01' }],
    ['network of 31 bytes', { net: fill(1, 31) }],
    ['network null', { net: null }],
    ['network of zeros in an ordinary record', { net: fill(0) }],
    ['network of zeros in an identity', { ...FIRST, kind: 'identity.created', net: fill(0) }],
    ['genesis with a network', { ...GENESIS, net: idOf(0) }],
    ['genesis with a subject', { ...GENESIS, subj: idOf(2) }],
    ['genesis with references', { ...GENESIS, refs: sortedIds(1) }],
    ['genesis kind at seq 1', { kind: 'network.created' }],
    ['genesis at seq 1 with a network of zeros', { kind: 'network.created', net: fill(0) }],
    ['identity kind at seq 1', { kind: 'identity.created' }],
    ['continued identity at seq 1', { kind: 'identity.continued', subj: idOf(4) }],
    ['another kind at seq 0', FIRST],
    ['a private record at seq 0', { ...FIRST, vis: 1, kind: 'private' }],
    ['seq 0 with a previous record', { seq: 0, kind: 'identity.created' }],
    ['seq 1 without a previous record', { prev: null }],
    ['negative seq', { seq: -1 }],
    ['vis 2', { vis: 2 }],
    ['vis true', { vis: true }],
    ['private kind on a public record', { kind: 'private' }],
    ['public kind on a private record', { vis: 1 }],
    ['body hash of 33 bytes', { body: fill(1, 33) }],
    ['body null', { body: null }],
    ['kind with a capital first', { kind: 'Offer.published' }],
    ['kind without a dot', { kind: 'offer' }],
    ['kind with nothing after the dot', { kind: 'offer.' }],
    ['kind with nothing before the dot', { kind: '.published' }],
    ['kind with a capital after the dot', { kind: 'offer.Published' }],
    ['kind with two dots', { kind: 'offer.published.again' }],
    ['kind with a digit', { kind: 'offer.published2' }],
    ['kind with a line feed at its end', { kind: 'offer.published\n' }],
    ['kind with a letter that is not ASCII', { kind: 'offer.publié' }],
    ['kind of 65 bytes', { kind: 'a.' + 'b'.repeat(63) }],
    ['kind in bytes', { kind: fill(0x61, 15) }],
    ['previous record of 31 bytes', { prev: fill(1, 31) }],
    ['references in descending order', { refs: sortedIds(2).reverse() }],
    ['a reference twice', { refs: [idOf(7), idOf(7)] }],
    ['65 references', { refs: sortedIds(65) }],
    ['a reference of 31 bytes', { refs: [fill(1, 31)] }],
    ['a reference that is the subject', { refs: [idOf(2)], subj: idOf(2) }],
    ['a reference that is the previous record', { refs: [idOf(1)] }],
    ['references null', { refs: null }],
    ['references in a map', { refs: {} }],
    ['subject of 33 bytes', { subj: fill(1, 33) }],
    ['subject as text', { subj: 'x' }],
    ['author of 31 bytes', { author: fill(1, 31) }],
    ['author null', { author: null }],
  ]
  return {
    about:
      'Headers. "valid": fields, bytes and id belong to each other. "invalid": bytes that break a rule which one header alone shows, with this project\'s name for it.',
    valid: valid.map(([name, changes]) => {
      const bytes = rawHeader(changes)
      decodeHeader(bytes)
      return { name, fields: toJson({ ...sampleFields(changes) }), hex: hex(bytes), id: hex(recordId(bytes)) }
    }),
    invalid: [
      ...invalid.map(([name, changes]): [string, Uint8Array] => [name, rawHeader(changes)]),
      ...misshapen(),
    ].map(([name, bytes]) => ({ name, hex: hex(bytes), reason: reasonOf(() => decodeHeader(bytes)) })),
  }
}

function misshapen(): [string, Uint8Array][] {
  const good = hex(rawHeader())
  const replaced = (from: string, to: string): Uint8Array => {
    if (good.split(from).length !== 2) throw new Error(`${from} is not there exactly once`)
    return unhex(good.replace(from, to))
  }
  const item = (text: string) => (0x60 + text.length).toString(16) + asciiHex(text)
  const { subj, ...withoutSubject } = sampleFields()
  return [
    ['nothing', new Uint8Array()],
    ['an empty map', unhex('a0')],
    ['a list', encode([1])],
    ['a body block', encode([fill(1, 16), {}])],
    ['a key missing', encode(withoutSubject)],
    ['a key too many', encode({ ...withoutSubject, subj, extra: 1 })],
    ['a key of another name', replaced(item('subj'), item('subk'))],
    ['keys in another order', replaced(`${item('seq')}01${item('vis')}00`, `${item('vis')}00${item('seq')}01`)],
    ['seq not shortest', replaced(`${item('seq')}01`, `${item('seq')}1801`)],
    ['version not shortest', replaced(`${item('v')}01`, `${item('v')}1801`)],
    ['version as a float', replaced(`${item('v')}01`, `${item('v')}f93c00`)],
    ['time as a float', replaced(encodeAt(), `${item('at')}fb4279b7a0a1cb0000`)],
    ['reference count not shortest', replaced(`${item('refs')}80`, `${item('refs')}9800`)],
    ['reference list of indefinite length', replaced(`${item('refs')}80`, `${item('refs')}9fff`)],
    ['map of indefinite length', unhex('bf' + good.slice(2) + 'ff')],
    ['network length not shortest', replaced(`${item('net')}5820`, `${item('net')}590020`)],
    ['a byte after the end', concat(rawHeader(), unhex('00'))],
    ['the last byte missing', rawHeader().slice(0, -1)],
    ['inside a tag', concat(unhex('c6'), rawHeader())],
    ['4,097 bytes', encode({ ...sampleFields(), kind: 'a.' + 'b'.repeat(4097 - rawHeader().length + 11) })],
  ]
}

const encodeAt = () => hex(encode('at')) + hex(encode(START_MS))
