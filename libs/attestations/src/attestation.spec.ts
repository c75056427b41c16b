import fc from 'fast-check'
import { foldKey, foldWorld, Rules, type FoldRecord } from '#libs/fold'
import type { RequiredAttestation } from '#libs/messages'
import { DEFAULT_POLICY, identityRow, networkRules } from '#libs/network'
import { profileRules } from '#libs/profiles'
import {
  firstRecord,
  inviteKeyOf,
  startTestNode,
  taken,
  untilTrue,
  type TestNode,
} from '../../network/src/testing/node.js'
import { digestsOf, foldAll, orderOf } from '../../offers/src/testing/any-order.js'
import { LogWriter } from '../../offers/src/testing/log-writer.js'
import { type AttestationState, statusOn, unmet, type ValidAttestation } from './attestation.js'
import { attestationMigrations, attestationProjections, attestationRules, validAttestations } from './index.js'
import { Attestations } from './attestations.service.js'

const rules = new Rules([networkRules, attestationRules])

describe('an attestation', () => {
  let olu: LogWriter
  let ada: LogWriter
  let genesis: FoldRecord
  beforeEach(() => {
    ;[olu, ada] = [new LogWriter('olu'), new LogWriter('ada')]
    genesis = olu.write('network.created', {
      body: {
        ...{ name: 'Village', steward: olu.key, witnesses: [olu.key], quorum: 1, rules: 1 },
        ...{ policy: { ...DEFAULT_POLICY }, next: new Uint8Array(32) },
      },
    })
  })
  const all = () => [...olu.records, ...ada.records]
  const reason = (record: FoldRecord) =>
    rules.checkAlone(record) ?? foldWorld(all(), rules).voids.get(record.id) ?? null
  const state = ({ id }: FoldRecord) =>
    foldWorld(all(), rules).folded.get(foldKey(id, 'attestation'))!.state as AttestationState
  const issue = (by: LogWriter, more = {}, refs = [genesis]) =>
    by.write('attestation.issued', {
      refs,
      body: { about: olu.key, what: 'identity', level: 2, until: '2027-01-01', ...more },
    })
  const revoke = (by: LogWriter, of: FoldRecord) =>
    by.write('attestation.revoked', {
      subj: of,
      refs: by.author === of.author ? [] : [of],
      body: { reason: 'an error' },
    })

  it('says what its verifier found, until it is revoked', () => {
    const issued = issue(ada, { what: 'incomeBand', value: '25k-50k' })
    expect(state(issued)).toMatchObject({ about: olu.author, verifier: ada.author, value: '25k-50k', revoked: null })
    const revoked = revoke(ada, issued)
    expect(state(issued).revoked).toEqual({ record: revoked.id, reason: 'an error', at: revoked.at })
  })

  it('is void about oneself, about another than it refers to, without a date, and revoked by another or twice', () => {
    const own = olu.write('attestation.issued', {
      body: { about: olu.key, what: 'identity', level: 1, until: '2027-01-01' },
    })
    expect(reason(own)).toBe('identity_not_referenced')
    expect(reason(issue(ada, { about: ada.key }))).toBe('identity_not_referenced')
    expect(reason(issue(ada, {}, []))).toBe('identity_not_referenced')
    expect(reason(issue(ada, { until: '2027-02-30' }))).toBe('date_malformed')
    expect(reason(issue(ada, { level: 4 }))).toBe('body_malformed')
    const issued = issue(ada)
    expect(reason(issued)).toBeNull()
    expect(reason(revoke(olu, issued))).toBe('not_your_attestation')
    revoke(ada, issued)
    expect(reason(revoke(ada, issued))).toBe('attestation_revoked')
  })

  it('holds through its last day, and not when it is revoked', () => {
    const until = '2026-06-30'
    expect(statusOn({ until, revoked: null }, '2026-06-30')).toBe('valid')
    expect(statusOn({ until, revoked: null }, '2026-07-01')).toBe('expired')
    expect(statusOn({ until, revoked: { record: 'r', reason: '', at: 0 } }, '2026-07-01')).toBe('revoked')
  })

  it('is folded alike in every causal order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(3)), { maxLength: 12 }), fc.nat(), (steps, seed) => {
        ;[olu, ada] = [new LogWriter('olu'), new LogWriter('ada')]
        const people = [olu, ada]
        const started = people.map((by) =>
          by.write('network.created', {
            body: {
              ...{ name: by.name, steward: by.key, witnesses: [by.key], quorum: 1, rules: 1 },
              ...{ policy: { ...DEFAULT_POLICY }, next: new Uint8Array(32) },
            },
          }),
        )
        const issued: FoldRecord[] = []
        for (const [first, which] of steps) {
          const [by, about, identity] = first ? [ada, olu, started[0]!] : [olu, ada, started[1]!]
          const of = issued[which]
          if (of) revoke(by, of)
          else issued.push(issue(by, { about: about.key }, [identity]))
        }
        const records = all()
        expect(digestsOf(foldAll(rules, records, orderOf(seed)))).toEqual(
          digestsOf(foldAll(rules, records, orderOf(0))),
        )
      }),
      { numRuns: 200 },
    )
  })
})

