import { fromText, toText } from '#libs/record'
import { allRuns, rowsOf, write } from './conversation.fixture.js'
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

/** A founder, and a member with a pot and a loan out of it that is under way. */
async function network(n: number) {
  const { net, author: founder } = await one.createNetwork(n)
  const member = one.keys.key(n + 1)
  const [identity] = await write(one, net, member, { kind: 'identity.created', subj: null, refs: [], body: {} })
  await write(one, net, founder, admit(net, member, identity!.id))
  const [pot] = await write(one, net, member, openPot(100))
  const [loan] = await write(one, net, member, propose(pot!.id, 60))
  return { net, founder, member, pot: pot!, loan: loan! }
}

/** Why these records are void; undefined for those that are not. */
async function reasonsOf(store: TestStore, ids: readonly string[]): Promise<(string | undefined)[]> {
  await store.records.settled()
  const rows: { id: Uint8Array; reason: string }[] = await store.database.query(
    `select distinct on (id) id, reason from void_record order by id, rank, type, subject`,
  )
  const reasons = new Map(rows.map(({ id, reason }) => [toText(id), reason]))
  return ids.map((id) => reasons.get(id))
}

const remove = (store: TestStore, net: string, member: string, head: { id: string; seq: number } | null) =>
  store.records.setRemovals(
    fromText(net),
    fromText(member),
    head ? [{ seq: head.seq, head: fromText(head.id), cause: fromText(net) }] : [],
  )

describe('a member who was removed', () => {
  it('starts nothing more, and all that hangs on what it starts has no effect', async () => {
    const { net, founder, member, loan } = await network(1)
    const [pot] = await write(one, net, member, openPot(5))
    const [another] = await write(one, net, member, propose(pot!.id, 3))
    const [signed] = await write(one, net, founder, signLoan(another!.id))
    await remove(one, net, member, loan)
    expect(await reasonsOf(one, [pot!.id, another!.id, signed!.id])).toEqual([
      'author_removed',
      'author_removed',
      'subject_void',
    ])
    expect(await rowsOf(one, 'pot', pot!.id)).toEqual([])
  })

  it('still may do all that belongs to what began before, and so may others', async () => {
    const { net, founder, member, pot, loan } = await network(10)
    await remove(one, net, member, loan)
    await write(one, net, founder, signLoan(loan.id))
    const [lapsed] = await write(one, net, member, lapse(loan.id, 60))
    expect(await reasonsOf(one, [pot.id, loan.id, lapsed!.id])).toEqual([undefined, undefined, undefined])
    expect(await rowsOf(one, 'pot', pot.id)).toEqual([{ id: pot.id, capacity: 100, used: 0 }])
  })

  it('is told so by its own node, which writes nothing that would be void', async () => {
    const { net, member, loan } = await network(20)
    await remove(one, net, member, loan)
    expect(await one.records.append(net, member, () => [openPot(1)])).toEqual({ refused: 'author_removed' })
    expect(await one.records.append(net, member, () => [lapse(loan.id, 60)])).toHaveProperty('records')
  })

  it('is removed from the lowest head on that is named, whatever another removal says, and not at all once none is left', async () => {
    const { net, member, pot, loan } = await network(30)
    const [late] = await write(one, net, member, openPot(5))
    const [later] = await write(one, net, member, openPot(6))
    const at = (head: { id: string; seq: number }) => ({ seq: head.seq, head: fromText(head.id), cause: fromText(net) })
    const judged = () => reasonsOf(one, [pot.id, loan.id, late!.id, later!.id])
    await one.records.setRemovals(fromText(net), fromText(member), [at(late!), at(pot)])
    expect(await judged()).toEqual([undefined, 'author_removed', 'author_removed', 'author_removed'])
    await one.records.setRemovals(fromText(net), fromText(member), [at(late!)])
    expect(await judged()).toEqual([undefined, undefined, undefined, 'author_removed'])
    await one.records.setRemovals(fromText(net), fromText(member), [])
    expect(await judged()).toEqual([undefined, undefined, undefined, undefined])
  })

  it('is not removed by the name of a record that it did not write, or that stands elsewhere', async () => {
    const { net, member, loan } = await network(40)
    const [late] = await write(one, net, member, openPot(5))
    const [head] = (await one.records.entries(fromText(net))).filter(({ author }) => toText(author) !== member)
    for (const wrong of [
      { seq: loan.seq - 1, id: loan.id },
      { seq: head!.length - 1, id: toText(head!.head) },
    ]) {
      await remove(one, net, member, wrong)
      expect(await reasonsOf(one, [late!.id])).toEqual([undefined])
    }
    expect(await one.records.removed(fromText(net))).toEqual([])
  })

  it('is kept in full, and judged alike by every store, whatever came first', async () => {
    const { net, founder, member, loan } = await network(50)
    const [late] = await write(one, net, member, openPot(5))
    await write(one, net, founder, openPot(7))
    const runs = await allRuns(one, net)
    await remove(one, net, member, loan)
    const part = runs.map((run) =>
      toText(run.author) === member ? { ...run, records: run.records.slice(0, loan.seq + 1) } : run,
    )
    await two.records.ingest(fromText(net), part)
    await remove(two, net, member, loan)
    await two.records.ingest(fromText(net), runs)
    expect(await two.records.entries(fromText(net))).toEqual(await one.records.entries(fromText(net)))
    expect(await reasonsOf(two, [loan.id, late!.id])).toEqual([undefined, 'author_removed'])
    const mine = (store: TestStore) =>
      store.database.query(
        `select v.* from void_record v join record r on r.id = v.id join log l on l.no = r.log where l.net = $1 order by 1, 2, 3`,
        [fromText(net)],
      )
    await two.records.settled()
    expect(await mine(two)).toEqual(await mine(one))
    for (const store of [one, two]) {
      let last: unknown
      for await (const progress of store.records.verify()) last = progress
      expect(last).toMatchObject({ ok: true, problems: [] })
      for await (const progress of store.records.rebuild()) last = progress
      expect(last).toMatchObject({ done: true })
    }
    expect(await mine(two)).toEqual(await mine(one))
  })
})
