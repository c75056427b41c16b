import { startTestStore, type TestStore } from '#libs/store'
import { Bans } from './bans.service.js'
import { KnownPeers } from './known-peers.service.js'
import { replicationMigrations } from './index.js'

describe('what is remembered of peers', () => {
  let store: TestStore
  const keyOf = (byte: number) => new Uint8Array(32).fill(byte)

  beforeAll(async () => {
    store = await startTestStore({ features: [], migrations: replicationMigrations })
  })

  afterAll(() => store?.close())

  it('a ban lasts 24 hours, over a restart', async () => {
    const bans = new Bans(store.database, store.clock)
    await bans.ban(keyOf(1), 'frame_oversize')
    expect(bans.isBanned(keyOf(1))).toBe(true)
    expect(bans.isBanned(keyOf(2))).toBe(false)
    const again = new Bans(store.database, store.clock)
    await again.load()
    const untilMs = store.clock.now() + 86_400_000
    expect(again.list()).toEqual([{ key: keyOf(1), reason: 'frame_oversize', untilMs }])
    store.clock.advance(86_400_000)
    expect(again.isBanned(keyOf(1))).toBe(false)
    expect(again.list()).toEqual([])
  })

  it('a ban ends when an operator ends it', async () => {
    const bans = new Bans(store.database, store.clock)
    await bans.ban(keyOf(3), 'fork_forged')
    await bans.unban(keyOf(3))
    expect(bans.isBanned(keyOf(3))).toBe(false)
    const again = new Bans(store.database, store.clock)
    await again.load()
    expect(again.isBanned(keyOf(3))).toBe(false)
  })

  it('of the members that were met the last 8', async () => {
    const known = new KnownPeers(store.database, store.clock)
    const net = keyOf(9)
    for (let byte = 10; byte < 22; byte++) {
      store.clock.advance(1_000)
      await known.remember(net, keyOf(byte), keyOf(byte + 100))
    }
    expect(await known.recent(net)).toEqual([21, 20, 19, 18, 17, 16, 15, 14].map(keyOf))
    expect(await known.recent(keyOf(8))).toEqual([])
  })
})
