import { keyPairFromSeed, signHello } from '#libs/record'
import { VirtualAuthor } from '../testing/virtual-author.js'
import { VirtualNetwork, type VirtualNode } from '../testing/virtual-network.js'

function founded(members: number): VirtualAuthor[] {
  const founder = new VirtualAuthor(0, null)
  const others = Array.from({ length: members }, (_, i) => new VirtualAuthor(i + 1, founder.network))
  for (const other of others) founder.admit(other)
  return [founder, ...others]
}

const roots = (nodes: VirtualNode[]) => new Set(nodes.map((node) => node.root)).size

describe('forks', () => {
  it('are found by comparing heads, proved, and suspend the author on every node', () => {
    const authors = founded(3)
    const [founder, liar] = authors
    liar!.writeMany(40)
    const network = new VirtualNetwork(founder!, 11)
    const nodes = authors.map((author) => network.add(author))
    for (const node of nodes) for (const author of authors) node.hold(author, author === liar ? 25 : undefined)
    const { record } = liar!.fork(25)
    const branch = { net: network.net, author: liar!.key, records: [record] }
    for (const [i, node] of nodes.entries()) {
      const run = i < 2 ? { ...branch, records: [liar!.records[25]!] } : branch
      node.input({ type: 'advanced', entries: node.store.ingest([run]).advanced, own: false })
    }
    for (let i = 1; i < nodes.length; i++) network.connect(nodes[i]!, nodes[i - 1]!)
    network.run(5_000)
    for (const node of nodes) {
      expect(node.store.entry(liar!.key)).toMatchObject({ length: 25, forked: true })
      expect(node.closed).toEqual([])
    }
    expect(roots(nodes)).toBe(1)
  })

  it('of a longer branch are found where the logs part', () => {
    const authors = founded(2)
    const [founder, liar, member] = authors
    liar!.writeMany(300)
    const network = new VirtualNetwork(founder!, 12)
    const one = network.add(founder!)
    const other = network.add(member!)
    for (const author of [founder!, member!]) for (const node of [one, other]) node.hold(author)
    one.hold(liar!)
    other.hold(liar!, 123)
    const { record } = liar!.fork(123)
    const ingested = other.store.ingest([{ net: network.net, author: liar!.key, records: [record] }])
    other.input({ type: 'advanced', entries: ingested.advanced, own: false })
    network.connect(one, other)
    network.run(5_000)
    for (const node of [one, other]) expect(node.store.entry(liar!.key)).toMatchObject({ length: 123, forked: true })
  })

  it('that one side knows are told to the other when they meet', () => {
    const authors = founded(1)
    const [founder, liar] = authors
    liar!.writeMany(5)
    const network = new VirtualNetwork(founder!, 13)
    const one = network.add(founder!)
    const other = network.add(liar!)
    for (const node of [one, other]) for (const author of authors) node.hold(author)
    one.store.suspend(liar!.fork(3).proof)
    one.start()
    network.connect(one, other)
    network.run(5_000)
    expect(other.store.entry(liar!.key)).toMatchObject({ length: 3, forked: true })
    expect(one.root).toBe(other.root)
  })
})

