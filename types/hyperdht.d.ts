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

  export interface ConnectOptions {
    keyPair: { publicKey: Uint8Array; secretKey: Uint8Array }
    /** False: no short cut within a local network. */
    localConnection?: boolean
    /** False: nothing is sent to the other side before it has agreed how to connect. */
    fastOpen?: boolean
  }

  export interface ServerOptions {
    /** Whether a direct path is looked for. */
    holepunch?(): boolean
    shareLocalAddress?: boolean
  }

  /** Takes connections under one key. */
  export interface DhtServer {
    listen(keyPair: { publicKey: Uint8Array; secretKey: Uint8Array }): Promise<void>
    close(): Promise<void>
  }

  export default class HyperDHT extends EventEmitter {
    constructor(options?: DhtOptions)
    /** A node that knows where it is reached, so that it can be the first of a DHT. IPv4 only; the port is not 0. */
    static bootstrapper(port: number, host: string, options?: DhtOptions): HyperDHT
    static keyPair(seed?: Uint8Array): { publicKey: Uint8Array; secretKey: Uint8Array }
    /** Resolves when this node has looked up its own neighbourhood. */
    fullyBootstrapped(): Promise<void>
    address(): DhtAddress
    /** Whether the NAT in front gives each destination another port: then no hole can be punched from both ends. */
    readonly randomized: boolean
    createServer(options: ServerOptions, onConnection: (stream: NoiseStream) => void): DhtServer
    /** A raw UDX stream; what a relay carries is framed. */
    createRawStream(options: object): unknown
    /** Emits `open` once the handshake is done, `error` when there is none. */
    connect(remoteKey: Uint8Array, options: ConnectOptions): NoiseStream
    destroy(options?: { force?: boolean }): Promise<void>
  }
}
