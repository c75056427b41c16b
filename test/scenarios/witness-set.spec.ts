/**
 * The witnesses of a network change while it goes on: one, then four, then another key in the place of one that came back from
 * an old backup. Nodes with sockets and databases of their own, in one process.
 */
import { fromText, recordId, toText } from '#libs/record'
import { DhtNode } from '#libs/swarm'
import { taken } from '../../libs/network/src/testing/node.js'
import { type ReplicatingNode, startReplicatingNode } from '../../libs/replication/src/testing/replicating-node.js'

describe('the witnesses of a network', () => {
  let dht: DhtNode
  let net: Uint8Array
  let lena: ReplicatingNode
  let bo: ReplicatingNode
  let mia: ReplicatingNode
  let sol: ReplicatingNode
  const nodes: ReplicatingNode[] = []
  const timesFinal: number[] = []

  beforeAll(async () => {
    dht = await DhtNode.start({ host: '127.0.0.1' })
    const bootstrap = [{ host: '127.0.0.1', port: dht.port }]
    const starting = [1_000, 2_000, 3_000, 4_000].map((first) =>
      startReplicatingNode(first, { kind: 'private', bootstrap, host: '127.0.0.1' }),
    )
    nodes.push(...(await Promise.all(starting)))
    ;[lena, bo, mia, sol] = nodes as [ReplicatingNode, ReplicatingNode, ReplicatingNode, ReplicatingNode]
    net = fromText(taken(await lena.networks.create(lena.operator(), 'A village', 'Lena')).id)
    for (const node of [bo, mia, sol]) {
      const { invite } = taken(await lena.invites.create(lena.operator()))
      taken(await node.networks.join(node.operator(), invite))
      await until(async () => taken(await node.networks.show()).self.admitted)
    }
    for (const node of nodes) await until(async () => (await node.networks.members().then(taken)).items.length === 4)
  }, 120_000)

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.close()))
    await dht?.stop()
  }, 60_000)

  const identityOf = (node: ReplicatingNode) => node.keys.here[0]!
  const keyOf = async (node: ReplicatingNode) => lena.store.records.speakingKey(net, fromText(identityOf(node)))
  const attestedBy = async (node: ReplicatingNode, key: Uint8Array): Promise<number> => {
    const sql = 'select count(*) as n from attested where witness = $1'
    const [row] = (await node.store.database.query(sql, [key])) as { n: number }[]
    return Number(row!.n)
  }

  /** Somebody says something, and it becomes final everywhere; what was final before still is. */
  async function goesOn(by: ReplicatingNode): Promise<void> {
    const [first] = await by.store.records.readRange(net, fromText(identityOf(by)), 0, 1, 1)
    const body = { alias: `Alias ${timesFinal.length}` }
    const draft = { kind: 'profile.published', subj: toText(recordId(first!.header)), refs: [], body }
    const [said] = taken(await by.store.records.append(toText(net), identityOf(by), () => [draft])).records
    for (const node of nodes) await until(() => node.store.records.isFinal(said!.id))
    timesFinal.push(said!.seq)
    for (const node of nodes) {
      expect(await node.store.records.forks(net)).toEqual([])
      expect(await node.store.records.conflicts(net)).toEqual([])
    }
  }

  async function amended(by: ReplicatingNode, quorum: number): Promise<void> {
    const before = taken(await by.networks.show()).cfg
    taken(await by.networks.amend(by.operator(), nodes.map(identityOf), quorum))
    for (const node of nodes)
      await until(async () => {
        const { cfg, quorum: inForce } = taken(await node.networks.show())
        return cfg !== before && inForce === quorum
      })
  }

  it('is one at first: what it attested is final', async () => {
    expect(taken(await mia.networks.show())).toMatchObject({ witnesses: [identityOf(lena)], quorum: 1 })
    await goesOn(mia)
    await goesOn(lena)
  }, 60_000)

  it('are four by the steward’s amendment, of whom three are enough; the one before has stopped', async () => {
    await amended(lena, 3)
    expect(taken(await bo.networks.show()).witnesses).toHaveLength(4)
    const stopped = 'select 1 from witness_stop where witness = $1 and cfg = $2'
    expect(await lena.store.database.query(stopped, [fromText(identityOf(lena)), net])).toHaveLength(1)
    await goesOn(bo)
    await goesOn(lena)
    await sol.goOffline()
    await goesOnWithout(sol)
    await sol.restart()
    await goesOn(sol)
  }, 90_000)

  it('that came back from an old backup says nothing more, and nothing against what it said before', async () => {
    const old = fromText(identityOf(mia))
    expect(await attestedBy(mia, old)).toBeGreaterThan(0)
    await mia.goOffline()
    await mia.store.database.query('delete from attested')
    await mia.store.records.closeLog(net, old, 'restored')
    await mia.restart()
    await until(async () => toText(await keyOf(mia)) !== identityOf(mia))
    await goesOn(bo)
    expect(await attestedBy(mia, old)).toBe(0)
    expect(await attestedBy(mia, await keyOf(mia))).toBe(0)
  }, 90_000)

  it('is replaced by the key that its member has by then, which goes on from all that the others attested', async () => {
    await amended(lena, 3)
    const key = toText(await keyOf(mia))
    expect(taken(await bo.networks.show()).witnesses).toContain(key)
    expect(taken(await bo.networks.show()).witnesses).not.toContain(identityOf(mia))
    await goesOn(lena)
    await goesOn(mia)
    await until(async () => (await attestedBy(mia, fromText(key))) > 0)
    expect(await attestedBy(mia, fromText(identityOf(mia)))).toBe(0)
    expect(timesFinal.length).toBeGreaterThan(7)
  }, 90_000)

  it('that are too few to decide, for good, are not replaced: all is stored, nothing more is final, and what was final stays so', async () => {
    const before = (await lena.store.records.head(net, fromText(identityOf(lena))))!
    await Promise.all([bo, sol].map((node) => node.goOffline()))
    const { cfg } = taken(await lena.networks.show())
    taken(await lena.networks.amend(lena.operator(), [identityOf(lena)], 1))
    const [record] = await lena.store.records.readRange(net, fromText(identityOf(lena)), before.length, 1, 1)
    const id = toText(recordId(record!.header))
    await until(async () => (await mia.store.records.record(id)) !== null)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    for (const node of [lena, mia]) {
      expect(taken(await node.networks.show()).cfg).toBe(cfg)
      expect(await node.store.records.isFinal(id)).toBe(false)
      expect(await node.store.records.isFinal(toText(before.head))).toBe(true)
    }
    await Promise.all([bo, sol].map((node) => node.restart()))
    await until(async () => taken(await lena.networks.show()).quorum === 1)
  }, 90_000)

  /** With one witness away the others are enough. */
  async function goesOnWithout(away: ReplicatingNode): Promise<void> {
    const [first] = await lena.store.records.readRange(net, fromText(identityOf(lena)), 0, 1, 1)
    const draft = {
      kind: 'profile.published',
      subj: toText(recordId(first!.header)),
      refs: [],
      body: { alias: 'Three of four' },
    }
    const [said] = taken(await lena.store.records.append(toText(net), identityOf(lena), () => [draft])).records
    for (const node of nodes) if (node !== away) await until(() => node.store.records.isFinal(said!.id))
  }
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + 60_000
  while (performance.now() < endMs) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('it does not come true')
}
