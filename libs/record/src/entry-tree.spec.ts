import fc from 'fast-check'
import { sha256 } from '#primitives'
import { compareBytes, concat, ZERO_32 } from './bytes.js'
import { encodeEntry, type Entry } from './entry.js'
import { EntryTree } from './entry-tree.js'

/** The rule as it is written, without a tree. */
function hashOf(entries: Entry[], depth: number): Uint8Array {
  if (entries.length === 0) return ZERO_32
  const sorted = [...entries].sort((a, b) => compareBytes(a.author, b.author))
  if (entries.length <= 16) return sha256(concat(Uint8Array.of(0), ...sorted.map(encodeEntry)))
  const under = (nibble: number) => entries.filter(({ author }) => nibbleOf(author, depth) === nibble)
  return sha256(concat(Uint8Array.of(1), ...Array.from({ length: 16 }, (_, i) => hashOf(under(i), depth + 1))))
}

const nibbleOf = (author: Uint8Array, depth: number) => (author[depth >> 1]! >> (depth % 2 === 0 ? 4 : 0)) & 15

/** Keys that often share many nibbles, so that deep forks and their collapse occur. */
const author = fc
  .tuple(fc.constantFrom(0, 1, 0x10), fc.nat({ max: 3 }), fc.nat({ max: 40 }))
  .map(([first, second, last]) => new Uint8Array(32).map((_, i) => (i === 0 ? first : i === 1 ? second : last)))
const entry: fc.Arbitrary<Entry> = fc.record({
  author,
  length: fc.integer({ min: 5, max: 1000 }),
  head: fc.nat({ max: 255 }).map((n) => new Uint8Array(32).fill(n)),
  finalLength: fc.nat({ max: 5 }),
  forked: fc.boolean(),
})
const step = fc.oneof({ weight: 4, arbitrary: entry }, { weight: 1, arbitrary: author })

describe('the tree of entries', () => {
  it('has at every prefix the hash of its rule, whatever was set, replaced, removed and asked before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150, size: 'max' }), fc.array(fc.nat({ max: 3 })), (steps, asks) => {
        const tree = new EntryTree()
        const model = new Map<string, Entry>()
        for (const [i, one] of steps.entries()) {
          if (one instanceof Uint8Array) {
            tree.delete(one)
            model.delete(one.join())
          } else {
            tree.set(one)
            model.set(one.author.join(), one)
          }
          if (asks.includes(i % 16)) tree.root()
        }
        const entries = [...model.values()].sort((a, b) => compareBytes(a.author, b.author))
        expect(tree.size).toBe(entries.length)
        expect([...tree]).toEqual(entries)
        for (const one of entries) expect(tree.get(one.author)).toEqual(one)
        expect(tree.root()).toEqual(hashOf(entries, 0))
        for (const prefix of [[], [0], [0, 0], [0, 1, 0], [0, 0, 0, 0], [1], [0, 1, 0, 2, 1]]) {
          const under = entries.filter((one) => prefix.every((nibble, depth) => nibbleOf(one.author, depth) === nibble))
          expect(tree.countAt(prefix)).toBe(under.length)
          expect(tree.entriesAt(prefix)).toEqual(under)
          expect(tree.hashAt(prefix)).toEqual(hashOf(under, prefix.length))
        }
      }),
      { numRuns: 150 },
    )
  })

  it('gives the children of a prefix in the order of their bits', () => {
    const entries = Array.from({ length: 200 }, (_, n) => ({
      author: sha256(Uint8Array.of(n)),
      length: 1,
      head: sha256(Uint8Array.of(n, 0)),
      finalLength: 0,
      forked: false,
    }))
    const tree = new EntryTree(entries)
    for (const prefix of [[], [7], [7, 3]]) {
      const { bitmap, hashes } = tree.childrenAt(prefix)
      const present = Array.from({ length: 16 }, (_, nibble) => nibble).filter((nibble) => bitmap & (1 << nibble))
      expect(hashes).toEqual(present.map((nibble) => tree.hashAt([...prefix, nibble])))
      expect(present.reduce((sum, nibble) => sum + tree.countAt([...prefix, nibble]), 0)).toBe(tree.countAt(prefix))
    }
  })

  it('keeps what it was given when the caller changes its own arrays later', () => {
    const one = { author: new Uint8Array(32), length: 1, head: new Uint8Array(32), finalLength: 0, forked: false }
    const tree = new EntryTree([one])
    const before = tree.root()
    one.head.fill(1)
    tree.entriesAt([])[0]!.head.fill(2)
    tree.childrenAt([]).hashes[0]!.fill(3)
    expect(tree.root()).toEqual(before)
  })

  it('knows nothing of an author that it was never told of', () => {
    const tree = new EntryTree()
    tree.delete(new Uint8Array(32))
    expect(tree.get(new Uint8Array(32))).toBeUndefined()
    expect(tree.root()).toEqual(ZERO_32)
  })
})
