import { refusalOf, rowsOf, write } from './conversation.fixture.js'
import { openPot, potProjection, potRules, Pots1790000000100 } from './pots.fixture.js'
import type { Projection } from './ports.js'
import { startTestStore, type TestStore } from './testing.shell.js'

const broken = new Set<string>()
/** Writes pots, but throws on some of them. */
const brittle: Projection = {
  ...potProjection,
  async project(manager, subjects) {
    if (subjects.some(({ subject }) => broken.has(subject))) throw new Error('a fault in a projection')
    await potProjection.project(manager, subjects)
  },
}
let store: TestStore

beforeAll(async () => {
  store = await startTestStore({ features: [potRules], projections: [brittle], migrations: [Pots1790000000100] })
})
afterAll(async () => {
  await store?.close()
})

describe('a fault in one subject', () => {
  it('does not stop the projection of others, and is made good when it is gone', async () => {
    const { net, author } = await store.createNetwork(1)
    const [pot] = await write(store, net, author, openPot(1))
    broken.add(pot!.id)
    await store.database.query(
      `insert into dirty_subject (subject, type, rank) select id, type, rank from subject where type = 'pot'`,
    )
    const others = await Promise.all([2, 3, 4].map((capacity) => write(store, net, author, openPot(capacity))))
    for (const [other] of others) expect(await rowsOf(store, 'pot', other!.id)).toHaveLength(1)
    await expect(store.records.settled()).rejects.toThrow('a fault in a projection')
    expect(refusalOf(await store.records.append(net, author, () => [openPot(5)]))).toBeUndefined()
    broken.clear()
    await store.database.query(`update pot set capacity = 7 where id = $1`, [pot!.id])
    await store.records.wakeDelayed()
    await store.records.settled()
    expect(await rowsOf(store, 'pot', pot!.id)).toEqual([{ id: pot!.id, capacity: 1, used: 0 }])
  })
})
