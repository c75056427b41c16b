import {
  encodeBody,
  encodeFork,
  encodeHeader,
  keyPairFromSeed,
  makeFork,
  recordId,
  recordMessage,
  sha256,
  sign,
  toText,
  type SignedChain,
} from '#libs/record'
import { verifyFork } from './verify-fork.js'

const net = sha256(new TextEncoder().encode('a network'))
const before = sha256(new TextEncoder().encode('what came before'))
const subject = sha256(new TextEncoder().encode('a loan'))

/** A history of one record, the fourth of a log. */
function history(kind: string, name = 'Mallory'): SignedChain {
  const { publicKey, secretKey } = keyPairFromSeed(sha256(new TextEncoder().encode(name)))
  const body = sha256(encodeBody(new Uint8Array(16), {}))
  const place = { v: 1, at: 1_767_225_600_000, net, seq: 3, vis: 0, prev: before } as const
  const header = encodeHeader({ ...place, body, kind, refs: [], subj: subject, author: publicKey })
  return [[header], sign(recordMessage(header), secretKey)]
}

describe('a proof of a fork', () => {
  const [one, other] = [history('note.sold'), history('note.delisted')]

  it('names who signed, where, and what both histories have there', () => {
    const ids = [one, other].map(([[header]]) => toText(recordId(header!)))
    const verdict = verifyFork(encodeFork(makeFork(one, other)))
    expect(verdict).toMatchObject({
      ...{ ok: true, type: 'fork', network: toText(net), seq: 3 },
      author: toText(keyPairFromSeed(sha256(new TextEncoder().encode('Mallory'))).publicKey),
    })
    const records = verdict?.ok ? verdict.branches.flat() : []
    expect(records.map(({ id }) => id).sort()).toEqual(ids.sort())
    expect(records.map(({ kind }) => kind).sort()).toEqual(['note.delisted', 'note.sold'])
    for (const record of records) expect(record).toMatchObject({ subject: toText(subject), atMs: 1_767_225_600_000 })
  })

  it('shows nothing of one history, of two people’s, or when a byte was changed', () => {
    const reasonOf = (a: SignedChain, b: SignedChain) => verifyFork(encodeFork(makeFork(a, b)))
    expect(reasonOf(one, one)).toEqual({ ok: false, type: 'fork', reason: 'fork_same' })
    expect(reasonOf(one, history('note.sold', 'Bo'))).toEqual({ ok: false, type: 'fork', reason: 'fork_author' })
    const spoilt = new Uint8Array(other[1])
    spoilt[7]! ^= 1
    expect(reasonOf(one, [other[0], spoilt])).toEqual({ ok: false, type: 'fork', reason: 'signature_invalid' })
  })

  it('is told from a proof of finality', () => {
    expect(verifyFork(new Uint8Array([0xa0]))).toBeNull()
    expect(verifyFork(new Uint8Array())).toBeNull()
  })
})
