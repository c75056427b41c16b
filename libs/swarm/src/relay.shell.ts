// A relay: carries the encrypted bytes of two nodes that can't reach each other directly, as it happens when both are behind
// symmetric NATs. It sees who talks to whom and how much, and nothing else.

import blindRelay, { type BlindRelayServer } from 'blind-relay'
import HyperDHT, { type ConnectOptions, type DhtServer, type ServerOptions } from 'hyperdht'
import type { NoiseStream } from 'hyperswarm'
import { createHash } from 'node:crypto'

/** A relay on a node's own DHT node, under a key of its own: its callers are not the node's peers. */
export class Relay {
  private constructor(
    /** What others name to be relayed, 32 bytes. */
    readonly key: Uint8Array,
    private readonly server: DhtServer,
    private readonly relay: BlindRelayServer,
  ) {}

  /** `seed`: the node's own, 32 bytes. More than `most` callers at a time are turned away. */
  static async start(dht: HyperDHT, seed: Uint8Array, most: number): Promise<Relay> {
    const keyPair = HyperDHT.keyPair(createHash('sha256').update('mutuo/relay').update(seed).digest())
    const relay = new blindRelay.Server({
      createStream: (options) => dht.createRawStream({ ...options, framed: true }),
    })
    const server = dht.createServer({}, (stream) => {
      stream.on('error', () => undefined)
      if ([...relay.sessions].length >= most) return void stream.destroy()
      relay.accept(stream, { id: stream.remotePublicKey }).on('error', () => undefined)
    })
    await server.listen(keyPair)
    return new Relay(new Uint8Array(keyPair.publicKey), server, relay)
  }

  /** Callers at the moment. */
  get sessions(): number {
    return [...this.relay.sessions].length
  }

  async stop(): Promise<void> {
    await this.server.close().catch(() => undefined)
    await this.relay.close().catch(() => undefined)
  }
}

/** A DHT node that makes and takes no direct connection, where relays are the only way or addresses are not to be shown. */
export class RelayedDht extends HyperDHT {
  override connect(remoteKey: Uint8Array, options: ConnectOptions): NoiseStream {
    return super.connect(remoteKey, { ...options, localConnection: false, fastOpen: false })
  }

  override createServer(options: ServerOptions, onConnection: (stream: NoiseStream) => void): DhtServer {
    return super.createServer({ ...options, holepunch: () => false, shareLocalAddress: false }, onConnection)
  }
}
