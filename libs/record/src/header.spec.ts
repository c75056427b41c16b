import fc from 'fast-check'
import { areAscending, compareBytes, MAX_TIME_MS, ZERO_32 } from './bytes.js'
import { decode } from './codec.js'
import { FormatError } from './format-error.js'
import { decodeHeader, encodeHeader, type Header } from './header.js'

const id = fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((bytes) => compareBytes(bytes, ZERO_32) !== 0)
const word = fc.stringMatching(/^[a-z][A-Za-z]{0,20}$/)
const refs = fc.array(id, { maxLength: 64 }).map((ids) => ids.sort(compareBytes))

const header: fc.Arbitrary<Header> = fc
  .record({
    at: fc.nat({ max: MAX_TIME_MS }),
    net: id,
    seq: fc.oneof(fc.constant(0), fc.maxSafeNat()),
    body: id,
    kind: fc.tuple(word, word).map((words) => words.join('.')),
    isPrivate: fc.boolean(),
    first: fc.constantFrom('network.created', 'identity.created', 'identity.continued'),
    prev: id,
    refs,
    subj: fc.option(id),
    author: id,
  })
  .map(({ isPrivate, first, ...fields }): Header => {
    if (fields.seq > 0) {
      return { ...fields, v: 1, vis: isPrivate ? 1 : 0, kind: isPrivate ? 'private' : fields.kind }
    }
    const isGenesis = first === 'network.created'
    const genesis = isGenesis ? { net: ZERO_32, refs: [], subj: null } : {}
    return { ...fields, ...genesis, v: 1, vis: 0, kind: first, prev: null }
  })
  .filter((one) => areAscending(one.refs))

describe('a header', () => {
  it('is read back as it was written, by the fixed layout as by the general decoder', () => {
    fc.assert(
      fc.property(header, (one) => {
        const bytes = encodeHeader(one)
        expect(decodeHeader(bytes)).toEqual(one)
        expect(decode(bytes)).toEqual(one)
      }),
    )
  })

  it('is refused when its bytes are changed, or they are those of another header', () => {
    const change = fc.record({ at: fc.nat(), to: fc.nat({ max: 255 }), act: fc.nat({ max: 5 }) })
    fc.assert(
      fc.property(header, fc.array(change, { minLength: 1, maxLength: 3 }), (one, changes) => {
        const bytes = [...encodeHeader(one)]
        for (const { at, to, act } of changes) {
          const offset = at % (bytes.length + 1)
          if (act < 4) bytes[offset] = to
          else bytes.splice(offset, act === 4 ? 0 : 1, ...(act === 4 ? [to] : []))
        }
        const changed = Uint8Array.from(bytes)
        try {
          expect(encodeHeader(decodeHeader(changed))).toEqual(changed)
        } catch (error) {
          if (!(error instanceof FormatError)) throw error
          expect(error.reason).toMatch(/^[a-z0-9_]+$/)
        }
      }),
      { numRuns: 5000 },
    )
  })

  it('is not written when it breaks a rule', () => {
    const good = fc.sample(header, 1)[0]!
    const wrong: Partial<{ [key in keyof Header]: unknown }>[] = [
      { v: 2 },
      { at: -1 },
      { at: 0.5 },
      { at: MAX_TIME_MS + 1 },
      { net: new Uint8Array(31) },
      { net: 'net' },
      { seq: -1 },
      { seq: 2 ** 53 },
      { vis: 2 },
      { body: new Uint8Array(33) },
      { kind: 'Offer.published' },
      { author: new Uint8Array(0) },
      { prev: new Uint8Array(1) },
      { subj: new Uint8Array(1) },
      { refs: [new Uint8Array(1)] },
      { refs: [new Uint8Array(32).fill(2), new Uint8Array(32).fill(1)] },
    ]
    for (const changes of wrong) expect(() => encodeHeader({ ...good, ...changes } as Header)).toThrow(FormatError)
  })
})
