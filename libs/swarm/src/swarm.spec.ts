import type { Connection } from './connection.shell.js'
import { DhtNode } from './dht-node.shell.js'
import { Swarm, type SwarmOptions } from './swarm.shell.js'

const PROTOCOL = 'test/echo'
const topic = new Uint8Array(32).fill(7)
const seed = (byte: number) => new Uint8Array(32).fill(byte)

describe('a swarm on a private DHT', () => {
  let dht: DhtNode
  const swarms: Swarm[] = []

  beforeEach(async () => {
    dht = await DhtNode.start({ host: '127.0.0.1' })
  })

  afterEach(async () => {
    await Promise.all(swarms.splice(0).map((swarm) => swarm.destroy()))
    await dht.stop()
  })

  function node(options: Omit<SwarmOptions, 'host' | 'bootstrap' | 'onConnection'>, port = dht.port) {
    const connections: Connection[] = []
    const waiting: ((connection: Connection) => void)[] = []
    const swarm = new Swarm({
      ...options,
      host: '127.0.0.1',
      bootstrap: [{ host: '127.0.0.1', port }],
      onConnection: (connection) => {
        connections.push(connection)
        waiting.shift()?.(connection)
      },
    })
    swarms.push(swarm)
    const next = () => new Promise<Connection>((resolve) => waiting.push(resolve))
    return { swarm, connections, next }
  }

  it('brings two nodes of one topic together that start at the same moment', async () => {
    const one = node({ seed: seed(1) })
    const other = node({ seed: seed(2) })
    const met = Promise.all([one.next(), other.next()])
    one.swarm.join(topic)
    other.swarm.join(topic)
    const [left, right] = await met
    expect(left.remoteKey).toEqual(other.swarm.publicKey)
    expect(right.remoteKey).toEqual(one.swarm.publicKey)
    expect(left.address.host).toBe('127.0.0.1')
  })

  it('brings nodes together that start from different nodes of one DHT', async () => {
    const second = await DhtNode.start({ host: '127.0.0.1', bootstrap: [{ host: '127.0.0.1', port: dht.port }] })
    try {
      const one = node({ seed: seed(1) })
      const other = node({ seed: seed(2) }, second.port)
      const met = Promise.all([one.next(), other.next()])
      one.swarm.join(topic)
      other.swarm.join(topic)
      expect((await met)[0].remoteKey).toEqual(other.swarm.publicKey)
    } finally {
      await Promise.all(swarms.splice(0).map((swarm) => swarm.destroy()))
      await second.stop()
    }
  })

  it('carries a channel’s bytes both ways, in order', async () => {
    const one = node({ seed: seed(1) })
    const other = node({ seed: seed(2) })
    const met = Promise.all([one.next(), other.next()])
    await other.swarm.listen()
    one.swarm.dial(other.swarm.publicKey)
    const [left, right] = await met
    expect(left.handshakeHash).toEqual(right.handshakeHash)
    expect([left.isInitiator, right.isInitiator]).toEqual([true, false])
    const heard: number[] = []
    const done = new Promise<void>((resolve) => {
      left
        .openChannel(PROTOCOL, {
          onBytes: (bytes) => {
            heard.push(...bytes)
            if (heard.length === 3) resolve()
          },
          onClose: () => undefined,
        })!
        .send(Uint8Array.of(1, 2, 3))
    })
    const echo = right.openChannel(PROTOCOL, {
      onBytes: (bytes) => bytes.forEach((byte) => echo.send(Uint8Array.of(byte))),
      onClose: () => undefined,
    })!
    await done
    expect(heard).toEqual([1, 2, 3])
  })

  it('dials a named peer again when it comes back', async () => {
    const one = node({ seed: seed(1) })
    const first = node({ seed: seed(2) })
    const met = one.next()
    await first.swarm.listen()
    one.swarm.dial(first.swarm.publicKey)
    const gone = new Promise<void>((resolve) => void met.then((connection) => connection.onClose(resolve)))
    await met
    await first.swarm.destroy()
    await gone
    const back = node({ seed: seed(2) })
    const again = one.next()
    await back.swarm.listen()
    expect((await again).remoteKey).toEqual(back.swarm.publicKey)
  })

  it('refuses a banned key for as long as it is banned', async () => {
    let banned = true
    const one = node({ seed: seed(1), isBanned: () => banned })
    const other = node({ seed: seed(2) })
    await one.swarm.listen()
    other.swarm.dial(one.swarm.publicKey)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(one.connections).toHaveLength(0)
    expect(one.swarm.counts.get('banned')).toBeGreaterThan(0)
    expect(one.swarm.figures().remembered).toBe(0)
    banned = false
    await one.next()
    expect(one.connections).toHaveLength(1)
  })

  it('keeps no more inbound connections than it may', async () => {
    const one = node({ seed: seed(1), limits: { inbound: 2 } })
    await one.swarm.listen()
    const others = [2, 3, 4, 5].map((byte) => node({ seed: seed(byte) }))
    for (const { swarm } of others) swarm.dial(one.swarm.publicKey)
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    expect(one.swarm.size).toBe(2)
    expect(one.swarm.figures()).toMatchObject({ inbound: 2, outbound: 0, handshakes: 2 })
    expect(one.swarm.counts.get('evicted')).toBeGreaterThan(0)
  })

  it('gives a favoured peer the place of another when all are taken', async () => {
    const favoured = node({ seed: seed(9) })
    const isFavoured = (key: Uint8Array) => Buffer.compare(key, favoured.swarm.publicKey) === 0
    const one = node({ seed: seed(1), limits: { inbound: 2, favoured: 1, handshakes: 9 }, isFavoured })
    await one.swarm.listen()
    for (const byte of [2, 3]) {
      const came = one.next()
      node({ seed: seed(byte) }).swarm.dial(one.swarm.publicKey)
      await came
    }
    const came = one.next()
    favoured.swarm.dial(one.swarm.publicKey)
    expect((await came).remoteKey).toEqual(favoured.swarm.publicKey)
    expect(one.swarm.figures()).toMatchObject({ inbound: 2, favoured: 1 })
    expect(one.swarm.counts.get('evicted')).toBe(1)
  })

  it('knows how much waits to be sent to a peer that does not read', async () => {
    const one = node({ seed: seed(1) })
    const other = node({ seed: seed(2) })
    const met = Promise.all([one.next(), other.next()])
    await other.swarm.listen()
    one.swarm.dial(other.swarm.publicKey)
    const [left, right] = await met
    let read = 0
    right.openChannel(PROTOCOL, { onBytes: (bytes) => (read += bytes.length), onClose: () => undefined })
    const drained = new Promise<void>((resolve) => {
      const channel = left.openChannel(PROTOCOL, {
        onOpen: () => {
          right.pause()
          for (let i = 0; i < 64; i++) channel.send(new Uint8Array(100_000))
          expect(left.unsentBytes).toBeGreaterThan(4_194_304)
          setTimeout(() => {
            expect(read).toBeLessThan(6_400_000)
            right.resume()
          }, 200)
        },
        onBytes: () => undefined,
        onDrain: resolve,
        onClose: () => undefined,
      })!
    })
    await drained
    expect(left.unsentBytes).toBe(0)
  })

  it('dials no more named peers at once than half its outbound places', async () => {
    const named = [2, 3, 4].map((byte) => node({ seed: seed(byte) }))
    await Promise.all(named.map(({ swarm }) => swarm.listen()))
    const one = node({ seed: seed(1), limits: { outbound: 4 } })
    for (const { swarm } of named) one.swarm.dial(swarm.publicKey)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(one.swarm.figures().outbound).toBe(2)
  })

  it('connects two nodes through a third when they can’t reach each other directly', async () => {
    const relay = node({ seed: seed(3) })
    await relay.swarm.listen()
    const key = await relay.swarm.offerRelay(4)
    const [one, other] = [1, 2].map((byte) => node({ seed: seed(byte), relays: () => [key], relayAlways: true }))
    await other!.swarm.listen()
    const met = Promise.all([one!.next(), other!.next()])
    one!.swarm.dial(other!.swarm.publicKey)
    const [left, right] = await met
    const heard = new Promise<Uint8Array>((resolve) => {
      right.openChannel(PROTOCOL, { onBytes: resolve, onClose: () => undefined })
    })
    left.openChannel(PROTOCOL, { onBytes: () => undefined, onClose: () => undefined })!.send(Uint8Array.of(7))
    expect(await heard).toEqual(Uint8Array.of(7))
    expect(relay.swarm.relayed).toBe(2)
    expect(relay.connections).toHaveLength(0)
  })
})
