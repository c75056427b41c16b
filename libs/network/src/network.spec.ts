import fc from 'fast-check'
import {
  type Body,
  digestOf,
  directCauses,
  foldInOrder,
  foldSubject,
  foldWorld,
  foldKey,
  type FoldRecord,
  recordsBySubject,
  Rules,
  typesStartedBy,
} from '#libs/fold'
import { compareBytes, fromText, toText } from '#libs/record'
import type { IdentityState } from './identity.js'
import {
  configInForce,
  DEFAULT_POLICY,
  inviteStanding,
  isAdmitted,
  isQuorumSafe,
  type NetworkState,
} from './network.js'
import { networkRules } from './rules.js'
import { bytesNamed, TestLog } from './testing/log.js'

const rules = new Rules([networkRules])
const next = bytesNamed('next')

const config = (steward: TestLog, witnesses = [steward], quorum = 1, more: Body = {}): Body => ({
  steward: steward.keys.publicKey,
  witnesses: witnesses.map((log) => log.keys.publicKey).sort(compareBytes),
  quorum,
  rules: 1,
  policy: { ...DEFAULT_POLICY },
  ...more,
})

/** A steward with a network, and what tests do in it. */
class Village {
  readonly steward = new TestLog('steward')
  readonly net: string
  readonly logs = [this.steward]

  constructor(body: Body = {}) {
    const genesis = { ...config(this.steward), name: 'Village', next, ...body }
    this.net = this.steward.write('network.created', null, genesis, { at: 1_000 }).id
  }

  invite(by: TestLog, expiresAt = 1_000_000, at?: number) {
    const body = { keyHash: bytesNamed(`invite ${by.author} ${by.records.length}`), expiresAt }
    return by.write('invite.created', this.net, body, at === undefined ? {} : { at })
  }

  revoke(by: TestLog, invite: FoldRecord) {
    return by.write('invite.revoked', this.net, { invite: fromText(invite.id) })
  }

  newcomer(name: string) {
    const log = new TestLog(name, this.net)
    log.write('identity.created', null, { next })
    this.logs.push(log)
    return log
  }

  admit(by: TestLog, invite: FoldRecord, newcomer: TestLog, at?: number) {
    const body = { invite: fromText(invite.id) }
    const refs = [newcomer.identity]
    return by.write('member.admitted', this.net, body, at === undefined ? { refs } : { at, refs })
  }

  join(name: string, by = this.steward) {
    const log = this.newcomer(name)
    this.admit(by, this.invite(by), log)
    return log
  }

  amend(was: FoldRecord, witnesses: TestLog[], quorum: number, more: Body = {}, by = this.steward) {
    const body = { ...config(by, witnesses, quorum), was: fromText(was.id), ...more }
    return by.write('network.amended', this.net, body)
  }

  remove(by: TestLog, member: TestLog, more: string[] = []) {
    const head = member.records.at(-1)!
    const body = { member: fromText(member.identity), seq: head.seq, head: fromText(head.id) }
    return by.write('member.removed', this.net, body, { refs: [head.id, ...more] })
  }

  get records() {
    return this.logs.flatMap((log) => log.records)
  }

  get folded() {
    const folded = foldWorld(this.records, rules)
    const network = folded.folded.get(foldKey(this.net, 'network'))!
    return { state: network.state as NetworkState, voids: folded.voids, world: folded.folded }
  }
}

