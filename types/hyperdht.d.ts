// What Mutuo uses of hyperdht, which ships no types.
declare module 'hyperdht' {
  import type { EventEmitter } from 'node:events'
  import type { NoiseStream } from 'hyperswarm'

  export interface DhtAddress {
    host: string
    port: number
  }

  export interface DhtOptions {
    /** Nodes to start from: `host:port` or both. Absent: the public ones. Empty: none, as the first node of a DHT has. */
    bootstrap?: (string | DhtAddress)[]
    /** The address that sockets are bound to. Default 0.0.0.0. */
    host?: string
    port?: number
    /** False: always routes for others; true: never; absent: once it proves stable and reachable. */
    ephemeral?: boolean
    firewalled?: boolean
    /** False: fails when the port is taken, instead of taking another one. */
    anyPort?: boolean
  }

  export default class HyperDHT extends EventEmitter {
    constructor(options?: DhtOptions)
    /** A node that knows where it is reached, so that it can be the first of a DHT. IPv4 only; the port is not 0. */
    static bootstrapper(port: number, host: string, options?: DhtOptions): HyperDHT
    static keyPair(seed?: Uint8Array): { publicKey: Uint8Array; secretKey: Uint8Array }
    /** Resolves when this node has looked up its own neighbourhood. */
    fullyBootstrapped(): Promise<void>
    address(): DhtAddress
    /** Emits `open` once the handshake is done, `error` when there is none. */
    connect(remoteKey: Uint8Array, options: { keyPair: { publicKey: Uint8Array; secretKey: Uint8Array } }): NoiseStream
    destroy(options?: { force?: boolean }): Promise<void>
  }
}
