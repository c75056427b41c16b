import { fromText, sha256, toText } from '#libs/record'
import { firstValueFrom } from 'rxjs'
import { allRuns, refusalOf, rowsOf, write } from './conversation.fixture.js'
import { handMade } from './hand-made.fixture.js'
import {
  admit,
  lapse,
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

const commitTo = (key: string) => ({ next: sha256(fromText(key)) })

/** A founder, and a member whose identity commits to the key n + 2. */
async function network(n: number) {
  const { net, author: founder } = await one.createNetwork(n)
  const [member, next, other] = [one.keys.key(n + 1), one.keys.key(n + 2), one.keys.key(n + 3)]
  const [identity] = await write(one, net, member, {
    kind: 'identity.created',
    subj: null,
    refs: [],
    body: commitTo(next),
  })
  await write(one, net, founder, admit(net, member, identity!.id))
  const [pot] = await write(one, net, member, openPot(100))
  return { net, founder, member, next, other, identity: identity!.id, pot: pot! }
}

const continuation = (identity: string, old: string, after: { id: string; seq: number }, next: string) => ({
  kind: 'identity.continued',
  subj: identity,
  refs: [after.id],
  body: { old: fromText(old), afterSeq: after.seq, ...commitTo(next) },
})

const certify = (store: TestStore, net: string, author: string, seq: number, id: string) =>
  store.records.saveCertificate(fromText(net), {
    type: 'certificate',
    cfg: fromText(net),
    author: fromText(author),
    seq,
    id: fromText(id),
    attestations: [],
  })

/** The member's log is continued by its next key, after the pot. */
async function continued(n: number) {
  const world = await network(n)
  const { net, member, next, other, identity, pot } = world
  const [goneOn] = await write(one, net, next, continuation(identity, member, pot, other))
  return { ...world, goneOn: goneOn! }
}

describe('a continuation', () => {
  it('is let in only by the key that the old log commits to, and when it says where that log ends', async () => {
    const { net, member, next, other, identity, pot } = await network(1)
    const from = (author: string, draft: ReturnType<typeof continuation>) => {
      const { stored } = handMade(one, { net, author, seq: 0, prev: null }, draft)
      return one.records.ingest(fromText(net), [{ net: fromText(net), author: fromText(author), records: [stored] }])
    }
    const reasonOf = async (result: ReturnType<typeof from>) => (await result).refused.map(({ reason }) => reason)
    expect(await reasonOf(from(other, continuation(identity, member, pot, next)))).toEqual(['continuation_uncommitted'])
    const wrongPlace = continuation(identity, member, { ...pot, seq: 0 }, other)
    expect(await reasonOf(from(next, wrongPlace))).toEqual(['continuation_form'])
    expect(await reasonOf(from(next, continuation(identity, other, pot, other)))).toEqual(['continuation_form'])
    expect(await one.records.head(fromText(net), fromText(next))).toBeNull()
    expect(await reasonOf(from(next, continuation(identity, member, pot, other)))).toEqual([])
    expect(await one.records.head(fromText(net), fromText(next))).toMatchObject({ length: 1 })
  })

  it('lets nobody write in the old log, and nobody in the new one before it is certified', async () => {
    const { net, member, next, goneOn } = await continued(10)
    const refusal = await one.records.append(net, member, () => [openPot(1)])
    expect(refusal).toMatchObject({ refused: 'identity_continuing', key: next, reason: 'not_in_effect' })
    const told = firstValueFrom(one.records.continued)
    await certify(one, net, next, 0, goneOn.id)
    expect(toText((await told).key)).toBe(next)
    const [written] = await write(one, net, member, openPot(2))
    expect(written).toMatchObject({ author: member, key: next, seq: 1 })
    expect(toText(await one.records.identityOf(fromText(net), fromText(next)))).toBe(member)
    expect(toText(await one.records.speakingKey(fromText(net), fromText(member)))).toBe(next)
  })

  it('lets the new key act for the identity in subjects that began under the old one', async () => {
    const { net, founder, member, next, pot, goneOn } = await continued(20)
    await certify(one, net, next, 0, goneOn.id)
    const [loan] = await write(one, net, member, propose(pot.id, 60))
    const [tooMuch] = await write(one, net, member, propose(pot.id, 60))
    await write(one, net, founder, signLoan(loan!.id))
    expect(await rowsOf(one, 'pot', pot.id)).toEqual([{ id: pot.id, capacity: 100, used: 60 }])
    expect((await one.records.record(tooMuch!.id))!.author).toBe(member)
    await write(one, net, member, lapse(loan!.id, 60))
    expect(await rowsOf(one, 'pot', pot.id)).toEqual([{ id: pot.id, capacity: 100, used: 0 }])
    const kinds = (await one.records.timeline(pot.id)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind !== 'identity.continued')).toEqual([
      'pot.opened',
      'loan.proposed',
      'loan.proposed',
      'loan.lapsed',
    ])
  })

  it('makes void what the old key says beyond it, and every store says the same whatever came first', async () => {
    const { net, member, next, other, identity, pot } = await network(30)
    const [late] = await write(one, net, member, propose(pot.id, 10))
    const [goneOn] = await write(one, net, next, continuation(identity, member, pot, other))
    const runs = await allRuns(one, net)
    await certify(two, net, next, 0, goneOn!.id)
    await two.records.ingest(fromText(net), runs)
    await two.records.settled()
    expect(await rowsOf(one, 'pot', pot.id)).toEqual([{ id: pot.id, capacity: 100, used: 10 }])
    await certify(one, net, next, 0, goneOn!.id)
    await one.records.settled()
    for (const store of [one, two]) {
      expect(await rowsOf(store, 'pot', pot.id)).toEqual([{ id: pot.id, capacity: 100, used: 0 }])
      const sql = `select reason from void_record where id = $1 and type = 'loan'`
      expect(await store.database.query(sql, [fromText(late!.id)])).toEqual([{ reason: 'author_continued' }])
      expect(await store.records.isFinal(late!.id)).toBe(false)
    }
    const mine = (store: TestStore) =>
      store.records
        .digests()
        .then(({ subjects }) => subjects.filter(({ subject }) => [pot.id, late!.id, identity].includes(subject)))
    expect(await mine(two)).toEqual(await mine(one))
  })

  it('never takes effect below what is certified of the old log', async () => {
    const { net, member, next, other, identity, pot } = await network(40)
    const [late] = await write(one, net, member, openPot(10))
    const [goneOn] = await write(one, net, next, continuation(identity, member, pot, other))
    await certify(one, net, member, late!.seq, late!.id)
    await certify(one, net, next, 0, goneOn!.id)
    await one.records.settled()
    expect(toText(await one.records.identityOf(fromText(net), fromText(next)))).toBe(next)
    expect(await rowsOf(one, 'pot', late!.id)).toHaveLength(1)
  })

  it('can be continued itself, and the identity stays the first key', async () => {
    const { net, member, next, other, identity, goneOn, pot } = await continued(50)
    await certify(one, net, next, 0, goneOn.id)
    const [second] = await write(one, net, member, openPot(3))
    const [again] = await write(one, net, other, continuation(identity, next, second!, one.keys.key(54)))
    await certify(one, net, other, 0, again!.id)
    await one.records.settled()
    const [third] = await write(one, net, member, propose(pot.id, 5))
    expect(third).toMatchObject({ author: member, key: other, seq: 1 })
    expect(await rowsOf(one, 'pot', pot.id)).toEqual([{ id: pot.id, capacity: 100, used: 5 }])
    await two.records.ingest(fromText(net), await allRuns(one, net))
    for (const certificate of await one.records.certificates(fromText(net)))
      await two.records.saveCertificate(fromText(net), certificate)
    await two.records.settled()
    expect(await rowsOf(two, 'pot', pot.id)).toEqual([{ id: pot.id, capacity: 100, used: 5 }])
    let last: unknown
    for await (const progress of two.records.rebuild()) last = progress
    expect(last).toMatchObject({ done: true })
    expect(await rowsOf(two, 'pot', pot.id)).toEqual([{ id: pot.id, capacity: 100, used: 5 }])
  })

  it('settles a forked log on the branch that it names', async () => {
    const { net, member, next, other, identity, pot } = await network(60)
    const [held] = await write(one, net, member, openPot(8))
    const branch = handMade(one, { net, author: member, seq: 2, prev: pot.id }, openPot(9), 7)
    await one.records.ingest(fromText(net), [
      { net: fromText(net), author: fromText(member), records: [branch.stored] },
    ])
    expect(await one.records.head(fromText(net), fromText(member))).toMatchObject({ length: 2, forked: true })
    const after = { id: branch.id, seq: 2 }
    const [goneOn] = await write(one, net, next, continuation(identity, member, after, other))
    await certify(one, net, next, 0, goneOn!.id)
    await one.records.settled()
    const head = (await one.records.head(fromText(net), fromText(member)))!
    expect(toText(head.head)).toBe(branch.id)
    expect(await rowsOf(one, 'pot', branch.id)).toHaveLength(1)
    expect(await rowsOf(one, 'pot', held!.id)).toEqual([])
    expect(refusalOf(await one.records.append(net, member, () => [openPot(1)]))).toBeUndefined()
  })
})