describe('a network', () => {
  it('starts with its steward as founder, steward and witness', () => {
    const village = new Village()
    const { state, voids, world } = village.folded
    expect(voids.size).toBe(0)
    expect(state).toEqual({
      name: 'Village',
      steward: village.steward.author,
      createdAt: 1_000,
      configs: [
        { id: village.net, witnesses: [village.steward.author], quorum: 1, rules: 1, policy: { ...DEFAULT_POLICY } },
      ],
      invites: {},
      members: { [village.net]: { admissions: {}, removals: {} } },
    })
    expect(world.get(foldKey(village.net, 'identity'))!.state).toEqual({
      id: village.net,
      key: village.steward.author,
      createdAt: 1_000,
      next: toText(next),
      heldBy: null,
      continuations: [],
      founder: true,
      admissions: {},
      profile: null,
    })
  })

  const other = new TestLog('other')
  it.each<[string, (steward: TestLog) => Body]>([
    ['steward_not_author', () => ({ steward: other.keys.publicKey })],
    ['quorum_unsafe', (steward) => config(steward, [steward, other], 1)],
    ['quorum_unsafe', (steward) => config(steward, [steward], 2)],
    [
      'witnesses_not_ascending',
      (steward) => {
        const { witnesses } = config(steward, [steward, other], 2)
        return { witnesses: (witnesses as Uint8Array[]).reverse(), quorum: 2 }
      },
    ],
    ['witnesses_not_ascending', ({ keys }) => ({ witnesses: [keys.publicKey, keys.publicKey], quorum: 2 })],
    ['buckets_not_ascending', () => ({ policy: { ...DEFAULT_POLICY, arrearsFromDays: [1, 1] } })],
    [
      'newcomer_limits_not_ascending',
      () => ({
        policy: {
          ...DEFAULT_POLICY,
          newcomer: {
            maxPrincipal: [
              ['KES', 1],
              ['EUR', 1],
            ],
            untilRepaidLoans: 1,
          },
        },
      }),
    ],
    ['body_malformed', () => ({ witnesses: [] })],
    ['body_malformed', () => ({ name: ' x' })],
    ['body_malformed', () => ({ name: '' })],
    ['body_malformed', () => ({ name: 'a\nb' })],
    ['body_malformed', () => ({ name: 'a\u202eb' })],
    ['body_malformed', () => ({ name: 'a'.repeat(65) })],
    ['body_malformed', () => ({ rules: 0 })],
    ['body_malformed', () => ({ policy: new Uint8Array() })],
    ['body_malformed', () => ({ extra: 1 })],
  ])('has no genesis when it is void: %s', (reason, change) => {
    const village = new Village(change(new TestLog('steward')))
    const { state, voids } = foldSubject<NetworkState>(village.net, 'network', village.records, rules)
    expect(voids.get(village.net)).toBe(reason)
    expect(state.steward).toBe('')
  })

  it('takes names of any language', () => {
    for (const name of ['x', 'Crédit du village', '村の貸付', 'a b', '😀'])
      expect(new Village({ name }).folded.state.name).toBe(name)
  })
})

