import 'reflect-metadata'
import type { Actor, NetworkView } from '#libs/messages'
import { profileRules } from '#libs/profiles'
import { fromText, keyPairFromSeed, type StoredRecord, toText } from '#libs/record'
import { aliasesOf } from './identity.table.js'
import { inviteFromText, type InviteText, inviteToText } from './invite-text.js'
import { DEFAULT_POLICY } from './network.js'
import { bytesNamed } from './testing/log.js'
import { topicOf } from './topic.js'
import { carry, firstRecord, startTestNode, taken, type TestNode, untilTrue } from './testing/node.js'

const HOUR = 3_600_000

/** One story, told in order: a node founds a network, another joins it with an invite. */
describe('a network’s first day', () => {
  let founder: TestNode
  let newcomer: TestNode
  let village: NetworkView
  beforeAll(async () => {
    founder = await startTestNode(1_000, [profileRules])
    newcomer = await startTestNode(2_000, [profileRules])
  })
  afterAll(async () => {
    await founder.close()
    await newcomer.close()
  })

  const net = () => fromText(village.id)
  const olu = () => founder.operator().identity!
  const ada = () => newcomer.operator().identity!
  const invited = async (hours?: number) => taken(await founder.invites.create(founder.operator(), hours))
  const read = (text: string) => taken(inviteFromText(text, 0)) as InviteText
  const inviteKey = (text: string) => keyPairFromSeed(read(text).inviteSeed).publicKey
  const join = (text: string, alias?: string) => newcomer.networks.join(newcomer.operator(), text, alias)

  it('begins with none', async () => {
    const none = { refused: 'no_network' }
    await expect(founder.networks.show()).resolves.toEqual(none)
    await expect(founder.networks.members()).resolves.toEqual(none)
    await expect(founder.invites.create(founder.operator())).resolves.toEqual(none)
    await expect(founder.networks.amend(founder.operator(), ['y'], 1)).resolves.toEqual(none)
    await expect(founder.networks.create(founder.operator(), ' ')).resolves.toEqual({ refused: 'network_name_invalid' })
    await expect(founder.membership.newcomer()).resolves.toBeNull()
    await expect(founder.membership.networks()).resolves.toEqual([])
  })

  it('founds one even when two are asked for at once; the founder is steward, witness and first member', async () => {
    const both = await Promise.all(
      ['Village', 'Other'].map((name) => founder.networks.create(founder.operator(), name, 'Olu')),
    )
    expect(both[1]).toEqual({ refused: 'already_in_network' })
    village = taken(both[0]!)
    expect(village).toEqual({
      id: village.id,
      name: 'Village',
      steward: olu(),
      cfg: village.id,
      witnesses: [olu()],
      quorum: 1,
      rules: 1,
      policy: { ...DEFAULT_POLICY, newcomer: null },
      createdAtMs: founder.store.clock.now(),
      members: 1,
      self: { identity: olu(), admitted: true, waitingFor: null, refused: null, witness: true },
    })
    expect(taken(await founder.networks.members()).items).toEqual([
      {
        ...{
          identity: olu(),
          alias: 'Olu',
          heldBy: null,
          admittedBy: null,
          admittedAtMs: village.createdAtMs,
          records: 2,
        },
        ...{ certified: 0, forked: false, removed: null, witness: true, here: true },
      },
    ])
  })

  it('finds the network again when the node was killed just after founding it', async () => {
    await founder.store.database.query('delete from network_local')
    await founder.networks.recover()
    await founder.networks.recover()
    expect(taken(await founder.networks.show())).toEqual(village)
    expect(await founder.locals.all()).toHaveLength(1)
  })

  describe('the inviter', () => {
    let number = 5_000
    let text: string
    let seq0: StoredRecord
    beforeEach(async () => {
      text = (await invited(2)).invite
      seq0 = await firstRecord(newcomer, village.id, number++)
    })
    const admit = (key: Uint8Array) => founder.membership.admit(key, seq0)
    const members = async () => taken(await founder.networks.members()).items.length

    it('makes invites that are open for a week or as long as asked', async () => {
      const { invite, view } = await invited()
      expect(view).toEqual({
        id: view.id,
        createdAtMs: founder.store.clock.now(),
        expiresAtMs: founder.store.clock.now() + 168 * HOUR,
        state: 'open',
        usedBy: null,
      })
      expect(read(invite)).toMatchObject({
        ...{ net: net(), name: 'Village', cfg: net(), inviter: fromText(olu()), expiresAt: view.expiresAtMs },
        ...{ addresses: [['127.0.0.1', 49_737]], peers: [founder.keys.nodeKey] },
      })
      await expect(founder.membership.invited(net(), inviteKey(invite))).resolves.toEqual({ open: true })
    })

    it('admits nobody with a key that it made no invite for', async () => {
      const before = await members()
      const unknown = { refused: 'invite_unknown' }
      await expect(admit(bytesNamed('guess'))).resolves.toEqual(unknown)
      await expect(founder.membership.invited(net(), bytesNamed('guess'))).resolves.toEqual(unknown)
      expect(await members()).toBe(before)
    })

    it('admits nobody after the invite’s end, or after taking it back', async () => {
      const other = await invited(9)
      founder.store.clock.advance(2 * HOUR + 1)
      await expect(admit(inviteKey(text))).resolves.toEqual({ refused: 'invite_expired' })
      await expect(founder.membership.invited(net(), inviteKey(text))).resolves.toEqual({ refused: 'invite_expired' })
      const revoke = () => founder.invites.revoke(founder.operator(), other.view.id)
      expect(taken(await revoke())).toEqual({ ...other.view, state: 'revoked' })
      await expect(revoke()).resolves.toEqual({ refused: 'invite_revoked' })
      await expect(admit(inviteKey(other.invite))).resolves.toEqual({ refused: 'invite_revoked' })
      const states = (await founder.invites.list(founder.operator())).items.map(({ state }) => state)
      expect(states).toEqual(expect.arrayContaining(['revoked', 'expired']))
    })

    it('admits one newcomer per invite, even when two come at once', async () => {
      const before = await members()
      const other = await firstRecord(newcomer, village.id, number++)
      const key = inviteKey(text)
      const outcomes = await Promise.all([admit(key), founder.membership.admit(key, other)])
      expect(outcomes).toEqual(expect.arrayContaining([{ admitted: true }, { refused: 'invite_used' }]))
      expect(await members()).toBe(before + 1)
    })

    it('admits whom it has admitted without using another invite', async () => {
      await expect(admit(inviteKey(text))).resolves.toEqual({ admitted: true })
      const spare = await invited()
      await expect(admit(inviteKey(spare.invite))).resolves.toEqual({ admitted: true })
      await expect(founder.membership.invited(net(), inviteKey(spare.invite))).resolves.toEqual({ open: true })
    })

    it('turns down a first record that is not one, or that nobody signed', async () => {
      const key = inviteKey(text)
      const broken: [StoredRecord, string][] = [
        [{ ...seq0, signature: null }, 'end_unsigned'],
        [{ ...seq0, signature: new Uint8Array(64) }, 'signature_invalid'],
        [{ ...seq0, header: new Uint8Array(10) }, 'header_layout'],
        [{ ...seq0, body: new Uint8Array(10) }, 'body_hash'],
      ]
      for (const [record, reason] of broken)
        await expect(founder.membership.admit(key, record)).resolves.toEqual({ refused: 'newcomer_malformed', reason })
      const [genesis] = await founder.store.records.readRange(net(), fromText(olu()), 0, 1, 10_000)
      const notFirst = { refused: 'newcomer_malformed', reason: 'first_kind' }
      await expect(founder.membership.admit(key, genesis!)).resolves.toEqual(notFirst)
      await expect(admit(key)).resolves.toEqual({ admitted: true })
    })

    it('says so when its keys are locked', async () => {
      founder.store.keys.lock(olu(), true)
      const refused = await admit(inviteKey(text))
      founder.store.keys.lock(olu(), false)
      expect(refused).toMatchObject({ refused: 'key_unavailable' })
      await expect(admit(inviteKey(text))).resolves.toEqual({ admitted: true })
    })

    it('lets others neither see its invites nor take them back', async () => {
      const { view } = await invited()
      const stranger: Actor = { account: 's', role: 'lender', identity: newcomer.store.keys.key(4_000) }
      const nobody: Actor = { account: 'n', role: 'lender', identity: null }
      await expect(founder.invites.list(stranger)).resolves.toEqual({ items: [] })
      await expect(founder.invites.list(nobody)).resolves.toEqual({ items: [] })
      await expect(founder.invites.revoke(nobody, view.id)).resolves.toEqual({ refused: 'no_identity' })
      await expect(founder.invites.revoke(stranger, view.id)).resolves.toMatchObject({
        refused: expect.any(String) as string,
      })
      const { items } = await founder.invites.list(founder.operator())
      expect(items.find(({ id }) => id === view.id)).toMatchObject({ state: 'open' })
    })
  })

  it('takes no text that is not an invite, and none that is too late', async () => {
    await expect(join('hello')).resolves.toEqual({ refused: 'invite_malformed' })
    newcomer.store.clock.set(founder.store.clock.now() + HOUR + 1)
    await expect(join((await invited(1)).invite)).resolves.toMatchObject({ refused: 'invite_expired' })
    newcomer.store.clock.set(founder.store.clock.now())
    await expect(newcomer.networks.show()).resolves.toEqual({ refused: 'no_network' })
  })

  it('lets a newcomer wait at the network’s topic for its inviter', async () => {
    const heard: string[] = []
    newcomer.membership.joined.subscribe((joined) => heard.push(toText(joined)))
    const { invite } = await invited()
    expect(taken(await join(invite, 'Ada'))).toEqual({
      ...village,
      ...{ steward: '', witnesses: [], quorum: 0, policy: null, createdAtMs: 0, members: 0 },
      self: { identity: ada(), admitted: false, waitingFor: olu(), refused: null, witness: false },
    })
    expect(heard).toEqual([village.id])
    const waiting = (await newcomer.membership.newcomer(net()))!
    expect(waiting).toMatchObject({ net: net(), key: fromText(ada()), inviter: fromText(olu()) })
    expect(keyPairFromSeed(waiting.inviteSeed).publicKey).toEqual(inviteKey(invite))
    await expect(newcomer.membership.newcomer(bytesNamed('other'))).resolves.toBeNull()

    expect(await newcomer.membership.topic(net())).toEqual(await founder.membership.topic(net()))
    expect(await newcomer.membership.topic(net())).not.toEqual(topicOf(net(), bytesNamed('guess')))
    const places = { addresses: [['127.0.0.1', 49_737]], peers: [founder.keys.nodeKey] }
    expect(await newcomer.membership.places(net())).toEqual(places)
    expect(await newcomer.membership.networks()).toEqual([net()])
    await expect(newcomer.membership.topic(bytesNamed('other'))).rejects.toThrow('takes no part')
    await expect(newcomer.membership.memberKeyFor(net())).resolves.toBeNull()
    await expect(newcomer.invites.create(newcomer.operator())).resolves.toEqual({ refused: 'not_admitted' })
  })

  it('lets one who waits begin anew with another invite, and stay who it is', async () => {
    const [identity, first] = [ada(), (await newcomer.membership.newcomer())!]
    const { invite } = await invited()
    expect(taken(await join(invite, 'Ada')).self).toMatchObject({ identity, admitted: false, waitingFor: olu() })
    const again = (await newcomer.membership.newcomer())!
    expect(again.seq0).toEqual(first.seq0)
    expect(keyPairFromSeed(again.inviteSeed).publicKey).toEqual(inviteKey(invite))

    const elsewhere = inviteToText({ ...read(invite), net: bytesNamed('elsewhere'), name: 'Elsewhere' })
    expect(taken(await join(elsewhere))).toMatchObject({ id: toText(bytesNamed('elsewhere')), name: 'Elsewhere' })
    expect(ada()).not.toBe(identity)
    expect(taken(await join(invite, 'Ada')).id).toBe(village.id)
    expect(await newcomer.locals.all()).toHaveLength(1)
  })

  it('has a member more once the inviter has met it; it introduces itself, and both see the same', async () => {
    const waiting = (await newcomer.membership.newcomer())!
    const key = keyPairFromSeed(waiting.inviteSeed).publicKey
    await expect(founder.membership.admit(key, waiting.seq0)).resolves.toEqual({ admitted: true })
    const used = (await founder.invites.list(founder.operator())).items.find(({ usedBy }) => usedBy === ada())
    expect(used).toMatchObject({ state: 'used' })

    const spare = await invited()
    await carry(founder, newcomer, net())
    await untilTrue(async () => (await newcomer.locals.current())!.alias === null)
    expect(toText((await newcomer.membership.memberKeyFor(net()))!)).toBe(ada())
    await expect(newcomer.membership.newcomer()).resolves.toBeNull()
    await expect(join(spare.invite)).resolves.toEqual({ refused: 'already_in_network' })
    await carry(newcomer, founder, net())
    for (const node of [founder, newcomer]) {
      await untilTrue(async () => (await aliasesOf(node.store.database.manager, [olu(), ada()])).size === 2)
      const aliases = await aliasesOf(node.store.database.manager, [olu(), ada()])
      expect(aliases).toEqual(
        new Map([
          [olu(), 'Olu'],
          [ada(), 'Ada'],
        ]),
      )
      expect(await node.membership.isMember(net(), fromText(ada()))).toBe(true)
      const { items } = taken(await node.networks.members())
      expect(items[0]).toMatchObject({ identity: olu(), alias: 'Olu', here: node === founder })
      expect(items.find(({ identity }) => identity === ada())).toMatchObject({
        ...{ alias: 'Ada', admittedBy: olu(), records: 2, witness: false, here: node === newcomer },
      })
    }
    expect(await newcomer.store.records.digests()).toEqual(await founder.store.records.digests())
  })

  it('is amended by the steward, for members, with safe quorums; in force when certified', async () => {
    const amend = (witnesses: string[], quorum: number) => founder.networks.amend(founder.operator(), witnesses, quorum)
    const stranger = toText(bytesNamed('stranger'))
    await expect(amend([olu(), stranger], 2)).resolves.toEqual({ refused: 'witness_not_member', keys: [stranger] })
    for (const witnesses of [
      [olu(), ada()],
      [olu(), olu(), ada()],
    ])
      await expect(amend(witnesses, 1)).resolves.toEqual({ refused: 'quorum_unsafe' })
    await expect(amend([olu(), olu()], 2)).resolves.toEqual({ refused: 'quorum_unsafe' })
    await expect(newcomer.networks.amend(newcomer.operator(), [ada()], 1)).resolves.toEqual({ refused: 'not_steward' })
    expect(taken(await amend([olu(), ada()], 2))).toMatchObject({ cfg: village.id, witnesses: [olu()], quorum: 1 })

    const author = fromText(olu())
    const { length, head } = (await founder.store.records.head(net(), author))!
    const certificate = { type: 'certificate' as const, author, seq: length - 1, id: head, attestations: [] }
    await founder.store.records.saveCertificate(net(), { ...certificate, cfg: bytesNamed('other') })
    expect(taken(await founder.networks.show()).cfg).toBe(village.id)
    await founder.store.records.saveCertificate(net(), { ...certificate, cfg: net() })
    const amended = taken(await founder.networks.show())
    expect(amended).toMatchObject({ cfg: toText(head), quorum: 2 })
    expect(amended.witnesses).toEqual([olu(), ada()].sort((a, b) => Buffer.compare(fromText(a), fromText(b))))
    expect(taken(await newcomer.networks.show()).cfg).toBe(village.id)

    const { membership } = founder
    const first = { cfg: net(), witnesses: [author], quorum: 1 }
    await expect(membership.witnessConfig(net(), net())).resolves.toEqual(first)
    await expect(membership.witnessConfig(net())).resolves.toMatchObject({ cfg: head, quorum: 2 })
    await expect(membership.witnessConfig(net(), bytesNamed('other'))).resolves.toBeNull()
    await expect(membership.witnessConfig(bytesNamed('other'))).resolves.toBeNull()
  })

  it('has every row again after the projections were dropped', async () => {
    const tables = ['network', 'network_config', 'invite', 'identity']
    const rows = (): Promise<unknown[][]> =>
      Promise.all(tables.map((table) => founder.store.database.query(`select * from ${table} order by id`)))
    const before = await rows()
    expect(before.every((of) => of.length > 0)).toBe(true)
    await founder.store.database.query(`truncate ${tables}`)
    let last: unknown
    for await (const step of founder.store.records.rebuild()) last = step
    expect(last).toMatchObject({ done: true })
    expect(await rows()).toEqual(before)
  })
})
