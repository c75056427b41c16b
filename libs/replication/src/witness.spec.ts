import { profileRules } from '#libs/profiles'
import { fromText, recordId, toText } from '#libs/record'
import { startTestNode, taken, type TestNode } from '#libs/network'
import { replicationMigrations } from './index.js'
import { attestationFault, Collector } from './protocol/collector.js'
import { keyOf } from './protocol/keys.js'
import { Stops } from './stops.service.js'
import { Witness } from './witness.service.js'

describe('two witnesses of one store', () => {
  let node: TestNode
  let net: Uint8Array
  let founder: string
  let witness: Witness
  let ids: Uint8Array[]
  const LENGTH = 80

  beforeAll(async () => {
    node = await startTestNode(1, [profileRules])
    const { database, records, keys, clock } = node.store
    const runner = database.createQueryRunner()
    for (const Migration of replicationMigrations) await new Migration().up(runner)
    await runner.release()
    const id = taken(await node.networks.create(node.operator(), 'A village', 'Lena')).id
    net = fromText(id)
    founder = node.keys.here[0]!
    const drafts = Array.from({ length: LENGTH }, (_, i) => {
      return { kind: 'profile.published', subj: id, refs: [], body: { alias: `Lena ${i}` } }
    })
    taken(await records.append(id, founder, () => drafts))
    const log = await records.readRange(net, fromText(founder), 0, LENGTH, 10_000_000)
    ids = log.map(({ header }) => recordId(header))
    witness = new Witness(
      database,
      records,
      node.membership,
      new Stops(database, records, node.membership, keys),
      keys,
      clock,
    )
  })

  afterEach(() => node.store.database.query('delete from attested'))
  afterAll(() => node?.close())

  const duty = (number: number, quorum = 2) => {
    const witnesses = [101, 102].map((each) => fromText(node.store.keys.key(each)))
    return { key: witnesses[number]!, config: { cfg: net, witnesses, quorum } }
  }
  const attest = (number: number, length: number, quorum = 2) => {
    const entry = { author: fromText(founder), length, head: ids[length - 1]!, finalLength: 0, forked: false }
    return witness.attest(net, duty(number, quorum), [entry])
  }
  const seqsOf = (batches: Awaited<ReturnType<typeof attest>>) => batches.map(({ heads }) => heads[0]!.seq)

  it('that never see the same head certify the log all the same, while it grows', async () => {
    const collector = new Collector()
    const certified: number[] = []
    const seen: [number, number][] = [
      [0, 5],
      [1, 7],
      [0, 13],
      [1, 18],
      [0, 23],
      [1, 31],
      [0, 41],
      [1, 44],
      [0, 66],
      [1, 71],
    ]
    for (const [number, length] of seen) {
      for (const batch of await attest(number, length)) {
        expect(attestationFault(batch, net, duty(0).config)).toBeNull()
        for (const { seq, id } of collector.add(batch, 2, () => true)) {
          expect(toText(id)).toBe(toText(ids[seq]!))
          certified.push(seq + 1)
        }
      }
    }
    expect(certified).toEqual([4, 16, 32, 64])
  })

  it('attest ever higher places, and the place on the way before the head', async () => {
    expect(seqsOf(await attest(0, 6))).toEqual([3, 5])
    expect(seqsOf(await attest(0, 7))).toEqual([6])
    expect(seqsOf(await attest(0, 5))).toEqual([])
    expect(seqsOf(await attest(0, 12))).toEqual([7, 11])
  })

  it('say no more than their head where one of them is enough', async () => {
    expect(seqsOf(await attest(0, 6, 1))).toEqual([5])
  })

  it('never two ids at one place', async () => {
    const { database } = node.store
    await attest(0, 6)
    await database.query('update attested set id = $1', [ids[0]])
    expect([await attest(0, 6), await attest(0, 9)]).toEqual([[], []])
    const rows = (await database.query('select seq, id from attested')) as { seq: string; id: Uint8Array }[]
    expect(rows.map(({ seq, id }) => [Number(seq), keyOf(id)])).toEqual([[5, keyOf(ids[0]!)]])
  })

  it('no head that is not accepted here', async () => {
    const other = { author: fromText(founder), length: 6, head: ids[0]!, finalLength: 0, forked: false }
    expect(await witness.attest(net, duty(0, 1), [other])).toEqual([])
    expect(await node.store.database.query('select 1 from attested')).toEqual([])
  })

  it('the amendment below the place where the steward’s log goes on under its next key, though that log is frozen', async () => {
    const { database, records, keys } = node.store
    const village = toText(net)
    const { policy } = (await records.fold<{ configs: { policy: object }[] }>('network', village))!.state.configs[0]!
    const { key } = duty(0)
    const body = {
      ...{ steward: fromText(founder), witnesses: [key], quorum: 1, rules: 1 },
      ...{ policy: policy as Record<string, number>, was: net },
    }
    const amended = { kind: 'network.amended', subj: village, refs: [], body }
    const later = { kind: 'profile.published', subj: village, refs: [], body: { alias: 'Lena' } }
    const [amendment, end] = taken(await records.append(village, founder, () => [amended, later])).records
    const next = fromText(keys.key(103))
    await database.query('insert into continuation (net, key, old, after_seq, after_id) values ($1, $2, $3, $4, $5)', [
      ...[net, next, fromText(founder), end!.seq, fromText(end!.id)],
    ])
    await database.query('insert into attested (net, witness, author, seq, id) values ($1, $2, $3, 0, $4)', [
      ...[net, key, next, ids[0]],
    ])
    await database.query('insert into frozen_log (net, witness, old) values ($1, $2, $3)', [
      net,
      key,
      fromText(founder),
    ])
    ids.push(fromText(amendment!.id), fromText(end!.id))
    const batches = await attest(0, end!.seq + 1, 1)
    expect(batches.flatMap(({ heads }) => heads).map(({ id }) => toText(id))).toEqual([amendment!.id, amendment!.id])
    expect(await database.query('select amendment from witness_stop')).toHaveLength(1)
  })
})
