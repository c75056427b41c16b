import { fromText, recordId, toText } from '#libs/record'
import { DhtNode } from '#libs/swarm'
import { taken } from '../../network/src/testing/node.js'
import type { Discovery } from './replication-options.js'
import { type ReplicatingNode, startReplicatingNode } from './testing/replicating-node.js'

describe('an identity goes on under its next key', () => {
  let dht: DhtNode
  let lena: ReplicatingNode
  let bo: ReplicatingNode
  let mia: ReplicatingNode
  let net: string
  const nodes: ReplicatingNode[] = []

  beforeAll(async () => {
    dht = await DhtNode.start({ host: '127.0.0.1' })
    const discovery: Discovery = {
      kind: 'private',
      bootstrap: [{ host: '127.0.0.1', port: dht.port }],
      host: '127.0.0.1',
    }
    for (const first of [1_000, 2_000, 3_000]) nodes.push(await startReplicatingNode(first, discovery))
    ;[lena, bo, mia] = nodes as [ReplicatingNode, ReplicatingNode, ReplicatingNode]
    net = taken(await lena.networks.create(lena.operator(), 'A village', 'Lena')).id
    for (const [node, alias] of [
      [bo, 'Bo'],
      [mia, 'Mia'],
    ] as const) {
      const { invite } = taken(await lena.invites.create(lena.operator()))
      taken(await node.networks.join(node.operator(), invite, alias))
      await until(async () => taken(await node.networks.show()).self.admitted)
    }
    await untilEqual()
    taken(await lena.networks.amend(lena.operator(), nodes.map(identityOf), 2))
    for (const node of nodes) await until(async () => taken(await node.networks.show()).quorum === 2)
    await untilFinal(bo, identityOf(bo))
  }, 60_000)

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.close()))
    await dht?.stop()
  })

  const identityOf = (node: ReplicatingNode) => node.keys.here[0]!
  const keyOfBo = async () => toText(await mia.store.records.speakingKey(fromText(net), fromText(identityOf(bo))))

  it('by rotation: nothing that it said is lost, and everybody takes the new key for it', async () => {
    await write(bo, 'Bo, before')
    expect(taken(await bo.continuations.begin(bo.operator(), 'rotation'))).toMatchObject({ state: 'freezing' })
    expect(await append(bo, 'Bo, meanwhile')).toMatchObject({ refused: 'identity_continuing' })
    for (const node of nodes) {
      await until(
        async () =>
          toText(await node.store.records.speakingKey(fromText(net), fromText(identityOf(bo)))) !== identityOf(bo),
      )
    }
    await write(bo, 'Bo, under another key')
    await until(async () => (await aliases(mia)).includes('Bo, under another key'))
    await untilFinal(mia, await keyOfBo())
    const [before] = await mia.store.records.readRange(fromText(net), fromText(identityOf(bo)), 2, 1, 1)
    expect(await mia.store.records.isFinal(toText(recordId(before!.header)))).toBe(true)
    expect(taken(await bo.continuations.show(bo.operator()))).toMatchObject({ state: 'open', number: 1 })
    const key = await keyOfBo()
    await bo.restart()
    await until(async () => lena.replication.peers().some(({ author }) => author !== null && toText(author) === key))
  }, 60_000)

  it('and again, from the key that it has by now, while the old ones attest nothing and are attested no more', async () => {
    const first = await keyOfBo()
    taken(await bo.continuations.begin(bo.operator(), 'continuation'))
    await until(async () => (await keyOfBo()) !== first)
    await until(async () => taken(await bo.continuations.show(bo.operator())).state === 'open')
    await write(bo, 'Bo, under the third')
    await until(async () => (await aliases(lena)).includes('Bo, under the third'))
    expect(taken(await bo.continuations.show(bo.operator()))).toMatchObject({ number: 2 })
    expect(taken(await mia.networks.members()).items).toHaveLength(3)
    const shown = taken(await lena.witnesses.show())
    expect(shown).toMatchObject({ quorum: 2, own: { frozen: 2, stopped: false }, conflicts: [] })
    expect(shown.witnesses.map(({ identity }) => identity).sort()).toEqual(nodes.map(identityOf).sort())
  }, 60_000)

  it('waits for a quorum of witnesses, and goes on when they are back', async () => {
    const before = await keyOfBo()
    await lena.goOffline()
    await mia.goOffline()
    taken(await bo.continuations.begin(bo.operator(), 'continuation'))
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    const view = taken(await bo.continuations.show(bo.operator()))
    expect(view).toMatchObject({ state: 'freezing', quorum: 2 })
    expect(view.missing).toHaveLength(2)
    await lena.restart()
    await mia.restart()
    await until(async () => (await keyOfBo()) !== before)
  }, 60_000)

  it('after a restore asks a quorum first whether the next key was used, and says nothing with it before', async () => {
    const before = await keyOfBo()
    const next = bo.store.keys.key(2_000 + 1_000_000 * 4)
    const asked = { oldKey: fromText(before), newKey: fromText(next) }
    await lena.goOffline()
    await bo.restore()
    const mias = async () => taken(await bo.continuations.show(bo.operator())).answered
    await until(async () => (await mias()).includes(identityOf(mia)))
    expect(taken(await bo.continuations.show(bo.operator()))).toMatchObject({ state: 'freezing', because: 'restored' })
    const frozen = await mia.store.database.query('select 1 from frozen_notice where old = $1', [asked.oldKey])
    expect(frozen).toEqual([])
    expect(await mia.recalls.answer(fromText(net), asked)).toMatchObject({ isKnown: false })
    await lena.restart()
    await until(async () => (await keyOfBo()) === next)
    expect(await mia.recalls.answer(fromText(net), asked)).toMatchObject({ isKnown: true })
    expect(await bo.recalls.answer(fromText(net), asked)).toBeNull()
  }, 60_000)

  const append = async (node: ReplicatingNode, alias: string) => {
    const author = identityOf(node)
    const [first] = await node.store.records.readRange(fromText(net), fromText(author), 0, 1, 1)
    const subj = toText(recordId(first!.header))
    return node.store.records.append(net, author, () => [
      { kind: 'profile.published', subj, refs: [], body: { alias } },
    ])
  }
  const write = async (node: ReplicatingNode, alias: string) => taken(await append(node, alias))

  async function aliases(node: ReplicatingNode): Promise<(string | null)[]> {
    await node.store.records.settled()
    return taken(await node.networks.members()).items.map(({ alias }) => alias)
  }

  async function untilFinal(node: ReplicatingNode, author: string): Promise<void> {
    await until(async () => {
      const head = await node.store.records.head(fromText(net), fromText(author))
      return head !== null && head.finalLength === head.length
    })
  }

  async function untilEqual(): Promise<void> {
    await until(async () => {
      const all = await Promise.all(nodes.map((node) => node.store.records.entries(fromText(net))))
      const heads = all.map((entries) => entries.map(({ head }) => toText(head)).join())
      return heads.every((each) => each === heads[0])
    })
  }
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + 30_000
  while (performance.now() < endMs) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('it does not come true')
}
