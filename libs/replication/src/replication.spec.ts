import { encodeBody, encodeHeader, fromText, recordId, sha256, signHeader, toText } from '#libs/record'
import { DhtNode } from '#libs/swarm'
import { taken } from '../../network/src/testing/node.js'
import type { Discovery } from './replication-options.js'
import { type ReplicatingNode, startReplicatingNode } from './testing/replicating-node.js'

describe('nodes on a private DHT', () => {
  let dht: DhtNode
  let lender: ReplicatingNode
  let borrower: ReplicatingNode
  const others: ReplicatingNode[] = []
  let net: string
  let discovery: Discovery

  beforeAll(async () => {
    dht = await DhtNode.start({ host: '127.0.0.1' })
    discovery = {
      kind: 'private' as const,
      bootstrap: [{ host: '127.0.0.1', port: dht.port }],
      host: '127.0.0.1',
    }
    lender = await startReplicatingNode(100, discovery)
    borrower = await startReplicatingNode(200, discovery)
    net = taken(await lender.networks.create(lender.operator(), 'A village', 'Lena')).id
  })

  afterAll(async () => {
    await Promise.all([lender, borrower, ...others].map((node) => node?.close()))
    await dht?.stop()
  })

  it('make the founder’s records final by its own witness', async () => {
    await until(async () => {
      const [entry] = await lender.store.records.entries(fromText(net))
      return entry?.finalLength === entry?.length
    })
  })

  it('admit a newcomer by its invite, over the wire', async () => {
    const { invite } = taken(await lender.invites.create(lender.operator()))
    taken(await borrower.networks.join(borrower.operator(), invite, 'Bo'))
    await until(async () => taken(await borrower.networks.show()).self.admitted)
    await until(async () => (await entriesOf(borrower)) === (await entriesOf(lender)))
    await until(async () => (await aliases(lender)).join() === 'Bo,Lena')
    expect(lender.replication.peers()).toHaveLength(1)
    expect(toText(lender.replication.peers()[0]!.author!)).toBe(borrower.keys.here[0])
  })

  it('tell a new record at once, and the witness’s certificate back', async () => {
    const startMs = performance.now()
    await writeProfile(borrower, 'Bo B.')
    const key = fromText(borrower.keys.here[0]!)
    const length = (await borrower.store.records.head(fromText(net), key))!.length
    await until(async () => (await lender.store.records.head(fromText(net), key))?.length === length, 1)
    expect(performance.now() - startMs).toBeLessThan(1_000)
    await until(async () => (await borrower.store.records.head(fromText(net), key))?.finalLength === length)
  })

  it('catch up after one was away, both ways', async () => {
    await borrower.goOffline()
    await writeProfile(borrower, 'Bo, away')
    await writeProfile(lender, 'Lena, alone')
    await borrower.restart()
    await until(async () => (await entriesOf(borrower)) === (await entriesOf(lender)))
    expect(await aliases(lender)).toEqual(['Bo, away', 'Lena, alone'])
    expect(await aliases(borrower)).toEqual(['Bo, away', 'Lena, alone'])
  })

  it('let two witnesses take over from one, and certify together', async () => {
    const witnesses = [lender.keys.here[0]!, borrower.keys.here[0]!]
    taken(await lender.networks.amend(lender.operator(), witnesses, 2))
    const amended = async (node: ReplicatingNode) => taken(await node.networks.show()).quorum === 2
    await until(() => amended(lender))
    await until(() => amended(borrower))
    await writeProfile(borrower, 'Bo, certified by two')
    const key = fromText(borrower.keys.here[0]!)
    const isFinal = async (node: ReplicatingNode) => {
      const entry = await node.store.records.head(fromText(net), key)
      const [certificate] = await newest(node, key)
      return entry?.finalLength === entry?.length && certificate?.attestations.length === 2
    }
    await until(() => isFinal(lender))
    await until(() => isFinal(borrower))
  })

  it('make records final while others follow them without a pause', async () => {
    const key = fromText(borrower.keys.here[0]!)
    const length = async () => (await borrower.store.records.head(fromText(net), key))!
    const before = (await length()).length
    let lag = 0
    for (let i = 0; i < 60; i++) {
      await writeProfile(borrower, `Bo, in a hurry ${i}`)
      const head = await length()
      if (i >= 30) lag = Math.max(lag, head.length - head.finalLength)
    }
    expect(lag).toBeLessThan(30)
    await until(async () => (await length()).finalLength === before + 60)
  })

  it('make nothing final while too few witnesses are there, and all of it once they are', async () => {
    await borrower.goOffline()
    await writeProfile(lender, 'Lena, uncertified')
    const key = fromText(lender.keys.here[0]!)
    const head = async () => (await lender.store.records.head(fromText(net), key))!
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect((await head()).finalLength).toBeLessThan((await head()).length)
    await borrower.restart()
    await until(async () => (await head()).finalLength === (await head()).length)
  })

  it('suspend an author that forked, on every node, and go on with those who believed it', async () => {
    const { invite } = taken(await lender.invites.create(lender.operator()))
    const liar = await startReplicatingNode(300, discovery)
    others.push(liar)
    taken(await liar.networks.join(liar.operator(), invite))
    await until(async () => (await entriesOf(liar)) === (await entriesOf(lender)))
    await until(async () => (await entriesOf(borrower)) === (await entriesOf(lender)))
    const author = fromText(liar.keys.here[0]!)
    const { length, head } = (await lender.store.records.head(fromText(net), author))!
    await Promise.all([liar, borrower, lender].map((node) => node.goOffline()))
    const branch = (salt: number) => {
      const body = encodeBody(new Uint8Array(16).fill(salt), { alias: 'two faces' })
      const header = encodeHeader({
        ...{ v: 1, at: lender.store.clock.now(), net: fromText(net), seq: length, vis: 0, body: sha256(body) },
        ...{ kind: 'profile.published', prev: head, refs: [], subj: head, author },
      })
      const signature = signHeader(header, liar.store.keys.secretKey(liar.keys.here[0]!))
      return { net: fromText(net), author, records: [{ header, signature, body }] }
    }
    await lender.store.records.ingest(fromText(net), [branch(1)])
    await borrower.store.records.ingest(fromText(net), [branch(2)])
    await writeProfile(borrower, 'Bo, in good faith', [toText(recordId(branch(2).records[0]!.header))])
    await Promise.all([borrower, lender].map((node) => node.restart()))
    for (const node of [lender, borrower]) {
      await until(async () => (await node.store.records.head(fromText(net), author))?.forked === true)
      expect((await node.store.records.head(fromText(net), author))!.length).toBe(length)
      const { items } = await node.status.forks()
      expect(items).toMatchObject([{ author: toText(author), seq: length }])
    }
    await until(async () => (await entriesOf(borrower)) === (await entriesOf(lender)))
    expect(lender.bans.list()).toEqual([])
  })

  it('go on with the branch that the steward settles', async () => {
    const [side] = (await borrower.store.database.query(
      'select id, author, seq from suspended order by id limit 1',
    )) as {
      id: Uint8Array
      author: Uint8Array
      seq: number
    }[]
    const [id, author] = [new Uint8Array(side!.id), new Uint8Array(side!.author)]
    const witnesses = [lender.keys.here[0]!, borrower.keys.here[0]!]
    const settle = { author: toText(author), record: toText(id) }
    const unknown = { ...settle, record: net }
    expect(await lender.networks.amend(lender.operator(), witnesses, 2, unknown)).toEqual({ refused: 'settle_unknown' })
    taken(await lender.networks.amend(lender.operator(), witnesses, 2, settle))
    for (const node of [lender, borrower]) {
      await until(async () => {
        const entry = await node.store.records.head(fromText(net), author)
        return entry?.length === side!.seq + 1 && toText(entry.head) === settle.record
      })
      expect((await node.status.forks()).items).toMatchObject([{ settled: true }])
    }
    const again = await lender.networks.amend(lender.operator(), witnesses, 2, settle)
    expect(again).toEqual({ refused: 'settle_unknown' })
  }, 60_000)

  it('show what they are and whom they talk to', async () => {
    await until(async () => {
      const peers = lender.replication.peers()
      return peers.length > 0 && peers.every(({ inSync }) => inSync)
    })
    const { items } = await lender.status.peers()
    expect(items).toMatchObject([{ identity: borrower.keys.here[0], inSync: true }])
    const status = await lender.status.node()
    expect(status).toMatchObject({ network: { id: net, name: 'A village' }, authors: 3, forks: 1, peers: 1, staged: 0 })
  })

  async function newest(node: ReplicatingNode, author: Uint8Array) {
    const certificates = await node.store.records.certificates(fromText(net), author)
    return certificates.sort((a, b) => b.seq - a.seq)
  }

  async function entriesOf(node: ReplicatingNode): Promise<string> {
    const entries = await node.store.records.entries(fromText(net))
    return entries
      .map(({ author, length, head, finalLength }) => `${toText(author)} ${length} ${toText(head)} ${finalLength}`)
      .join('\n')
  }

  async function aliases(node: ReplicatingNode): Promise<(string | null)[]> {
    await node.store.records.settled()
    return taken(await node.networks.members())
      .items.map(({ alias }) => alias)
      .sort()
  }

  async function writeProfile(node: ReplicatingNode, alias: string, refs: string[] = []): Promise<void> {
    const author = node.keys.here[0]!
    const identity = (await node.store.records.readRange(fromText(net), fromText(author), 0, 1, 1))[0]!
    const subj = toText(recordId(identity.header))
    taken(
      await node.store.records.append(net, author, () => [{ kind: 'profile.published', subj, refs, body: { alias } }]),
    )
  }
})

async function until(holds: () => Promise<boolean>, everyMs = 10): Promise<void> {
  const endMs = performance.now() + 20_000
  while (performance.now() < endMs) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  throw new Error('it does not come true')
}
