import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromText, PackedRun, type StoredRecord } from '#libs/record'
import { networkOfTwo } from '../conversation.fixture.js'
import { handMade } from '../hand-made.fixture.js'
import {
  loanProjection,
  openPot,
  type PotState,
  potProjection,
  potRules,
  Pots1790000000100,
  propose,
} from '../pots.fixture.js'
import { startTestStore, type TestStore } from '../testing.shell.js'

const world = {
  features: [potRules],
  projections: [potProjection, loanProjection],
  migrations: [Pots1790000000100],
  bulkFrom: 1,
}
let dir: string
let store: TestStore

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mutuo-lag-'))
  store = await startTestStore({ ...world, dataDir: join(dir, 'postgres') })
})
afterEach(async () => {
  await store.close()
  await rm(dir, { recursive: true, force: true })
})

/** A member's pot with some loans from it, as another node would send them after seq 0. */
async function potOf(loans: number) {
  const { net, founder, member, identity } = await networkOfTwo(store, 1)
  const records: StoredRecord[] = []
  let prev = identity
  const add = (draft: Parameters<typeof handMade>[2]) => {
    const made = handMade(store, { net, author: member, seq: records.length + 1, prev }, draft)
    records.push(made.stored)
    return (prev = made.id)
  }
  const pot = add(openPot(1_000))
  for (let i = 0; i < loans; i++) add(propose(pot, 10))
  return { net, founder, member, identity, pot, run: PackedRun.of(fromText(member), 1, records) }
}

const usedOf = async (pot: string) => (await store.records.fold<PotState>('pot', pot))?.state.used

describe('what is accepted in bulk', () => {
  it('is held at once, and folded when somebody asks, though it is indexed behind', async () => {
    const { net, pot, run } = await potOf(20)
    const { accepted, advanced } = await store.records.ingestPacked(fromText(net), [run])
    expect(accepted).toBe(21)
    expect(advanced).toMatchObject([{ length: 22 }])
    expect(store.records.lag).toEqual({ unindexed: 21, waiting: 0 })
    expect(await store.records.record(pot)).not.toBeNull()
    expect(await usedOf(pot)).toBe(200)
    expect(store.records.lag.unindexed).toBe(0)
  })

  it('is seen by whoever decides', async () => {
    const { net, founder, pot, run } = await potOf(5)
    await store.records.ingestPacked(fromText(net), [run])
    let seen: number | undefined
    await store.records.append(net, founder, async (view) => {
      seen = (await view.fold<PotState>('pot', pot))?.state.used
      return [openPot(1)]
    })
    expect(seen).toBe(50)
  })

  it('is indexed by the next start when the process ended before', async () => {
    const { net, pot, run } = await potOf(8)
    await store.records.ingestPacked(fromText(net), [run])
    expect(store.records.lag.unindexed).toBe(9)
    await store.close()
    store = await startTestStore({ ...world, dataDir: join(dir, 'postgres') })
    const [before] = (await store.database.query('select count(*)::int as n from unindexed')) as { n: number }[]
    expect(before!.n).toBeGreaterThan(0)
    await store.records.settled()
    expect(await usedOf(pot)).toBe(80)
    expect(await store.database.query('select used from pot where id = $1', [pot])).toEqual([{ used: 80 }])
    expect(await store.database.query('select * from unindexed')).toEqual([])
  })

  it('changes nothing when it comes again', async () => {
    const { net, run } = await potOf(3)
    await store.records.ingestPacked(fromText(net), [run])
    const digests = await store.records.digests()
    expect(await store.records.ingestPacked(fromText(net), [run])).toMatchObject({ accepted: 0, known: 4, refused: [] })
    expect(await store.records.digests()).toEqual(digests)
  })

  it('is suspended like everything else when a fork shows before it is indexed', async () => {
    const { net, member, identity, pot, run } = await potOf(4)
    await store.records.ingestPacked(fromText(net), [run])
    expect(store.records.lag.unindexed).toBe(5)
    const other = handMade(store, { net, author: member, seq: 1, prev: identity }, openPot(1), 9)
    const branch = PackedRun.of(fromText(member), 1, [other.stored])
    const { forks } = await store.records.ingestPacked(fromText(net), [branch])
    expect(forks).toHaveLength(1)
    await store.records.settled()
    expect(await store.records.record(pot)).toBeNull()
    expect(await store.database.query('select * from pot')).toEqual([])
    expect(await store.records.head(fromText(net), fromText(member))).toMatchObject({ length: 1, forked: true })
  })
})

describe('what waits for records of another log', () => {
  /** A record of the member that names one of the founder's. */
  async function pairOf() {
    const { net, founder, member, identity, admission } = await networkOfTwo(store, 1)
    const named = handMade(store, { net, author: founder, seq: 2, prev: admission }, openPot(1))
    const naming = handMade(store, { net, author: member, seq: 1, prev: identity }, { ...openPot(5), refs: [named.id] })
    const runOf = (author: string, from: number, { stored }: typeof named) =>
      PackedRun.of(fromText(author), from, [stored])
    return { net: fromText(net), naming: runOf(member, 1, naming), named: runOf(founder, 2, named) }
  }
  const staged = async () => (await store.database.query('select count(*)::int as n from staged')) as { n: number }[]

  it('waits in memory, and is accepted together with what it waited for', async () => {
    const { net, naming, named } = await pairOf()
    expect(await store.records.ingestPacked(net, [naming])).toMatchObject({ accepted: 0, staged: 0 })
    expect(store.records.lag.waiting).toBe(1)
    expect(await store.records.ingestPacked(net, [named])).toMatchObject({ accepted: 2 })
    expect(store.records.lag.waiting).toBe(0)
    expect(await staged()).toEqual([{ n: 0 }])
  })

  it('is staged when nothing more comes, and goes on from there', async () => {
    const { net, naming, named } = await pairOf()
    await store.records.ingestPacked(net, [naming])
    await store.records.settled()
    expect(store.records.lag.waiting).toBe(0)
    expect(await staged()).toEqual([{ n: 1 }])
    const { advanced } = await store.records.ingestPacked(net, [named])
    expect(advanced.map(({ length }) => length).sort()).toEqual([2, 3])
    expect(await staged()).toEqual([{ n: 0 }])
  })
})
