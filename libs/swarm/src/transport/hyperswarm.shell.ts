// Streams from Hyperswarm and HyperDHT.

import HyperDHT, { type DhtAddress } from 'hyperdht'
import type { PeerStream, Dial, StreamSource } from './streams.js'

/** What is used of a Hyperswarm instance. */
export interface StreamEmitter {
  readonly connections: Iterable<PeerStream>
  on(event: 'connection', listener: (stream: PeerStream) => void): unknown
  off(event: 'connection', listener: (stream: PeerStream) => void): unknown
}

/** Every connection of a Hyperswarm. */
export function streamsOf(swarm: StreamEmitter): StreamSource {
  return (accept) => {
    swarm.on('connection', accept)
    for (const stream of swarm.connections) accept(stream)
    return () => void swarm.off('connection', accept)
  }
}

export interface DialOptions {
  /** The server's Noise key, 32 bytes. */
  remoteKey: Uint8Array
  /** 32 bytes: this end's Noise key pair is derived from it. */
  seed: Uint8Array
  /** DHT nodes to start from. Absent: the public DHT. */
  bootstrap?: DhtAddress[]
  /** The address that sockets are bound to. Must be 127.0.0.1 for a DHT on loopback. */
  host?: string
}

/** Finds a server by its key over a DHT. `destroy` it in the end, or the process goes on. */
export class Dialler {
  private readonly dht: HyperDHT

  constructor(private readonly options: DialOptions) {
    const { bootstrap, host } = options
    this.dht = new HyperDHT({
      ...(bootstrap && { bootstrap }),
      ...(host !== undefined && { host }),
      ...(host === '127.0.0.1' && { firewalled: false }),
    })
  }

  /** The key that the server will see. */
  static publicKey(seed: Uint8Array): Uint8Array {
    return new Uint8Array(HyperDHT.keyPair(seed).publicKey)
  }

  readonly dial: Dial = () => {
    const { remoteKey, seed } = this.options
    const stream = this.dht.connect(remoteKey, { keyPair: HyperDHT.keyPair(seed) })
    return new Promise((resolve, reject) => {
      let failure: Error | null = null
      stream.on('error', (error: Error) => (failure = error))
      stream.once('open', () => resolve({ stream, release: () => void stream.destroy() }))
      stream.once('close', () => reject(failure ?? new Error('closed before it opened')))
    })
  }

  async destroy(): Promise<void> {
    await this.dht.destroy({ force: true })
  }
}