describe('what somebody asks for', () => {
  const held: ValidAttestation[] = [
    { verifier: 'ada', what: 'identity', level: 2 },
    { verifier: 'bo', what: 'incomeBand', level: 1 },
  ]
  it.each<[string, RequiredAttestation, boolean]>([
    ['a fact at its level', { what: 'identity', level: 2 }, true],
    ['a lower level', { what: 'identity', level: 1 }, true],
    ['a higher level', { what: 'identity', level: 3 }, false],
    ['another fact', { what: 'membership', level: 1 }, false],
    ['a verifier', { what: 'identity', level: 1, from: ['ada', 'cy'] }, true],
    ['another verifier', { what: 'identity', level: 1, from: ['bo'] }, false],
  ])('%s', (_name, required, isMet) => {
    expect(unmet([required], held)).toEqual(isMet ? [] : [required])
  })
})

describe('attestations on a node', () => {
  let node: TestNode
  let attestations: Attestations
  let net: string
  let neighbour: string
  beforeAll(async () => {
    node = await startTestNode(1, [profileRules, attestationRules], {
      projections: attestationProjections,
      migrations: attestationMigrations,
    })
    net = taken(await node.networks.create(node.operator(), 'Village', 'Olu')).id
    const { invite } = taken(await node.invites.create(node.operator(), 24))
    neighbour = node.store.keys.key(77)
    const first = await firstRecord(node, net, 77)
    expect(await node.membership.admit(inviteKeyOf(invite), first)).toEqual({ admitted: true })
    const { records, database, clock } = node.store
    attestations = new Attestations(records, database, node.locals, clock)
    await untilTrue(async () => (await identityRow(database.manager, net, neighbour))?.admitted === true)
  }, 60_000)
  afterAll(() => node.close())

  const asked = (more = {}) => {
    const [what, level, until] = ['identity', 2, '2099-01-01'] as const
    return { actor: node.operator(), identity: neighbour, what, level, until, ...more }
  }
  const valid = (day: string) => validAttestations(node.store.database.manager, net, neighbour, day)

  it('are refused by name, and leave nothing', async () => {
    const actor = node.operator()
    const self = actor.identity!
    expect(await attestations.issue(asked({ actor: { ...actor, identity: null } }))).toEqual({ refused: 'no_identity' })
    expect(await attestations.issue(asked({ identity: self }))).toEqual({ refused: 'own_identity' })
    expect(await attestations.issue(asked({ until: '2001-01-01' }))).toEqual({ refused: 'expiry_in_the_past' })
    expect(await attestations.issue(asked({ value: 'a\nb' }))).toMatchObject({ refused: 'attestation_malformed' })
    const nobody = node.store.keys.key(78)
    expect(await attestations.issue(asked({ identity: nobody }))).toEqual({ refused: 'identity_not_found' })
    const stranger = asked({ actor: { ...actor, identity: nobody } })
    expect(await attestations.issue(stranger)).toEqual({ refused: 'not_admitted' })
    const unknown = { refused: 'attestation_not_found' }
    expect(await attestations.show({ attestation: self })).toEqual(unknown)
    expect(await attestations.revoke({ actor, attestation: self })).toEqual(unknown)
    expect(await attestations.list({ actor })).toEqual({ items: [] })
  })

  it('are read by whom they are about, by whom, and how they stand, in pages, and count until they are revoked', async () => {
    const actor = node.operator()
    const issued = taken(await attestations.issue(asked()))
    expect(issued).toMatchObject({ status: 'valid', isMember: true, verifierAlias: 'Olu', level: 2, revoked: null })
    const second = taken(await attestations.issue(asked({ what: 'incomeBand', value: '25k-50k', until: '2098-06-30' })))
    await untilTrue(async () => (await valid('2098-06-30')).length === 2)
    expect(await valid('2098-07-01')).toEqual([{ verifier: actor.identity, what: 'identity', level: 2 }])
    const page = taken(await attestations.list({ actor, identity: neighbour, limit: 1 }))
    const rest = taken(await attestations.list({ actor, identity: neighbour, limit: 1, cursor: page.next! }))
    expect([...page.items, ...rest.items].map(({ id }) => id).sort()).toEqual([issued.id, second.id].sort())
    expect(rest.next).toBeUndefined()
    const revoked = taken(await attestations.revoke({ actor, attestation: issued.id, reason: 'an error' }))
    expect(revoked).toMatchObject({ status: 'revoked', revoked: { reason: 'an error' } })
    expect(await attestations.revoke({ actor, attestation: issued.id })).toEqual({ refused: 'attestation_revoked' })
    expect((await valid('2098-06-30')).map(({ what }) => what)).toEqual(['incomeBand'])
    expect(taken(await attestations.list({ actor, status: 'valid' })).items.map(({ id }) => id)).toEqual([second.id])
  })
})
