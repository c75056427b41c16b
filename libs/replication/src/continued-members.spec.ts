import { loanMigrations } from '#libs/loans'
import { Configurations, startTestNode, taken, type TestNode } from '#libs/network'
import { Disclosure } from '#libs/payees'
import { profileRules } from '#libs/profiles'
import { fromText, recordId, toText } from '#libs/record'
import { replicationMigrations } from './index.js'
import { KnownPeers } from './known-peers.service.js'
import { bodiesRequest, serveBodies } from './private-bodies.shell.js'
import { Standings } from './standings.service.js'

/** Lena, steward and only witness, goes on under her next key. */
describe('a member who goes on under another key', () => {
  let node: TestNode
  let net: Uint8Array
  let old: string
  let key: string
  let hidden: Uint8Array

  beforeAll(async () => {
    node = await startTestNode(1_000, [profileRules])
    const { records, database } = node.store
    const runner = database.createQueryRunner()
    for (const Migration of [...loanMigrations, ...replicationMigrations]) await new Migration().up(runner)
    await runner.release()
    const village = taken(await node.networks.create(node.operator(), 'A village', 'Lena')).id
    net = fromText(village)
    old = node.keys.here[0]!
    const made = taken<{ key: Uint8Array; next: Uint8Array }>(await node.keys.next(old, 1))
    key = toText(made.key)
    const head = (await records.head(net, fromText(old)))!
    const body = { old: fromText(old), afterSeq: head.length - 1, next: made.next }
    const draft = { kind: 'identity.continued', subj: village, refs: [toText(head.head)], body }
    const [first] = taken(await records.append(village, key, () => [draft])).records
    await records.saveCertificate(net, {
      ...{ type: 'certificate', cfg: net, author: made.key, seq: 0, id: fromText(first!.id), attestations: [] },
    })
    await records.settled()
    expect(toText(await records.speakingKey(net, fromText(old)))).toBe(key)
    const secret = { kind: 'profile.published', subj: village, refs: [], body: { alias: 'Lena' }, vis: 1 as const }
    hidden = fromText(taken(await records.append(village, old, () => [secret])).records[0]!.id)
  })

  afterAll(() => node?.close())

  const standings = async () => {
    const { records, database } = node.store
    const looked = new Standings(database, new Configurations(records, database), node.keys)
    await looked.look(net)
    return looked
  }

  it('keeps the standing of a witness, and has no quota, under either', async () => {
    const looked = await standings()
    for (const each of [old, key]) {
      expect(looked.isFavoured(net, fromText(each))).toBe(true)
      expect(looked.quotaOf(net, fromText(each))).toBeNull()
    }
    const stranger = fromText(node.store.keys.key(77))
    expect(looked.isFavoured(net, stranger)).toBe(false)
    expect(looked.quotaOf(net, stranger)).toMatchObject({ recordsPerDay: 10_000 })
  })

  it('keeps the standing of a counterparty', async () => {
    const { database } = node.store
    const bo = node.store.keys.key(88)
    await database.query(
      `insert into loan (id, application, offer, proposer, lender, borrower, currency, principal, open, settleable, proposed_at, expires_at, state)
       values ('loan', '', '', $1, $2, $1, 'EUR', 1, true, false, 0, 0, '{}')`,
      [bo, old],
    )
    const looked = await standings()
    await database.query('delete from loan')
    expect(looked.isFavoured(net, fromText(bo))).toBe(true)
    expect(looked.isFavoured(net, fromText(key))).toBe(true)
  })

  it('is remembered as one peer, not as two', async () => {
    const looked = await standings()
    const known = new KnownPeers(node.store.database, node.store.clock)
    const [first, second] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
    await known.remember(net, first, looked.identityOf(net, fromText(old)))
    await known.remember(net, second, looked.identityOf(net, fromText(key)))
    expect(await known.known(net)).toEqual([{ key: second, author: fromText(old) }])
  })

  it('is given what is its to read by the key that it has now, and by no other', async () => {
    const { records, database, keys } = node.store
    const stream = { publicKey: Buffer.alloc(32, 1), remotePublicKey: Buffer.alloc(32, 2), isInitiator: true }
    const here = { ...stream, handshakeHash: Buffer.alloc(64, 3) }
    const there = { ...here, publicKey: here.remotePublicKey, remotePublicKey: here.publicKey, isInitiator: false }
    const ask = async (member: string) => {
      const request = bodiesRequest(keys, here, toText(net), member, [hidden])!
      const disclosure = new Disclosure(database, node.keys)
      const served: Uint8Array[] = []
      const context = { getStream: () => there }
      for await (const item of serveBodies(records, disclosure, request, context, { take: () => true }))
        served.push(item)
      return served.map((item) => toText(item.slice(0, 32)))
    }
    expect(await ask(key)).toEqual([toText(hidden)])
    await expect(ask(old)).rejects.toThrow(expect.objectContaining({ error: { refused: 'hello_wrong' } }))
  })

  it('is asked for what is missing of all that it wrote, under whichever key', async () => {
    const { records, database } = node.store
    const [held] = (await database.query('select body from record where id = $1', [hidden])) as { body: Uint8Array }[]
    await database.query('update record set body = null where id = $1', [hidden])
    expect(await records.missingPrivateBodies(net, [fromText(old)], 10)).toEqual([
      { author: fromText(old), ids: [hidden] },
    ])
    await database.query('update record set body = $2 where id = $1', [hidden, held!.body])
    const [again] = await records.readRange(net, fromText(key), 1, 1, 1)
    expect(recordId(again!.header)).toEqual(hidden)
  })
})
