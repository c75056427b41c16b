import {
  decodeFinality,
  decodeHeader,
  encodeFinality,
  type FinalityProof,
  fromText,
  keyPairFromSeed,
  recordId,
  toText,
} from '#libs/record'
import { firstRecord, startTestNode, taken, type TestNode } from '../../../../libs/network/src/testing/node.js'
import { profileRules } from '#libs/profiles'
import { certify } from './certify.fixture.js'
import { verifyProof } from './verify-proof.js'

describe('a proof of finality', () => {
  let node: TestNode
  let net: string
  let founder: string
  let member: string
  let profile: string

  beforeAll(async () => {
    node = await startTestNode(10, [profileRules])
    net = taken(await node.networks.create(node.operator(), 'A village', 'Lena')).id
    founder = node.keys.here[0]!
    const seq0 = await firstRecord(node, net, 20)
    member = toText(decodeHeader(seq0.header).author)
    const invite = taken(await node.invites.open(net, founder, 1))
    taken(await node.membership.admit(keyPairFromSeed(invite.seed).publicKey, seq0))
    const said = taken(
      await node.store.records.append(net, member, () => [
        { kind: 'profile.published', subj: toText(recordId(seq0.header)), refs: [], body: { alias: 'Bo' } },
      ]),
    )
    profile = said.records[0]!.id
  }, 60_000)
  afterAll(() => node?.close())

  const prove = async () => taken(await node.store.records.prove(profile, false))
  const tampered = async (change: (proof: FinalityProof) => Partial<FinalityProof>) => {
    const proof = decodeFinality(await prove())
    return verifyProof(encodeFinality({ ...proof, ...change(proof) }))
  }

  it('is not given before all that the record rests on is certified', async () => {
    expect(await node.store.records.prove(toText(new Uint8Array(32)), false)).toMatchObject({
      refused: 'record_not_found',
    })
    expect(await node.store.records.prove(profile, false)).toEqual({ refused: 'not_final' })
    await certify(node.store, net, founder, [founder], 1)
    expect(await node.store.records.prove(profile, false)).toEqual({ refused: 'not_final' })
    await certify(node.store, net, member, [founder], 1)
  })

  it('convinces with nothing but its bytes', async () => {
    const verdict = verifyProof(await prove())
    expect(verdict).toMatchObject({
      ok: true,
      record: profile,
      network: net,
      author: member,
      kind: 'profile.published',
    })
    expect(verdict).toMatchObject({ seq: 1, rests: 1, logs: 2, certificates: 2, cfg: net })
    const whole = taken(await node.store.records.prove(profile, true))
    expect(verifyProof(whole)).toMatchObject({ ok: true })
    expect(whole.length).toBeGreaterThan((await prove()).length)
  })

  it('shows nothing when anything in it was changed, and says what', async () => {
    const flip = (bytes: Uint8Array, at = 40) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))
    expect(await tampered(({ record }) => ({ record: flip(record, 0) }))).toMatchObject({ reason: 'record_missing' })
    expect(await tampered(({ net: of }) => ({ net: flip(of, 0) }))).toMatchObject({ reason: 'net_mismatch' })
    const ofOthers = (certificates: FinalityProof['certificates']) =>
      certificates.filter(({ author }) => toText(author) !== member)
    expect(await tampered(({ certificates }) => ({ certificates: ofOthers(certificates) }))).toMatchObject({
      ok: false,
      reason: 'not_certified',
    })
    expect(await tampered(() => ({ bodies: [] }))).toMatchObject({ reason: 'genesis_missing' })
    expect(
      await tampered(({ logs }) => ({ logs: logs.map(([headers, signature]) => [headers, flip(signature)]) })),
    ).toMatchObject({ reason: 'signature_invalid' })
    expect(
      await tampered(({ logs }) => ({ logs: logs.map(([headers, signature]) => [headers.slice(1), signature]) })),
    ).toMatchObject({ reason: 'log_broken' })
    expect(
      await tampered(({ certificates }) => ({
        certificates: certificates.map((certificate) => ({ ...certificate, attestations: [] })),
      })),
    ).toMatchObject({ reason: 'quorum' })
    expect(
      await tampered(({ certificates }) => ({
        certificates: certificates.map((certificate) => ({ ...certificate, cfg: fromText(profile) })),
      })),
    ).toMatchObject({ reason: 'cfg_unknown' })
    const bytes = await prove()
    for (let at = 0; at < bytes.length; at += 37) expect(verifyProof(flip(bytes, at)).ok).toBe(false)
    expect(verifyProof(bytes.subarray(0, 100))).toMatchObject({ ok: false, reason: 'truncated' })
  })

  it('follows the configurations from the genesis, and takes no witness that was never in force', async () => {
    const witnesses = [founder, member]
    const amended = await node.store.records.append(net, founder, async (view) => {
      const { state } = (await view.fold<{ configs: { policy: object }[] }>('network', net))!
      const body = {
        ...{ steward: fromText(founder), quorum: 2, rules: 1, was: fromText(net) },
        witnesses: witnesses.map(fromText).sort((a, b) => Buffer.compare(a, b)),
        policy: { ...state.configs[0]!.policy } as { [key: string]: never },
      }
      return [{ kind: 'network.amended', subj: net, refs: [], body }]
    })
    const cfg = taken(amended).records[0]!.id
    await certify(node.store, net, member, witnesses, 1, cfg)
    expect(verifyProof(await prove())).toMatchObject({ ok: false, reason: 'cfg_not_in_force' })
    await certify(node.store, net, founder, [founder], 1)
    expect(verifyProof(await prove())).toMatchObject({ ok: true, cfg, certificates: 3 })
  })
})