describe('membership', () => {
  it('is given by the inviter, once per invite', () => {
    const village = new Village()
    const invite = village.invite(village.steward)
    const [ada, ben] = [village.newcomer('ada'), village.newcomer('ben')]
    const admitted = village.admit(village.steward, invite, ada)
    const again = village.admit(village.steward, invite, ben)
    const { state, voids, world } = village.folded
    expect([...voids]).toEqual([[again.id, 'invite_used']])
    expect(isAdmitted(state, ada.identity)).toBe(true)
    expect(isAdmitted(state, ben.identity)).toBe(false)
    expect(state.invites[invite.id]).toMatchObject({ usedBy: admitted.id, admitted: ada.identity })
    const admissions = (subject: string) => (world.get(foldKey(subject, 'identity'))!.state as IdentityState).admissions
    expect(admissions(ada.identity)).toEqual({ [admitted.id]: { by: village.steward.author, at: admitted.at } })
    expect(admissions(ben.identity)).toEqual({})
    expect(admissions(village.net)).toEqual({})
  })

  it('can be given by two inviters at once; the earlier counts as who did', () => {
    const village = new Village()
    const [ada, ben] = [village.join('ada'), village.join('ben')]
    const cleo = village.newcomer('cleo')
    village.admit(ben, village.invite(ben, 1_000_000, 50_000), cleo)
    village.admit(ada, village.invite(ada, 1_000_000, 40_000), cleo)
    const { state, voids } = village.folded
    expect(voids.size).toBe(0)
    expect(Object.values(state.members[cleo.identity]!.admissions)).toHaveLength(2)
  })

  it('is void with an invite that is unknown, of another, revoked, or expired by the admission’s own time', () => {
    const village = new Village()
    const { steward } = village
    const ada = village.join('ada')
    const ben = village.newcomer('ben')
    const hers = village.invite(ada)
    const unseen = village.admit(steward, hers, ben)
    const revoked = village.invite(steward)
    village.revoke(steward, revoked)
    const afterRevoked = village.admit(steward, revoked, ben)
    const short = village.invite(steward, 500_000)
    const late = village.admit(steward, short, ben, 500_001)
    const { state, voids } = village.folded
    expect(Object.fromEntries(voids)).toEqual({
      [unseen.id]: 'invite_unknown',
      [afterRevoked.id]: 'invite_revoked',
      [late.id]: 'invite_expired',
    })
    expect(isAdmitted(state, ben.identity)).toBe(false)
  })

  it('is not given with someone else’s invite even when it is known', () => {
    const village = new Village()
    const ada = village.join('ada')
    const ben = village.newcomer('ben')
    const hers = village.invite(ada)
    const body = { invite: fromText(hers.id) }
    const stolen = village.steward.write('member.admitted', village.net, body, { refs: [ben.identity] })
    const seen = village.steward.write('invite.revoked', village.net, body, { refs: [hers.id] })
    const seenToo = village.admit(village.steward, hers, ben)
    expect(Object.fromEntries(village.folded.voids)).toEqual({
      [stolen.id]: 'invite_unknown',
      [seen.id]: 'not_your_invite',
      [seenToo.id]: 'not_your_invite',
    })
  })

  it('holds up to the last millisecond of an invite', () => {
    const village = new Village()
    const ada = village.newcomer('ada')
    village.admit(village.steward, village.invite(village.steward, 500_000), ada, 500_000)
    expect(village.folded.voids.size).toBe(0)
  })

  it('names exactly one newcomer', () => {
    const village = new Village()
    const invite = village.invite(village.steward)
    const none = village.steward.write('member.admitted', village.net, { invite: fromText(invite.id) })
    expect(village.folded.voids.get(none.id)).toBe('newcomer_not_one')
  })

  it('leaves a used or revoked invite as it is', () => {
    const village = new Village()
    const { steward } = village
    const used = village.invite(steward)
    village.admit(steward, used, village.newcomer('ada'))
    const tooLate = village.revoke(steward, used)
    const revoked = village.invite(steward)
    village.revoke(steward, revoked)
    const twice = village.revoke(steward, revoked)
    const stillborn = village.invite(steward, 1)
    const { state, voids } = village.folded
    expect(Object.fromEntries(voids)).toEqual({
      [tooLate.id]: 'invite_used',
      [twice.id]: 'invite_revoked',
      [stillborn.id]: 'expiry_not_after_creation',
    })
    const standing = (invite: FoldRecord, now: number) => inviteStanding(state.invites[invite.id]!, now)
    expect(standing(used, 9e9)).toBe('used')
    expect(standing(revoked, 0)).toBe('revoked')
    const open = village.invite(steward, 700_000)
    const { invites } = village.folded.state
    expect(inviteStanding(invites[open.id]!, 700_000)).toBe('open')
    expect(inviteStanding(invites[open.id]!, 700_001)).toBe('expired')
  })

  it('is asked to end by who gave it or by the steward, not by others, and never for the founder', () => {
    const village = new Village()
    const ada = village.join('ada')
    const ben = village.join('ben', ada)
    const cleo = village.join('cleo')
    const admission = ada.records.find(({ kind }) => kind === 'member.admitted')!
    const byAda = village.remove(ada, ben)
    const bySteward = village.remove(village.steward, ben, [admission.id])
    const stewardBlind = village.steward.write(
      'member.removed',
      village.net,
      { member: bytesNamed('nobody'), seq: 0, head: fromText(ben.identity) },
      { refs: [ben.identity] },
    )
    const byCleo = village.remove(cleo, ben, [admission.id])
    const ofFounder = village.remove(ada, village.steward)
    const unnamed = ada.write('member.removed', village.net, {
      member: fromText(ben.identity),
      seq: 0,
      head: fromText(ben.identity),
    })
    const { state, voids } = village.folded
    expect(Object.keys(state.members[ben.identity]!.removals).sort()).toEqual([byAda.id, bySteward.id].sort())
    expect(Object.fromEntries(voids)).toEqual({
      [stewardBlind.id]: 'member_unknown',
      [byCleo.id]: 'not_admitter_nor_steward',
      [ofFounder.id]: 'founder_stays',
      [unnamed.id]: 'head_not_referenced',
    })
  })
})

describe('a configuration', () => {
  const village = new Village()
  const ada = village.join('ada')
  const genesis = village.steward.records[0]!
  const first = village.amend(genesis, [village.steward, ada], 2)
  const second = village.amend(first, [village.steward, ada], 2, { rules: 2 })
  const skipping = village.amend(first, [ada], 1, { rules: 2 })
  const backwards = village.amend(second, [ada], 1, { rules: 1 })
  const byAda = village.amend(second, [ada], 1, { rules: 2 }, ada)

  it('is amended by the steward alone, one after the other, never to older rules', () => {
    const { state, voids } = village.folded
    expect(state.configs.map(({ id }) => id)).toEqual([genesis.id, first.id, second.id])
    expect(Object.fromEntries(voids)).toEqual({
      [skipping.id]: 'was_not_last',
      [backwards.id]: 'rules_backwards',
      [byAda.id]: 'not_steward',
    })
  })

  it('is in force once it and each before it is certified under the one before', () => {
    const { state } = village.folded
    const inForce = (...certified: [string, string][]) =>
      configInForce(state.configs, (id, cfg) => certified.some(([a, under]) => a === id && under === cfg)).id
    expect(inForce()).toBe(genesis.id)
    expect(inForce([first.id, genesis.id])).toBe(first.id)
    expect(inForce([second.id, genesis.id])).toBe(genesis.id)
    expect(inForce([first.id, genesis.id], [second.id, genesis.id])).toBe(first.id)
    expect(inForce([first.id, genesis.id], [second.id, first.id])).toBe(second.id)
  })

  it('needs quorums that share a witness', () => {
    const safe = (witnesses: number) =>
      [...Array(witnesses + 2).keys()].filter((quorum) => isQuorumSafe(witnesses, quorum))
    expect(safe(1)).toEqual([1])
    expect(safe(2)).toEqual([2])
    expect(safe(4)).toEqual([3, 4])
    expect(safe(7)).toEqual([4, 5, 6, 7])
    expect(isQuorumSafe(3, 2.5)).toBe(false)
  })
})

