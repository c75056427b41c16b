import { loanMigrations } from '#libs/loans'
import { Configurations, startTestNode, taken, type TestNode } from '#libs/network'
import { profileRules } from '#libs/profiles'
import { type Entry, fromText, recordId, toText } from '#libs/record'
import { carry, inviteKeyOf } from '../../network/src/testing/node.js'
import { replicationMigrations } from './index.js'
import { Collector } from './protocol/collector.js'
import { Standings } from './standings.service.js'
import { Stops } from './stops.service.js'
import { Witness } from './witness.service.js'

/** One story, told in order: Lena, steward and witness, removes Bo, whom she admitted and who goes on writing. */
describe('a member is removed', () => {
  let lena: TestNode
  let bo: TestNode
  let net: Uint8Array
  let witness: Witness
  let first: { id: string; seq: number }
  const village = () => toText(net)
  const keyOfBo = () => bo.keys.here[0]!
  const keyOfLena = () => lena.keys.here[0]!

  beforeAll(async () => {
    ;[lena, bo] = await Promise.all([startTestNode(1_000, [profileRules]), startTestNode(2_000, [profileRules])])
    for (const { store } of [lena, bo]) {
      const runner = store.database.createQueryRunner()
      for (const Migration of [...loanMigrations, ...replicationMigrations]) await new Migration().up(runner)
      await runner.release()
    }
    const { database, records, keys, clock } = lena.store
    witness = new Witness(
      database,
      records,
      lena.membership,
      new Stops(database, records, lena.membership, keys),
      keys,
      clock,
    )
    net = fromText(taken(await lena.networks.create(lena.operator(), 'A village', 'Lena')).id)
    const { invite } = taken(await lena.invites.create(lena.operator()))
    taken(await bo.networks.join(bo.operator(), invite))
    const newcomer = (await bo.membership.newcomer(net))!
    taken(await lena.membership.admit(inviteKeyOf(invite), newcomer.seq0))
    await carry(lena, bo, net)
    first = (await publish(bo, 'Bo'))!
    await publish(bo, 'Bo, later')
    await carry(bo, lena, net)
    await witnessed()
  })

  afterAll(async () => {
    await Promise.all([lena?.close(), bo?.close()])
  })

  /** The id of the first record of a log. */
  const identityOf = async (key: string, node = lena) => {
    const [first] = await node.store.records.readRange(net, fromText(key), 0, 1, 1)
    return toText(recordId(first!.header))
  }
  const publish = async (node: TestNode, alias: string) => {
    const key = node.keys.here[0]!
    const identity = await identityOf(key, node)
    const draft = { kind: 'profile.published', subj: identity, refs: [], body: { alias } }
    const { records } = taken(await node.store.records.append(village(), key, () => [draft]))
    return records[0]!
  }

  /** Lena's node attests all that it may, and certifies it. Returns how much of each log is certified then. */
  const witnessed = async () => {
    const config = (await lena.membership.witnessConfig(net))!
    const collector = new Collector()
    const entries = await lena.store.records.entries(net)
    for (const batch of await witness.attest(net, { key: fromText(keyOfLena()), config }, entries))
      await lena.store.records.saveCertificates(
        net,
        collector.add(batch, 1, () => true),
      )
    await lena.store.records.settled()
    await lena.membership.settle(net)
    return certified(lena)
  }
  const certified = async (node: TestNode) => {
    const of = (key: string, entries: readonly Entry[]) => entries.find(({ author }) => toText(author) === key)!
    const entries = await node.store.records.entries(net)
    return { lena: of(keyOfLena(), entries).finalLength, bo: of(keyOfBo(), entries).finalLength }
  }
  const lengthOf = async (key: string) => (await lena.store.records.head(net, fromText(key)))!.length
  const removedBo = async () =>
    taken(await lena.networks.members()).items.find(({ identity }) => identity === keyOfBo())!.removed

  it('never at less than a witness attested of that member: what stands before is attested, and nothing more of either', async () => {
    const identity = await identityOf(keyOfBo())
    const body = { member: fromText(identity), seq: first.seq, head: fromText(first.id) }
    await publish(lena, 'Lena, before')
    const before = await lengthOf(keyOfLena())
    const draft = { kind: 'member.removed', subj: village(), refs: [first.id], body }
    taken(await lena.store.records.append(village(), keyOfLena(), () => [draft]))
    await publish(bo, 'Bo, running ahead')
    await carry(bo, lena, net)
    expect(await witnessed()).toEqual({ lena: before, bo: first.seq + 2 })
    expect(await removedBo()).toMatchObject({ by: keyOfLena(), inEffect: false })
  })

  it('once its author says it again, with all that there is of the member by then', async () => {
    const asked = taken(await lena.removals.ask(lena.operator(), keyOfBo()))
    expect(asked.seq).toBe(first.seq + 2)
    await publish(bo, 'Bo, running further')
    await carry(bo, lena, net)
    expect(await witnessed()).toEqual({ lena: await lengthOf(keyOfLena()), bo: asked.seq + 1 })
    expect(await removedBo()).toMatchObject({ by: keyOfLena(), inEffect: true })
    expect(await lena.removals.ask(lena.operator(), keyOfBo())).toEqual({ refused: 'member_removed' })
    expect(await witnessed()).toEqual({ lena: await lengthOf(keyOfLena()), bo: asked.seq + 2 })
  })

  it('and from then on vouches for nobody and invites nobody, though it may still say who it is', async () => {
    const records = (node: TestNode) => node.store.records
    const identity = await identityOf(keyOfLena(), bo)
    const vouch = { kind: 'vouch.given', subj: identity, refs: [], body: {} }
    const [given] = taken(await records(bo).append(village(), keyOfBo(), () => [vouch])).records
    const invite = taken(await bo.invites.create(bo.operator())).view.id
    await publish(bo, 'Bo, gone')
    await carry(bo, lena, net)
    await records(lena).settled()
    const sql = `select distinct reason from void_record where id = any($1::bytea[])`
    expect(await lena.store.database.query(sql, [[fromText(given!.id), fromText(invite)]])).toEqual([
      { reason: 'author_removed' },
    ])
    const items = taken(await lena.networks.members()).items
    expect(items.find(({ identity: key }) => key === keyOfBo())).toMatchObject({ alias: 'Bo, gone' })
    await witnessed()
    expect(await lena.store.records.isFinal(given!.id)).toBe(true)
  })

  it('on its own node, too, once that hears of it: its commands are refused by that name', async () => {
    await carry(lena, bo, net)
    await bo.store.records.saveCertificates(net, await lena.store.records.certificates(net))
    await bo.store.records.settled()
    await bo.membership.settle(net)
    expect(await bo.invites.create(bo.operator())).toEqual({ refused: 'author_removed' })
    expect(await bo.store.records.digests()).toEqual(await lena.store.records.digests())
  })

  it('and is turned away, but by those who have an open loan with it, and as long as it is a witness', async () => {
    const { database } = lena.store
    const standings = new Standings(database, new Configurations(lena.store.records, database), lena.keys)
    const turnedAway = async () => {
      await standings.look(net)
      return standings.turnedAway(net).map((key) => toText(key))
    }
    expect(await turnedAway()).toEqual([keyOfBo()])
    await database.query(
      `insert into loan (id, application, offer, proposer, lender, borrower, currency, principal, open, settleable, proposed_at, expires_at, state)
       values ('loan', '', '', $1, $1, $2, 'EUR', 1, true, false, 0, 0, '{}')`,
      [keyOfLena(), keyOfBo()],
    )
    expect(await turnedAway()).toEqual([])
    await database.query('delete from loan')
    expect(await turnedAway()).toEqual([keyOfBo()])
  })

  it('for good: another admission of the same identity changes nothing', async () => {
    const { invite, view } = taken(await lena.invites.create(lena.operator()))
    const identity = await identityOf(keyOfBo())
    const body = { invite: fromText(view.id) }
    const draft = { kind: 'member.admitted', subj: village(), refs: [identity], body }
    taken(await lena.store.records.append(village(), keyOfLena(), () => [draft]))
    await witnessed()
    expect(await removedBo()).toMatchObject({ inEffect: true })
    expect(await lena.membership.invited(net, inviteKeyOf(invite))).toEqual({ refused: 'invite_used' })
  })
})
