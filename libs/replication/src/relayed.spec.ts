import { DhtNode } from '#libs/swarm'
import { taken } from '../../network/src/testing/node.js'
import { type ReplicatingNode, startReplicatingNode } from './testing/replicating-node.js'

describe('two nodes that can’t reach each other directly', () => {
  let dht: DhtNode
  const nodes: ReplicatingNode[] = []

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.close()))
    await dht?.stop()
  })

  it('hear of a member’s relay, and meet through it', async () => {
    dht = await DhtNode.start({ host: '127.0.0.1' })
    const bootstrap = [{ host: '127.0.0.1', port: dht.port }]
    const discovery = { kind: 'private' as const, bootstrap, host: '127.0.0.1' }
    const founder = await startReplicatingNode(100, discovery, { relay: 'offer' })
    nodes.push(founder)
    taken(await founder.networks.create(founder.operator(), 'A village', 'Lena'))
    for (const first of [200, 300]) {
      const node = await startReplicatingNode(first, discovery, { relay: 'only' })
      nodes.push(node)
      const { invite } = taken(await founder.invites.create(founder.operator()))
      taken(await node.networks.join(node.operator(), invite))
      await until(async () => taken(await node.networks.show()).self.admitted)
    }
    await until(() => Promise.resolve(nodes.every(({ replication }) => replication.peers().length === 2)))
    expect(founder.replication.figures().relayed).toBe(2)
    await until(() => Promise.resolve(nodes[1]!.replication.peers().every(({ inSync }) => inSync)))
  }, 60_000)
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + 50_000
  while (!(await holds())) {
    if (performance.now() > endMs) throw new Error('it does not come true')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
