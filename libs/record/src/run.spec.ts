import fc from 'fast-check'
import { keyPairFromSeed } from '#primitives'
import { encodeBody } from './body.js'
import { checkFork, makeFork } from './fork.js'
import { encodeHeader, type Header, recordId } from './header.js'
import { sha256 } from '#primitives'
import { checkRun, type Run, type StoredRecord, thinSignatures } from './run.js'
import { signHeader } from './signature.js'

const net = new Uint8Array(32).fill(9)
const keys = keyPairFromSeed(new Uint8Array(32).fill(1))
const body = encodeBody(new Uint8Array(16), { amount: 1, currency: 'EUR' })

function headerAfter(prev: Uint8Array | null, seq: number, changes: Partial<Header> = {}): Uint8Array {
  return encodeHeader({
    v: 1,
    at: seq,
    net,
    seq,
    vis: 0,
    body: sha256(body),
    kind: seq === 0 ? 'identity.created' : 'offer.published',
    prev,
    refs: [],
    subj: null,
    author: keys.publicKey,
    ...changes,
  })
}

function runOf(count: number, isSigned: (seq: number) => boolean): Run {
  const records: StoredRecord[] = []
  let prev: Uint8Array | null = null
  for (let seq = 0; seq < count; seq++) {
    const header = headerAfter(prev, seq)
    records.push({ header, body, signature: isSigned(seq) ? signHeader(header, keys.secretKey) : null })
    prev = recordId(header)
  }
  return { net, author: keys.publicKey, records }
}

describe('a run', () => {
  it('gives ids, headers and bodies of what it checked', () => {
    const run = runOf(3, (seq) => seq === 2)
    const check = checkRun(run, undefined)
    expect(check).toMatchObject({ ok: true })
    if (!check.ok) return
    expect(check.records.map(({ header }) => header.seq)).toEqual([0, 1, 2])
    expect(check.records[1]!.header.prev).toEqual(check.records[0]!.id)
    expect(check.records[1]!.body).toBe(body)
  })

  it('is refused when any bit of any header, body or signature is flipped', () => {
    const run = runOf(4, (seq) => seq % 2 === 1)
    fc.assert(
      fc.property(fc.nat({ max: 3 }), fc.constantFrom('header', 'signature', 'body'), fc.nat(), (at, part, bit) => {
        const bytes = run.records[at]![part as keyof StoredRecord]
        fc.pre(bytes !== null)
        const flipped = bytes.slice()
        const offset = (bit >> 3) % flipped.length
        flipped[offset] = flipped[offset]! ^ (1 << (bit & 7))
        const records = run.records.map((record, i) => (i === at ? { ...record, [part]: flipped } : record))
        expect(checkRun({ ...run, records }, undefined).ok).toBe(false)
      }),
      { numRuns: 1500 },
    )
  })

  it('may be cut after any signed record and goes on from there', () => {
    const run = runOf(30, (seq) => seq % 4 === 3 || seq === 29)
    for (let cut = 4; cut < 30; cut += 4) {
      const start = checkRun({ ...run, records: run.records.slice(0, cut) }, undefined)
      if (!start.ok) throw new Error(start.reason)
      const { id, header } = start.records[cut - 1]!
      const rest = checkRun({ ...run, records: run.records.slice(cut) }, { seq: header.seq, id, at: header.at })
      expect(rest.ok).toBe(true)
    }
  })

  it('passes with as few signatures as it can do with', () => {
    const run = runOf(300, () => true)
    const gaps = fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(gaps, (steps) => {
        const signed = new Set<number>()
        for (let seq = -1, i = 0; seq < 300; i++) signed.add((seq += steps[i % steps.length]!))
        const end = Math.max(...[...signed].filter((seq) => seq < 300)) + 1
        const records = run.records
          .slice(0, end)
          .map((record, seq) => (signed.has(seq) ? record : { ...record, signature: null }))
        const thin = thinSignatures(records)
        expect(checkRun({ ...run, records: thin }, undefined).ok).toBe(true)
        const kept = thin.flatMap(({ signature }, seq) => (signature === null ? [] : [seq]))
        for (const seq of kept.slice(0, -1)) {
          const without = thin.map((record, at) => (at === seq ? { ...record, signature: null } : record))
          expect(checkRun({ ...run, records: without }, undefined)).toMatchObject({ reason: 'too_many_unsigned' })
        }
        expect(kept.at(-1)).toBe(end - 1)
      }),
      { numRuns: 30 },
    )
    const all = thinSignatures(run.records).flatMap(({ signature }, seq) => (signature === null ? [] : [seq]))
    expect(all).toEqual([63, 127, 191, 255, 299])
  })

  it('keeps an earlier signature when unsigned records precede it', () => {
    const run = runOf(70, () => true)
    const thin = thinSignatures(run.records.slice(10), 10)
    expect(thin.flatMap(({ signature }, i) => (signature === null ? [] : [i]))).toEqual([53, 59])
  })

  it('does not read headers into Buffers when it came as Buffers', () => {
    const run = runOf(1, () => true)
    const records = run.records.map(({ header, signature }) => ({
      header: Buffer.from(header),
      signature: Buffer.from(signature!),
      body: null,
    }))
    const check = checkRun({ ...run, records }, undefined)
    expect(check.ok && check.records[0]!.header.author.constructor).toBe(Uint8Array)
  })
})

describe('a fork proof', () => {
  it('is made of any two different records at one place of a log, in either order', () => {
    const prev = new Uint8Array(32).fill(3)
    const chainOf = (at: number): [Uint8Array[], Uint8Array] => {
      const header = headerAfter(prev, 5, { at })
      return [[header], signHeader(header, keys.secretKey)]
    }
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (one, other) => {
        const proof = makeFork(chainOf(one), chainOf(other))
        expect(makeFork(chainOf(other), chainOf(one))).toEqual(proof)
        const expected = { ok: true, author: keys.publicKey, seq: 5 }
        expect(checkFork(proof, net)).toEqual(one === other ? { ok: false, reason: 'fork_same' } : expected)
      }),
      { numRuns: 50 },
    )
  })
})
