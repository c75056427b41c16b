import fc from 'fast-check'
import { VirtualAuthor } from '../testing/virtual-author.js'
import { randomOf, VirtualNetwork, type VirtualNode } from '../testing/virtual-network.js'

/** A founder and members that it admitted, each with some records. */
function community(members: number, recordsEach: number): VirtualAuthor[] {
  const founder = new VirtualAuthor(0, null)
  const others = Array.from({ length: members }, (_, i) => new VirtualAuthor(i + 1, founder.network))
  for (const other of others) {
    founder.admit(other)
    other.writeMany(recordsEach - 1)
  }
  return [founder, ...others]
}

const roots = (nodes: VirtualNode[]) => new Set(nodes.map((node) => node.root)).size

describe('virtual nodes', () => {
  it('bring a node that holds nothing but the founder’s start up to date', () => {
    const [founder, ...members] = community(40, 5)
    const network = new VirtualNetwork(founder!)
    const full = network.add(founder!)
    full.hold(founder!)
    for (const member of members) full.hold(member)
    const behind = network.add(members[0]!)
    behind.hold(founder!, 1)
    network.connect(behind, full)
    network.run(3_000)
    expect(behind.store.entries()).toHaveLength(41)
    expect(behind.root).toBe(full.root)
    expect(behind.replica.peerStates()[0]).toMatchObject({ inSync: true, recordsIn: 40 + 40 * 5 })
  })

  it('merge two halves of a community both ways', () => {
    const [founder, ...members] = community(30, 4)
    const network = new VirtualNetwork(founder!, 7)
    const left = network.add(founder!)
    const right = network.add(members[0]!)
    for (const node of [left, right]) node.hold(founder!)
    members.forEach((member, i) => {
      left.hold(member, i % 2 ? 4 : 1)
      right.hold(member, i % 2 ? 2 : 4)
    })
    network.connect(left, right)
    network.run()
    expect(left.root).toBe(right.root)
    expect(left.store.entries().every(({ author, length }) => length === (author === founder!.key ? 31 : 4))).toBe(true)
  })

  it('tell a change that came while the roots were thought equal within a minute', () => {
    const [founder, member] = community(1, 1)
    const network = new VirtualNetwork(founder!)
    const one = network.add(founder!)
    const other = network.add(member!)
    for (const node of [one, other]) {
      node.hold(founder!)
      node.hold(member!)
    }
    network.connect(one, other)
    network.run()
    founder!.writeMany(3)
    // Known to the tree, announced to nobody: as if the announcement had been lost.
    const { advanced } = one.store.ingest([{ net: network.net, author: founder!.key, records: founder!.records }])
    for (const entry of advanced) one.replica.tree.set(entry)
    network.run(61_000)
    expect(other.root).toBe(one.root)
  })

  it('converge, ten of them, from random states, through lost connections, in any order and cutting of bytes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fffffff }), (seed) => {
        const random = randomOf(seed)
        const authors = community(9, 6)
        const network = new VirtualNetwork(authors[0]!, seed)
        const nodes = authors.map((author) => network.add(author))
        for (const [i, node] of nodes.entries()) {
          node.hold(authors[0]!)
          for (const [j, author] of authors.entries()) {
            if (j > 0) node.hold(author, i === j ? 6 : Math.floor(random() * 7))
          }
        }
        for (let i = 1; i < nodes.length; i++) network.connect(nodes[i]!, nodes[Math.floor(random() * i)]!)
        const lost = nodes[1 + Math.floor(random() * 9)]!
        network.cut(lost)
        network.connect(lost, nodes[0]!)
        network.run()
        for (let i = 2; i < nodes.length; i++) network.connect(nodes[i]!, nodes[0]!)
        network.run(61_000)
        expect(roots(nodes)).toBe(1)
        expect(nodes[0]!.store.entries().map(({ length }) => length)).toEqual([10, ...Array<number>(9).fill(6)])
        for (const node of nodes) expect(node.closed.filter(({ ban }) => ban)).toEqual([])
      }),
      { numRuns: 25 },
    )
  })

  it('spread a record to all in a moment, each node fetching it once', () => {
    const authors = community(9, 1)
    const network = new VirtualNetwork(authors[0]!, 3)
    const nodes = authors.map((author) => network.add(author))
    for (const node of nodes) for (const author of authors) node.hold(author)
    for (let i = 1; i < nodes.length; i++) {
      network.connect(nodes[i]!, nodes[i - 1]!)
      if (i > 1) network.connect(nodes[i]!, nodes[i - 2]!)
    }
    network.run()
    const before = nodes.map((node) => node.replica.peerStates().reduce((sum, { recordsIn }) => sum + recordsIn, 0))
    authors[0]!.writeMany(1)
    nodes[0]!.publish()
    network.run()
    expect(roots(nodes)).toBe(1)
    const got = nodes.map(
      (node, i) => node.replica.peerStates().reduce((sum, { recordsIn }) => sum + recordsIn, 0) - before[i]!,
    )
    expect(got).toEqual([0, ...Array<number>(9).fill(1)])
  })

  it('download from two sources at once, and serve while still behind', () => {
    const founder = new VirtualAuthor(0, null)
    const member = new VirtualAuthor(1, founder.network)
    const third = new VirtualAuthor(2, founder.network)
    founder.admit(member)
    founder.admit(third)
    founder.writeMany(6_000)
    const network = new VirtualNetwork(founder, 5)
    const [one, two, newcomer] = [network.add(founder), network.add(member), network.add(third)]
    for (const node of [one, two]) for (const author of [founder, member, third]) node.hold(author)
    for (const author of [founder, member, third]) newcomer.hold(author, author === founder ? 3 : 1)
    network.connect(newcomer, one)
    network.connect(newcomer, two)
    network.run()
    expect(newcomer.root).toBe(one.root)
    const served = [one, two].map((node) => [...node.served.values()].reduce((sum, runs) => sum + runs, 0))
    expect(served[0]).toBeGreaterThan(3)
    expect(served[1]).toBeGreaterThan(3)
  })
})
