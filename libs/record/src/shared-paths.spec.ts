import fc from 'fast-check'
import { AttestationTree, rootFromPath } from './attestation-tree.js'
import { hashesBeside, pathsFrom } from './shared-paths.js'

const leafAt = (index: number) => new Uint8Array(72).fill(index % 251, 0, 60).fill(index >> 8, 60)
const trees = fc.integer({ min: 1, max: 300 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    places: fc.uniqueArray(fc.nat(size - 1), { minLength: 1, maxLength: 40 }).map((of) => of.sort((a, b) => a - b)),
  }),
)

function told(size: number, places: readonly number[]) {
  const tree = new AttestationTree(Array.from({ length: size }, (_, index) => leafAt(index)))
  const leaves = places.map((index) => ({ index, leaf: leafAt(index), path: tree.path(index) }))
  return { tree, leaves, beside: hashesBeside(size, leaves) }
}

describe('audit paths of several leaves', () => {
  it('come back from the hashes that the leaves don’t give themselves', () => {
    fc.assert(
      fc.property(trees, ({ size, places }) => {
        const { tree, leaves, beside } = told(size, places)
        const paths = pathsFrom(size, leaves, beside)
        expect(paths).toEqual(leaves.map(({ path }) => path))
        paths.forEach((path, i) => expect(rootFromPath(leaves[i]!.leaf, places[i]!, size, path)).toEqual(tree.root()))
      }),
    )
  })

  it('need no hash at all when every leaf is told', () => {
    const { beside } = told(
      100,
      Array.from({ length: 100 }, (_, index) => index),
    )
    expect(beside).toEqual([])
  })

  it('lead to another root when a leaf is another one', () => {
    const { tree, leaves, beside } = told(20, [3, 4, 11])
    const [first, ...rest] = leaves
    const forged = [{ ...first!, leaf: leafAt(77) }, ...rest]
    const [path] = pathsFrom(20, forged, beside)
    expect(rootFromPath(forged[0]!.leaf, 3, 20, path!)).not.toEqual(tree.root())
  })

  it('are refused with a hash too many or too few, or leaves out of order or outside', () => {
    const { leaves, beside } = told(20, [3, 4, 11])
    expect(() => pathsFrom(20, leaves, [...beside, beside[0]!])).toThrow('path_length')
    expect(() => pathsFrom(20, leaves, beside.slice(1))).toThrow('path_length')
    expect(() => pathsFrom(20, [...leaves].reverse(), beside)).toThrow('leaf_index')
    expect(() => pathsFrom(10, leaves, beside)).toThrow('leaf_index')
    expect(() => pathsFrom(20, [], [])).toThrow('leaf_index')
  })

  it('of different trees are not told together', () => {
    const { leaves } = told(20, [3, 4, 11])
    const wrong = leaves.map((leaf, i) => (i === 1 ? { ...leaf, path: leaf.path.map(() => new Uint8Array(32)) } : leaf))
    expect(() => hashesBeside(20, wrong)).toThrow('path_differs')
  })
})
