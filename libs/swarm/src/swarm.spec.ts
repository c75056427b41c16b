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

  function node(options: Pick<SwarmOptions, 'seed' | 'isBanned' | 'limits'>) {
    const connections: Connection[] = []
    const waiting: ((connection: Connection) => void)[] = []
    const swarm = new Swarm({
      ...options,
      host: '127.0.0.1',
      bootstrap: [{ host: '127.0.0.1', port: dht.port }],
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
  })
})
