import { isRefusal } from '#libs/fold'
import { fromText } from '#libs/record'
import { networkOfTwo, refusalOf, rowsOf, runOf, write } from './conversation.fixture.js'
import { handMade } from './hand-made.fixture.js'
import type { Draft } from './ports.js'
import {
  admit,
  loanProjection,
  openPot,
  potProjection,
  potRules,
  Pots1790000000100,
  propose,
  signLoan,
} from './pots.fixture.js'
import { startTestStore, type TestStore } from './testing.shell.js'

const world = { features: [potRules], projections: [potProjection, loanProjection], migrations: [Pots1790000000100] }
let one: TestStore
let two: TestStore

beforeAll(async () => {
  ;[one, two] = await Promise.all([startTestStore(world), startTestStore(world)])
})
afterAll(async () => {
  await Promise.all([one?.close(), two?.close()])
})

describe('append', () => {
  it('writes chained, signed records and projects their subjects before it resolves', async () => {
    const { net, author } = await one.createNetwork(1)
    const [pot] = await write(one, net, author, openPot(500))
    const [loan, signed] = await write(one, net, author, propose(pot!.id, 200), {
      kind: 'loan.signed',
      subj: { draft: 0 },
      refs: [],
      body: {},
    })
    expect([pot!.seq, loan!.seq, signed!.seq]).toEqual([1, 2, 3])
    expect(signed!.subj).toBe(loan!.id)
    expect(await rowsOf(one, 'pot', pot!.id)).toEqual([{ id: pot!.id, capacity: 500, used: 200 }])
    expect(await rowsOf(one, 'loan', loan!.id)).toEqual([{ id: loan!.id, amount: 200, signers: 1, voided: 0 }])
  })

  it('lets each decision see the appends before it, also those of its own batch', async () => {
    const { net, author } = await one.createNetwork(10)
    const [pot] = await write(one, net, author, openPot(100))
    const attempts = await Promise.all(
      Array.from({ length: 16 }, () =>
        one.records.append(net, author, async (view) => {
          const folded = await view.fold<{ capacity: number; used: number }>('pot', pot!.id)
          const { capacity, used } = folded!.state
          return used + 30 > capacity ? { refused: 'pot_exceeded', available: capacity - used } : [propose(pot!.id, 30)]
        }),
      ),
    )
    expect(attempts.filter((outcome) => !isRefusal(outcome))).toHaveLength(3)
    expect(attempts.filter(isRefusal)).toHaveLength(13)
    expect(await rowsOf(one, 'pot', pot!.id)).toEqual([{ id: pot!.id, capacity: 100, used: 90 }])
  })

  it('shares commits between concurrent callers', async () => {
    const { net, author } = await one.createNetwork(11)
    const before = one.records.batches
    await Promise.all(Array.from({ length: 160 }, () => write(one, net, author, openPot(1))))
    const batches = one.records.batches - before
    expect(batches).toBeLessThanOrEqual(20)
    expect((await one.records.head(fromText(net), fromText(author)))!.length).toBe(161)
  })

  it('keeps an error of one decision away from the others', async () => {
    const { net, author } = await one.createNetwork(12)
    const broken = one.records.append(net, author, async ({ manager }) => {
      await manager.query('select * from no_such_table')
      return []
    })
    const [outcome, fine] = await Promise.allSettled([broken, write(one, net, author, openPot(1))])
    expect(outcome.status).toBe('rejected')
    expect(fine.status).toBe('fulfilled')
  })

  it('refuses what a signer must not sign', async () => {
    const { net, author } = await one.createNetwork(13)
    const [pot] = await write(one, net, author, openPot(1))
    const append = async (draft: Draft) => refusalOf(await one.records.append(net, author, () => [draft]))
    expect(await append({ ...openPot(1), refs: [pot!.id] })).toBe('reference_own')
    expect(await append(signLoan(net.replace(/.$/, 'y').replace(/^./, (c) => (c === 'y' ? 'b' : 'y'))))).toBe(
      'record_unknown',
    )
    expect(await append({ ...openPot(1), body: { capacity: 'much' } })).toBe('record_malformed')
    one.keys.lock(author, true)
    expect(await append(openPot(1))).toBe('key_unavailable')
    one.keys.lock(author, false)
    expect(await append(openPot(1))).toBeUndefined()
  })

  it('never lets time run backwards in a log, and names nothing from the future', async () => {
    const { net, founder, member } = await networkOfTwo(one, 20)
    one.clock.advance(60_000)
    const [pot] = await write(one, net, founder, openPot(100))
    const [loan] = await write(one, net, founder, propose(pot!.id, 1))
    one.clock.advance(-50_000)
    expect((await write(one, net, founder, openPot(1)))[0]!.at).toBe(loan!.at)
    expect(refusalOf(await one.records.append(net, member, () => [signLoan(loan!.id)]))).toBe('clock_behind')
    one.clock.advance(50_000)
    expect(await write(one, net, member, signLoan(loan!.id))).toHaveLength(1)
  })

  it('stages a newcomer until a member admits it, and accepts both together', async () => {
    const { net, author } = await one.createNetwork(30)
    const newcomer = one.keys.key(31)
    const [identity] = await write(one, net, newcomer, { kind: 'identity.created', subj: null, refs: [], body: {} })
    expect(await one.records.head(fromText(net), fromText(newcomer))).toBeNull()
    expect(await one.records.newcomer(fromText(net), fromText(newcomer))).not.toBeNull()
    expect(refusalOf(await one.records.append(net, newcomer, () => [openPot(1)]))).toBe('not_admitted')
    await write(one, net, author, admit(net, newcomer, identity!.id))
    expect((await one.records.head(fromText(net), fromText(newcomer)))!.length).toBe(1)
    expect(await write(one, net, newcomer, openPot(1))).toHaveLength(1)
  })
})