describe('a log that is closed here', () => {
  it('is not written to, by rotation or because more of it came from elsewhere than is held', async () => {
    const { net, member } = await network(70)
    await one.records.closeLog(fromText(net), fromText(member), 'rotation')
    const refusal = { refused: 'identity_continuing', key: member, reason: 'rotation' }
    expect(await one.records.append(net, member, () => [openPot(1)])).toMatchObject(refusal)
    two.keys.key(71)
    const owner = { ...two.keys, holds: (author: string) => author === member }
    const restored = await startTestStore({ ...world, signer: owner })
    await restored.records.ingest(fromText(net), await allRuns(one, net))
    const other = { ...refusal, reason: 'restored' }
    expect(await restored.records.append(net, member, () => [openPot(1)])).toMatchObject(other)
    await restored.close()
  })

  it('under each next key that it did not know of, as soon as the first record of it comes from elsewhere', async () => {
    const { net, founder, member, next, other, identity, goneOn } = await continued(80)
    await certify(one, net, next, 0, goneOn.id)
    const [mine] = await write(one, net, member, openPot(5))
    const runs = await allRuns(one, net)
    // Its backup knows neither the next key nor what was signed with it, and has not made that key again.
    const owner = { ...two.keys, holds: (author: string) => author === member }
    const restored = await startTestStore({ ...world, signer: owner })
    const of = (author: string) => runs.filter((run) => toText(run.author) === author)
    await restored.records.ingest(fromText(net), [...of(founder), ...of(member)])
    const [run] = of(next)
    await restored.records.ingest(fromText(net), [{ ...run!, records: run!.records.slice(0, 1) }])
    await certify(restored, net, next, 0, goneOn.id)
    const refusal = { refused: 'identity_continuing', key: next, reason: 'restored' }
    expect(await restored.records.append(net, member, () => [openPot(1)])).toMatchObject(refusal)
    await restored.records.ingest(fromText(net), [run!])
    const [again] = await write(one, net, other, continuation(identity, next, mine!, one.keys.key(84)))
    await certify(one, net, other, 0, again!.id)
    const later = (await allRuns(one, net)).filter(({ author }) => toText(author) === other)
    await restored.records.ingest(fromText(net), later)
    await certify(restored, net, other, 0, again!.id)
    expect(await restored.records.append(net, member, () => [openPot(1)])).toMatchObject({ ...refusal, key: other })
    await restored.close()
  })
})
