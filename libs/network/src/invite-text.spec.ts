import fc from 'fast-check'
import { decode, encode, sha256, toText } from '#libs/record'
import { type InviteText, inviteFromText, inviteToText } from './invite-text.js'
import { bytesNamed } from './testing/log.js'

const invite: InviteText = {
  net: bytesNamed('net'),
  name: 'Village',
  topicSecret: bytesNamed('topic'),
  inviteSeed: bytesNamed('seed'),
  cfg: bytesNamed('cfg'),
  inviter: bytesNamed('inviter'),
  expiresAt: 1_000_000,
  addresses: [
    ['127.0.0.1', 49737],
    ['node.example', 1],
  ],
  peers: [bytesNamed('peer')],
}
const malformed = { refused: 'invite_malformed' }

describe('an invite text', () => {
  it('carries every field there and back', () => {
    const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
    const host = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme-ascii' })
    const invites = fc.record({
      net: key,
      name: fc.string({ maxLength: 64, unit: 'grapheme' }),
      topicSecret: key,
      inviteSeed: key,
      cfg: key,
      inviter: key,
      expiresAt: fc.nat(),
      addresses: fc.array(fc.tuple(host, fc.integer({ min: 1, max: 65_535 })), { maxLength: 16 }),
      peers: fc.array(key, { maxLength: 16 }),
    })
    fc.assert(
      fc.property(invites, (each) => {
        expect(inviteFromText(inviteToText(each), 0)).toEqual(each)
      }),
    )
  })

  it('may be broken into lines on its way', () => {
    const text = inviteToText(invite)
    expect(inviteFromText(`  ${text.replace(/(.{60})/g, '$1\r\n')}\n`, 0)).toEqual(invite)
  })

  it('is refused after its last millisecond', () => {
    const text = inviteToText(invite)
    expect(inviteFromText(text, 1_000_000)).toEqual(invite)
    expect(inviteFromText(text, 1_000_001)).toEqual({ refused: 'invite_expired', expiredAtMs: 1_000_000 })
  })

  it('is refused with any one character changed, left out or added', () => {
    const text = inviteToText(invite)
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.constantFrom(...'ybndrfg8ejkmcpqxot1uwisza345h769lv20YB-'),
        (at, character) => {
          fc.pre(text[at] !== character)
          expect(inviteFromText(text.slice(0, at) + character + text.slice(at + 1), 0)).toEqual(malformed)
          expect(inviteFromText(text.slice(0, at) + text.slice(at + 1), 0)).toEqual(malformed)
          expect(inviteFromText(text.slice(0, at) + character + text.slice(at), 0)).toEqual(malformed)
        },
      ),
    )
  })

  it('is refused when it says something else than an invite, however well it is encoded', () => {
    const original = decode(contentOf(inviteToText(invite))) as { [field: string]: never }
    expect(inviteFromText(textOf(original), 0)).toEqual(invite)
    const { cfg: _, ...without } = original
    const others: object[] = [
      { ...original, v: 2 },
      { ...original, more: 1 },
      without,
      { ...original, net: new Uint8Array(31) },
      { ...original, net: toText(invite.net) },
      { ...original, name: 7 },
      { ...original, expiresAt: -1 },
      { ...original, expiresAt: '1' },
      { ...original, addresses: [['host']] },
      { ...original, addresses: [['', 1]] },
      { ...original, addresses: [['host', 65_536]] },
      { ...original, addresses: [['host', 0]] },
      { ...original, addresses: Array.from({ length: 17 }, () => ['host', 1]) },
      { ...original, peers: [new Uint8Array(33)] },
      { ...original, peers: bytesNamed('x') },
    ]
    for (const other of others) expect(inviteFromText(textOf(other), 0)).toEqual(malformed)
    for (const text of ['', ' ', 'y', 'yyyyyyyy', 'hello', 'y'.repeat(9_000)])
      expect(inviteFromText(text, 0)).toEqual(malformed)
  })
})

const ALPHABET = 'ybndrfg8ejkmcpqxot1uwisza345h769'

/** The content of a text, read apart from the code under test. */
function contentOf(text: string): Uint8Array {
  const bits = [...text].map((character) => ALPHABET.indexOf(character).toString(2).padStart(5, '0')).join('')
  const bytes = bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2))
  return Uint8Array.from(bytes.slice(4))
}

function textOf(content: object): string {
  const bytes = encode(content as { [field: string]: never })
  const all = [...sha256(bytes).subarray(0, 4), ...bytes]
  const bits = all.map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits
    .padEnd(Math.ceil(bits.length / 5) * 5, '0')
    .match(/.{5}/g)!
    .map((five) => ALPHABET[parseInt(five, 2)])
    .join('')
}