describe('ingest', () => {
  it('brings the same rows and digests as the appends did', async () => {
    const { net, founder, member } = await networkOfTwo(one, 40)
    const [pot] = await write(one, net, founder, openPot(300))
    const [loan] = await write(one, net, founder, propose(pot!.id, 250))
    await write(one, net, member, signLoan(loan!.id))
    const runs = [await runOf(one, net, founder), await runOf(one, net, member)]
    const result = await two.records.ingest(fromText(net), runs)
    expect(result).toMatchObject({ accepted: 6, known: 0, staged: 0, refused: [], forks: [] })
    expect(result.advanced).toHaveLength(2)
    await two.records.settled()
    expect(await rowsOf(two, 'loan', loan!.id)).toEqual(await rowsOf(one, 'loan', loan!.id))
    expect(await rowsOf(two, 'pot', pot!.id)).toEqual(await rowsOf(one, 'pot', pot!.id))
    expect(await two.records.entries(fromText(net))).toEqual(await one.records.entries(fromText(net)))
    expect(await two.records.ingest(fromText(net), runs)).toMatchObject({ accepted: 0, known: 6, advanced: [] })
  })

  it('stages what comes too early, in any order, and wakes it when what it names is accepted', async () => {
    const { net, founder, member } = await networkOfTwo(one, 50)
    const [pot] = await write(one, net, founder, openPot(300))
    const [loan] = await write(one, net, founder, propose(pot!.id, 250))
    await write(one, net, member, signLoan(loan!.id), openPot(5))
    const early = await two.records.ingest(fromText(net), [await runOf(one, net, member, 1)])
    expect(early).toMatchObject({ accepted: 0, staged: 2, refused: [] })
    expect(await two.records.ingest(fromText(net), [await runOf(one, net, member)])).toMatchObject({
      staged: 1,
      known: 2,
    })
    const late = await two.records.ingest(fromText(net), [await runOf(one, net, founder)])
    expect(late).toMatchObject({ accepted: 7, refused: [] })
    expect(await two.records.entries(fromText(net))).toEqual(await one.records.entries(fromText(net)))
    expect(await two.database.query('select count(*) as n from staged')).toEqual([{ n: 0 }])
    expect(await two.database.query('select count(*) as n from waiting')).toEqual([{ n: 0 }])
  })

  it('lets nobody in by an admission that the rules find void, until a valid one comes', async () => {
    const { net, founder, member, identity, admission } = await networkOfTwo(one, 60)
    const friend = one.keys.key(66)
    const first = { kind: 'identity.created', subj: null, refs: [], body: {} }
    const newcomer = handMade(one, { net, author: friend, seq: 0, prev: null }, first)
    // It does not rest on the admission of its own author, who in its causal past is no member.
    const place = { net, author: member, seq: 1, prev: identity }
    const voidAdmission = handMade(one, place, admit(net, friend, newcomer.id))
    const runs = [
      await runOf(one, net, founder),
      { ...(await runOf(one, net, member)) },
      { net: fromText(net), author: fromText(friend), records: [newcomer.stored] },
    ]
    runs[1]!.records.push(voidAdmission.stored)
    expect(await two.records.ingest(fromText(net), runs)).toMatchObject({ accepted: 3, staged: 2, refused: [] })
    expect(await two.records.head(fromText(net), fromText(friend))).toBeNull()
    await write(one, net, founder, openPot(1))
    await one.records.ingest(fromText(net), [runs[2]!])
    const [valid] = await write(one, net, founder, admit(net, friend, newcomer.id))
    const result = await two.records.ingest(fromText(net), [await runOf(one, net, founder, 2)])
    expect(result).toMatchObject({ accepted: 4, staged: 0, refused: [] })
    expect(await two.records.record(valid!.id)).not.toBeNull()
    expect((await two.records.fold<{ members: string[] }>('network', net))!.voids.get(voidAdmission.id)).toBe(
      'not_a_member',
    )
    expect(admission).not.toBe(valid!.id)
  })

  it('lets an admission that came first go on when the newcomer arrives', async () => {
    const { net, founder, member } = await networkOfTwo(one, 68)
    await write(one, net, founder, openPot(1))
    const [early, late] = [await runOf(one, net, founder), await runOf(one, net, member)]
    expect(await two.records.ingest(fromText(net), [early])).toMatchObject({ accepted: 1, staged: 2 })
    expect(await two.records.ingest(fromText(net), [late])).toMatchObject({ accepted: 3, refused: [] })
    expect(await two.records.companions(early.records)).toEqual([{ ...late, records: late.records.slice(0, 1) }])
  })

  it('bounds what waits, per author and in total', async () => {
    const small = await startTestStore({ ...world, staging: { perAuthor: 3, total: 5 } })
    try {
      const { net, founder, member } = await networkOfTwo(one, 90)
      await write(one, net, member, openPot(1), openPot(2), openPot(3), openPot(4))
      await write(one, net, founder, openPot(1), openPot(2), openPot(3))
      const first = await small.records.ingest(fromText(net), [await runOf(one, net, member)])
      expect(first).toMatchObject({ staged: 3, refused: [{ reason: 'staging_full', provable: false }] })
      const second = await small.records.ingest(fromText(net), [await runOf(one, net, founder, 1)])
      expect(second).toMatchObject({ accepted: 0, staged: 2, refused: [{ reason: 'staging_full' }] })
      const all = [await runOf(one, net, founder), await runOf(one, net, member)]
      expect(await small.records.ingest(fromText(net), all)).toMatchObject({ refused: [] })
      expect(await small.records.entries(fromText(net))).toEqual(await one.records.entries(fromText(net)))
    } finally {
      await small.close()
    }
  })

  it('keeps of what waits only what a signature covers, so that it can be shown to others later', async () => {
    const small = await startTestStore({ ...world, staging: { perAuthor: 3, total: 5 } })
    try {
      const { net, member } = await networkOfTwo(one, 95)
      await write(one, net, member, openPot(1), openPot(2), openPot(3), openPot(4))
      const run = await runOf(one, net, member)
      const signedTwice = run.records.map((record, i) => (i === 1 || i === 4 ? record : { ...record, signature: null }))
      const result = await small.records.ingest(fromText(net), [{ ...run, records: signedTwice }])
      expect(result).toMatchObject({ staged: 2, refused: [{ reason: 'staging_full', provable: false }] })
      const rows: unknown[] = await small.database.query(
        `select seq, signature is not null as signed from staged where net = $1 order by seq`,
        [fromText(net)],
      )
      expect(rows).toEqual([
        { seq: 0, signed: false },
        { seq: 1, signed: true },
      ])
    } finally {
      await small.close()
    }
  })

  it('refuses a run that is not authentic and says whether that is provable', async () => {
    const { net, founder } = await networkOfTwo(one, 70)
    const { records } = await runOf(one, net, founder)
    const forged = records.map((record, index) => (index === 1 ? { ...record, signature: new Uint8Array(64) } : record))
    const result = await two.records.ingest(fromText(net), [
      { net: fromText(net), author: fromText(founder), records: forged },
    ])
    expect(result).toMatchObject({ accepted: 0, refused: [{ reason: 'signature_invalid', provable: true }] })
  })

  it('holds a record from the future until its time has come', async () => {
    const { net, author } = await one.createNetwork(80)
    one.clock.advance(20 * 60_000)
    await write(one, net, author, openPot(1))
    const result = await two.records.ingest(fromText(net), [await runOf(one, net, author)])
    expect(result).toMatchObject({ accepted: 1, staged: 1, refused: [] })
    two.clock.set(one.clock.now() - 9 * 60_000)
    await two.records.wakeDelayed()
    expect((await two.records.head(fromText(net), fromText(author)))!.length).toBe(2)
  })
})
