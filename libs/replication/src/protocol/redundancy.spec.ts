import fc from 'fast-check'
import { VirtualAuthor } from '../testing/virtual-author.js'
import { randomOf, VirtualNetwork } from '../testing/virtual-network.js'

const NODES = 10

/** Ten nodes that hold the same, each connected with about four others; then every one of them writes now and then. */
function spreadingOf(seed: number): {
  recordsIn: number
  recordsNew: number
  isEqual: boolean
} {
  const random = randomOf(seed)
  const founder = new VirtualAuthor(0, null)
  const authors = [founder, ...Array.from({ length: NODES - 1 }, (_, i) => new VirtualAuthor(i + 1, founder.network))]
  for (const author of authors.slice(1)) founder.admit(author)
  const network = new VirtualNetwork(founder, seed)
  const nodes = authors.map((author) => network.add(author))
  for (const node of nodes) for (const author of authors) node.hold(author)
  const links = new Set<string>()
  for (let i = 1; i < NODES; i++) links.add(`${Math.floor(random() * i)} ${i}`)
  while (links.size < 2 * NODES) {
    const [a, b] = [Math.floor(random() * NODES), Math.floor(random() * NODES)].sort((x, y) => x - y)
    if (a !== b) links.add(`${a} ${b}`)
  }
  for (const link of links) {
    const [a, b] = link.split(' ').map(Number)
    network.connect(nodes[a!]!, nodes[b!]!)
  }
  network.run()
  const sum = (count: 'recordsIn' | 'recordsNew') =>
    nodes.reduce((all, { replica }) => all + replica.counts.figures.get(count)!, 0)
  const before = { recordsIn: sum('recordsIn'), recordsNew: sum('recordsNew') }
  let written = 0
  for (let round = 0; round < 12; round++) {
    for (const [i, author] of authors.entries()) {
      if (random() < 0.5) continue
      const count = 1 + Math.floor(random() * 4)
      author.writeMany(count)
      written += count
      nodes[i]!.publish()
    }
    network.run(random() < 0.5 ? 5 : 50)
  }
  network.run(2_000)
  // What a node writes itself it does not receive.
  const recordsNew = sum('recordsNew') - before.recordsNew - written
  return {
    recordsIn: sum('recordsIn') - before.recordsIn,
    recordsNew,
    isEqual: new Set(nodes.map(({ root }) => root)).size === 1,
  }
}

describe('records that ten nodes write and tell each other', () => {
  it('reach all, and are received 1.3 times at most by each', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fffffff }), (seed) => {
        const { recordsIn, recordsNew, isEqual } = spreadingOf(seed)
        expect(isEqual).toBe(true)
        expect(recordsIn).toBeGreaterThanOrEqual(recordsNew)
        expect(recordsIn / recordsNew).toBeLessThanOrEqual(1.3)
      }),
      { numRuns: 4 },
    )
  })
})
