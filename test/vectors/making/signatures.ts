import { concat, equalBytes, keyPairFromSeed, recordMessage, sha256, sign, signHeader, verify } from '#libs/record'
import {
  ascii,
  challengeOf,
  fill,
  hex,
  keyOf,
  littleEndian,
  ORDER,
  rawHeader,
  scalarBytes,
  seedOf,
  signAgain,
  signByHand,
  unhex,
} from './sample.js'

/** Encodings of the points of order 8, 4, 2 and 1; with the top bit set or y above the prime there are more. */
const ORDER_8 = '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'
const OTHER_8 = 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'
const IDENTITY = '01' + '00'.repeat(31)
const SMALL = [
  '00'.repeat(32),
  IDENTITY,
  ORDER_8,
  OTHER_8,
  'ec' + 'ff'.repeat(30) + '7f',
  'ed' + 'ff'.repeat(30) + '7f',
  'ee' + 'ff'.repeat(30) + '7f',
]
const withTopBit = (text: string) => text.slice(0, 62) + (parseInt(text.slice(62), 16) | 0x80).toString(16)

const MESSAGE = ascii('mutuo')

export function signatures(): unknown {
  const header = rawHeader()
  const { publicKey, secretKey } = keyOf(1)
  return {
    about:
      'SHA-256 and Ed25519. "hashes" and "keys" are plain; "signed" are deterministic signatures (RFC 8032). "verified": "valid" says whether a signature counts; the cases at the edges are where libraries differ. "records" are signatures over a header: the message is "mutuo/record/1", a zero byte and the header.',
    hashes: [new Uint8Array(), ascii('abc'), fill(0x61, 400)].map((bytes) => ({
      name: `${bytes.length} bytes`,
      hex: hex(bytes),
      sha256: hex(sha256(bytes)),
    })),
    keys: [1, 2, 255].map((n) => ({
      name: `seed of bytes ${n}`,
      seed: hex(seedOf(n)),
      publicKey: hex(keyOf(n).publicKey),
    })),
    signed: [
      {
        name: 'RFC 8032 section 7.1, test 1',
        seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
        message: '',
      },
      {
        name: 'RFC 8032 section 7.1, test 2',
        seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
        message: '72',
      },
      {
        name: 'RFC 8032 section 7.1, test 3',
        seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
        message: 'af82',
      },
    ].map((item) => ({
      ...item,
      signature: hex(sign(unhex(item.message), keyPairFromSeed(unhex(item.seed)).secretKey)),
    })),
    verified: edgeCases().map(({ name, message, signature, key }) => ({
      name,
      publicKey: hex(key),
      message: hex(message),
      signature: hex(signature),
      valid: verify(signature, message, key),
    })),
    records: [
      { name: 'deterministic', signature: signHeader(header, secretKey) },
      { name: 'with a nonce of the signer’s choice', signature: signAgain(header, 1) },
    ].map(({ name, signature }) => ({
      name,
      publicKey: hex(publicKey),
      header: hex(header),
      message: hex(recordMessage(header)),
      signature: hex(signature),
    })),
  }
}

interface EdgeCase {
  name: string
  message: Uint8Array
  signature: Uint8Array
  key: Uint8Array
}

function edgeCases(): EdgeCase[] {
  const { publicKey: key, secretKey } = keyOf(1)
  const good = sign(MESSAGE, secretKey)
  const r = good.subarray(0, 32)
  const s = littleEndian(good.subarray(32))
  const at = (name: string, signature: Uint8Array, changes: Partial<EdgeCase> = {}): EdgeCase => ({
    name,
    message: MESSAGE,
    signature,
    key,
    ...changes,
  })
  const flipped = (offset: number): Uint8Array => good.map((byte, i) => (i === offset ? byte ^ 1 : byte))
  const byHand = (name: string, options: Partial<Parameters<typeof signByHand>[0]>): EdgeCase => {
    const made = signByHand({ seed: seedOf(1), nonce: 12_345n, message: MESSAGE, ...options })
    return at(name, made.signature, { key: made.publicKey })
  }
  return [
    at('good', good),
    byHand('good, with another nonce', {}),
    at('good, of the empty message', sign(new Uint8Array(), secretKey), { message: new Uint8Array() }),
    at('another message', good, { message: ascii('mutui') }),
    at('another key', good, { key: keyOf(2).publicKey }),
    at('first byte of R flipped', flipped(0)),
    at('last byte of R flipped', flipped(31)),
    at('first byte of S flipped', flipped(32)),
    at('S + L', concat(r, scalarBytes(s + ORDER))),
    at('S + 8 L, still below 2^256', concat(r, scalarBytes(s + 8n * ORDER))),
    at('S = 0 and R of the group, no signature', concat(r, fill(0))),
    byHand('R with a part of order 8: valid only with the cofactor', { torsion: ORDER_8 }),
    byHand('R with a part of order 2: valid only with the cofactor', { torsion: SMALL[4]! }),
    keyWithTorsion('key with a part of order 8, challenge divisible by 8: valid', (c) => c % 8n === 0n),
    keyWithTorsion('key with a part of order 8, challenge odd: valid only with the cofactor', (c) => c % 2n === 1n),
    ...SMALL.flatMap((text) => [
      byHand(`R of small order ${text}, equation fulfilled up to the cofactor`, { nonce: 0n, encodedR: unhex(text) }),
      byHand(`R of small order ${withTopBit(text)}`, { nonce: 0n, encodedR: unhex(withTopBit(text)) }),
    ]),
    ...SMALL.flatMap((text) => [smallKey(text), smallKey(withTopBit(text))]),
    at('key that is no point', good, { key: unhex('02' + '00'.repeat(31)) }),
    at('R that is no point', concat(unhex('02' + '00'.repeat(31)), scalarBytes(s))),
    at('key above the prime: y = p + 3', good, { key: unhex('f0' + 'ff'.repeat(30) + '7f') }),
    at('R above the prime: y = p + 3', concat(unhex('f0' + 'ff'.repeat(30) + '7f'), scalarBytes(s))),
    at('signature of zeros', fill(0, 64)),
    at('signature and key of zeros', fill(0, 64), { key: fill(0) }),
  ]
}

/** With a key of small order, R = S·B fulfils the equation for every eighth message at least. */
function smallKey(text: string): EdgeCase {
  const key = unhex(text)
  const made = signByHand({ seed: seedOf(1), nonce: 77n, message: MESSAGE })
  const signature = concat(made.signature.subarray(0, 32), scalarBytes(77n))
  let message = MESSAGE
  for (let n = 0; challengeOf(signature, key, message) % 8n !== 0n; n++) message = ascii(`mutuo ${n}`)
  return { name: `key of small order ${text}, challenge divisible by 8`, message, signature, key }
}

function keyWithTorsion(name: string, wanted: (challenge: bigint) => boolean): EdgeCase {
  for (let nonce = 1n; ; nonce++) {
    const made = signByHand({ seed: seedOf(1), nonce, message: MESSAGE, keyTorsion: ORDER_8 })
    if (!wanted(challengeOf(made.signature, made.publicKey, MESSAGE))) continue
    if (equalBytes(made.publicKey, keyOf(1).publicKey)) throw new Error('the key has no part of order 8')
    return { name, message: MESSAGE, signature: made.signature, key: made.publicKey }
  }
}