describe('every linear extension of the causal order', () => {
  /** A random history: each step, one of several members does something, having seen some of what others wrote. */
  const history = fc.array(
    fc.record({ who: fc.nat(4), what: fc.nat(6), which: fc.nat(30), seen: fc.array(fc.nat(60), { maxLength: 3 }) }),
    { minLength: 5, maxLength: 40 },
  )

  function play(steps: { who: number; what: number; which: number; seen: number[] }[]): Village {
    const village = new Village()
    for (let i = 0; i < 4; i++) village.join(`member ${i}`)
    let newcomers = 0
    for (const { who, what, which, seen } of steps) {
      const log = village.logs[who]!
      const others = village.records.filter(({ author }) => author !== log.author)
      const refs = [...new Set(seen.map((at) => others[at % others.length]!.id))].filter((id) => id !== village.net)
      const invites = village.records.filter(({ kind }) => kind === 'invite.created')
      const own = invites.filter(({ author }) => author === log.author)
      const invite = which % 4 > 0 && own.length > 0 ? own.at(-1)! : invites[which % invites.length]!
      const body = { invite: fromText(invite.id) }
      if (what === 0) village.invite(log, log.records.at(-1)!.at + 1_001 + (which % 6) * 1_000)
      else if (what === 1) log.write('invite.revoked', village.net, body, { refs })
      else if (what <= 3) {
        const newcomer =
          which % 2 === 0 ? village.newcomer(`newcomer ${newcomers++}`) : village.logs[which % village.logs.length]!
        if (newcomer !== log && newcomer !== village.steward)
          log.write('member.admitted', village.net, body, { refs: [newcomer.identity] })
      } else if (what === 4) {
        const configs = village.steward.records.filter(({ kind }) => kind.startsWith('network.'))
        const was = which % 3 === 0 ? configs[0]! : configs.at(-1)!
        if (log === village.steward || which % 4 === 0) village.amend(was, [log], 1, {}, log)
      } else {
        const member = village.logs[which % village.logs.length]!
        if (member !== log)
          village.remove(
            log,
            member,
            refs.filter((id) => id !== member.records.at(-1)!.id),
          )
      }
    }
    return village
  }

  it('gives the same state and the same voids', () => {
    const reasons = new Set<string>()
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat(1_000_000)), (steps, choices) => {
        const village = play(steps)
        const bySubject = recordsBySubject(village.records, rules)
        const voids = new Map<string, string>()
        for (const type of ['network', 'identity'])
          for (const [subject, records] of bySubject) {
            const first = records.find(({ id }) => id === subject)!
            if (!typesStartedBy(first, rules).includes(type)) continue
            const known = { voids: new Map(voids) }
            const reference = foldSubject(subject, type, records, rules, known)
            const causes = directCauses(records)
            for (let round = 0; round < 3; round++) {
              const order = randomOrder(causes, choices)
              const folded = foldInOrder(subject, type, records, causes, order, rules, known)
              expect(digestOf(folded.state)).toEqual(digestOf(reference.state))
              expect(folded.voids).toEqual(reference.voids)
            }
            reference.voids.forEach((reason, id) => voids.set(id, reason))
          }
        voids.forEach((reason) => reasons.add(reason))
      }),
      { numRuns: 100 },
    )
    // The histories must reach what they are meant to test.
    for (const reason of ['invite_used', 'invite_unknown', 'not_your_invite', 'invite_expired', 'invite_revoked'])
      expect(reasons).toContain(reason)
    for (const reason of ['not_steward', 'was_not_last', 'founder_stays', 'not_admitter_nor_steward'])
      expect(reasons).toContain(reason)
  })
})

/** Any order that puts causes first, chosen by a stream of numbers. */
function randomOrder(causes: readonly number[][], choices: Iterator<number>): number[] {
  const order: number[] = []
  const placed = new Set<number>()
  while (order.length < causes.length) {
    const free = causes.flatMap((of, index) =>
      !placed.has(index) && of.every((cause) => placed.has(cause)) ? [index] : [],
    )
    const chosen = free[(choices.next().value as number) % free.length]!
    placed.add(chosen)
    order.push(chosen)
  }
  return order
}