describe('a newcomer', () => {
  const invite = keyPairFromSeed(new Uint8Array(32).fill(77))

  function meet(admits: boolean) {
    const [founder, member] = founded(1)
    const network = new VirtualNetwork(founder!, 21)
    const inviter = network.add(founder!)
    for (const author of [founder!, member!]) inviter.hold(author)
    const bo = new VirtualAuthor(9, founder!.network)
    const newcomer = network.add(bo)
    newcomer.self = {
      as: 'invite',
      key: invite.publicKey,
      sign: (statement) => signHello(statement, invite.secretKey),
      firstRecord: bo.records[0]!,
    }
    newcomer.replica.genesis = null
    newcomer.onWelcome = () => {
      newcomer.self = { as: 'member', key: bo.key, sign: (statement) => signHello(statement, bo.keys.secretKey) }
      newcomer.input({ type: 'identity' })
    }
    inviter.onAdmit = ({ record, inviteKey }) => {
      if (!admits) return 'invite_used'
      expect(inviteKey).toEqual(invite.publicKey)
      inviter.store.ingest([{ net: network.net, author: bo.key, records: [record] }])
      founder!.admit(bo)
      inviter.publish()
      const entry = inviter.store.entry(bo.key)!
      inviter.input({ type: 'advanced', entries: [entry], own: false })
      return null
    }
    network.connect(newcomer, inviter)
    return { network, inviter, newcomer, bo, member: member! }
  }

  it('is admitted on its invite and gets everything, its own start included', () => {
    const { network, inviter, newcomer, bo } = meet(true)
    network.run(5_000)
    expect(newcomer.root).toBe(inviter.root)
    expect(newcomer.store.entry(bo.key)).toMatchObject({ length: 1 })
    expect(newcomer.replica.peerStates()[0]).toMatchObject({ inSync: true })
  })

  it('that two members take in at the same time says hello as a member once', () => {
    const { network, newcomer, inviter } = meet(true)
    network.run(1_000)
    newcomer.input({ type: 'identity' })
    network.run(1_000)
    expect(inviter.closed).toEqual([])
    expect(newcomer.root).toBe(inviter.root)
  })

  it('whose invite is used is told so, and told nothing else', () => {
    const { network, inviter, newcomer } = meet(false)
    network.run(5_000)
    expect(newcomer.store.entries()).toEqual([])
    expect(inviter.served.size).toBe(0)
    expect(inviter.closed).toEqual([])
  })

  it('that asks before it is admitted gets nothing', () => {
    const { network, inviter, newcomer, member } = meet(false)
    network.run()
    const peer = newcomer.replica.peerStates()[0]!.peer
    newcomer.replica.peers.get(peer)!.send('want', {
      request: 1,
      ranges: [{ author: member.key, from: 0, count: 1 }],
    })
    newcomer.input({ type: 'tick' })
    network.run()
    expect(inviter.served.size).toBe(0)
  })

  it('serves others from its first batch on', () => {
    const { network, newcomer, inviter, member } = meet(true)
    network.run(5_000)
    const third = network.add(member)
    third.hold(network.founder, 2)
    third.hold(member)
    network.cut(inviter)
    network.connect(third, newcomer)
    network.run(5_000)
    expect(third.root).toBe(newcomer.root)
    expect(newcomer.served.size).toBeGreaterThan(0)
  })
})

describe('a member that was away while another was admitted', () => {
  it('learns of the admission from the one that it does not know yet', () => {
    const [founder, member, later] = founded(2)
    later!.writeMany(3)
    const network = new VirtualNetwork(founder!, 31)
    const away = network.add(member!)
    away.hold(founder!, 2)
    away.hold(member!)
    const unknown = network.add(later!)
    for (const author of [founder!, member!, later!]) unknown.hold(author)
    network.connect(away, unknown)
    network.run(5_000)
    expect(away.root).toBe(unknown.root)
  })
})

describe('a node whose keys are locked', () => {
  it('says nothing to those who greet it, breaks no rule, and goes on once it is unlocked', () => {
    const [founder, member] = founded(1)
    const network = new VirtualNetwork(founder!, 41)
    const open = network.add(founder!)
    const locked = network.add(member!)
    const unlocked = locked.self!
    locked.self = { ...unlocked, sign: () => null }
    for (const node of [open, locked]) for (const author of [founder!, member!]) node.hold(author)
    network.connect(open, locked)
    network.run()
    founder!.writeMany(2)
    open.publish()
    member!.writeMany(2)
    locked.publish()
    network.run(2_000)
    expect(open.closed).toEqual([])
    expect(locked.store.entry(founder!.key)!.length).toBeLessThan(founder!.records.length)
    locked.self = unlocked
    locked.input({ type: 'identity' })
    network.run(5_000)
    expect([...open.closed, ...locked.closed]).toEqual([])
    expect(locked.root).toBe(open.root)
  })
})
