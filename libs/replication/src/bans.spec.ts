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

  it('a ban goes when there are more than may be, the oldest first', async () => {
    const bans = new Bans(store.database, store.clock)
    await bans.load({ banMs: 1_000, bans: 3 })
    for (const byte of [51, 52, 53, 54]) await bans.ban(keyOf(byte), 'frame_oversize')
    expect([51, 52, 53, 54].map((byte) => bans.isBanned(keyOf(byte)))).toEqual([false, true, true, true])
    const again = new Bans(store.database, store.clock)
    await again.load()
    expect(again.isBanned(keyOf(51))).toBe(false)
    store.clock.advance(1_000)
    expect(bans.isBanned(keyOf(54))).toBe(false)
  })

  it('of the members that were met the last 8', async () => {
    const known = new KnownPeers(store.database, store.clock)
    const net = keyOf(9)
    for (let byte = 10; byte < 22; byte++) {
      store.clock.advance(1_000)
      await known.remember(net, keyOf(byte), keyOf(byte + 100))
    }
    expect(await keysOf(known, net)).toEqual([21, 20, 19, 18, 17, 16, 15, 14])
    expect(await keysOf(known, keyOf(8))).toEqual([])
  })

  it('those that gave something new stay, however many come after them', async () => {
    const known = new KnownPeers(store.database, store.clock)
    const net = keyOf(8)
    for (const byte of [30, 31]) await known.remember(net, keyOf(byte), keyOf(byte + 100))
    await known.gave(net, keyOf(30))
    for (let byte = 32; byte < 50; byte++) {
      store.clock.advance(1_000)
      await known.remember(net, keyOf(byte), keyOf(byte + 100))
    }
    expect(await keysOf(known, net)).toEqual([30, 49, 48, 47, 46, 45, 44, 43])
  })

  it('one node of a member, which takes over what the one before it gave', async () => {
    const known = new KnownPeers(store.database, store.clock)
    const net = keyOf(7)
    await known.remember(net, keyOf(60), keyOf(1))
    await known.gave(net, keyOf(60))
    await known.remember(net, keyOf(61), keyOf(2))
    for (let byte = 62; byte < 80; byte++) await known.remember(net, keyOf(byte), keyOf(1))
    expect(await keysOf(known, net)).toEqual([79, 61])
  })

  async function keysOf(known: KnownPeers, net: Uint8Array): Promise<number[]> {
    return (await known.known(net)).map(({ key }) => key[0]!)
  }
})
