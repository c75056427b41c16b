import { startTestNode, taken, type TestNode } from '#libs/network'
import { profileRules } from '#libs/profiles'
import { attestationLeaf, attestationMessage, AttestationTree, type Certificate, fromText, toText } from '#libs/record'
import { carry } from '../../network/src/testing/node.js'
import { Finality } from './finality.shell.js'
import { replicationMigrations } from './index.js'
import { Collector } from './protocol/collector.js'
import type { Input } from './protocol/effects.js'
import { Stops } from './stops.service.js'

/** Lena names another witness; what that one and she herself say comes to others before the amendment does, or its certificate. */
describe('what comes before the amendment that it rests on', () => {
  let lena: TestNode
  let bo: TestNode
  let net: Uint8Array
  let amendment: Uint8Array

  beforeAll(async () => {
    ;[lena, bo] = await Promise.all([startTestNode(1_000, [profileRules]), startTestNode(2_000, [profileRules])])
    for (const { store } of [lena, bo]) {
      const runner = store.database.createQueryRunner()
      for (const Migration of replicationMigrations) await new Migration().up(runner)
      await runner.release()
    }
    const village = taken(await lena.networks.create(lena.operator(), 'A village')).id
    net = fromText(village)
    await carry(lena, bo, net)
    const { policy } = (await lena.store.records.fold<{ configs: { policy: object }[] }>('network', village))!.state
      .configs[0]! as { policy: Record<string, number | number[]> }
    const body = {
      ...{ steward: fromText(keyOfLena()), witnesses: [fromText(another())], quorum: 1, rules: 1 },
      ...{ policy, was: net },
    }
    const draft = { kind: 'network.amended', subj: village, refs: [], body }
    amendment = fromText(taken(await lena.store.records.append(village, keyOfLena(), () => [draft])).records[0]!.id)
  })

  afterAll(async () => {
    await Promise.all([lena?.close(), bo?.close()])
  })

  const keyOfLena = () => lena.keys.here[0]!
  const another = () => lena.store.keys.key(101)

  /** The certificate by one witness of the head of Lena's log. */
  const certificateBy = async (witness: string, cfg: Uint8Array): Promise<Certificate> => {
    const { head, length, author } = (await lena.store.records.head(net, fromText(keyOfLena())))!
    const heads = [{ author, seq: length - 1, id: head }]
    const root = new AttestationTree(heads.map(attestationLeaf)).root()
    const signature = lena.store.keys.sign(witness, attestationMessage({ net, cfg, atMs: 1, root }))!
    const [certificate] = new Collector().add(
      { cfg, witness: fromText(witness), atMs: 1, heads, signature },
      1,
      () => true,
    )
    return certificate!
  }

  it('a certificate under it counts once it is in force, and not before', async () => {
    const { records } = lena.store
    const inputs: Input[] = []
    const finality = new Finality(
      { net, records, membership: lena.membership },
      () => 0,
      (input) => inputs.push(input),
    )
    await finality.certify('peer', [await certificateBy(another(), amendment)])
    expect(await records.certificates(net)).toEqual([])
    expect((await lena.membership.witnessConfig(net))!.cfg).toEqual(net)
    await finality.certify('peer', [await certificateBy(keyOfLena(), net)])
    const held = await records.certificates(net)
    expect(held.map(({ cfg }) => toText(cfg)).sort()).toEqual([toText(net), toText(amendment)].sort())
    expect((await lena.membership.witnessConfig(net))!.cfg).toEqual(amendment)
    expect(inputs).toEqual([])
  })

  it('a stop is looked at when the amendment comes', async () => {
    const stopsOf = ({ store, membership }: TestNode) =>
      new Stops(store.database, store.records, membership, store.keys)
    const notice = (await stopsOf(lena).own(net, fromText(keyOfLena()), amendment))!
    const atBo = stopsOf(bo)
    const forged = { ...notice, witness: fromText(another()) }
    expect([await atBo.hear(net, forged), await atBo.hear(net, notice)]).toEqual(['known', 'known'])
    expect(await atBo.held(net, amendment)).toEqual([])
    await carry(lena, bo, net)
    expect(await atBo.held(net, amendment)).toMatchObject([notice])
    expect(await atBo.hear(net, notice)).toBe('known')
  })
})
