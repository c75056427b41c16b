import fc from 'fast-check'
import { type Entry, EntryTree, sha256 } from '#libs/record'
import { SharedTree } from './shared-tree.js'

const entryOf = ([number, length]: readonly [number, number]): Entry => {
  const author = sha256(Uint8Array.of(number >> 8, number))
  return { author, length, head: sha256(Uint8Array.of(length)), finalLength: 0, forked: false }
}
const entries = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 9 })), { maxLength: 120 })
const prefix = fc.array(fc.nat(15), { maxLength: 3 })

describe('a tree over a shared one', () => {
  it('has the hashes, counts and entries of a tree that holds everything', () => {
    fc.assert(
      fc.property(entries, entries, fc.array(prefix, { maxLength: 5 }), (shared, own, prefixes) => {
        const whole = new EntryTree([...shared, ...own].map(entryOf))
        const layered = new SharedTree(new EntryTree(shared.map(entryOf)))
        for (const pair of own) layered.set(entryOf(pair))
        expect(layered.root()).toEqual(whole.root())
        expect(layered.size).toBe(whole.size)
        expect([...layered]).toEqual([...whole])
        for (const under of prefixes) {
          expect(layered.hashAt(under)).toEqual(whole.hashAt(under))
          expect(layered.countAt(under)).toBe(whole.countAt(under))
          expect(layered.entriesAt(under)).toEqual(whole.entriesAt(under))
          expect(layered.childrenAt(under)).toEqual(whole.childrenAt(under))
        }
      }),
      { numRuns: 200 },
    )
  })
})
