// What Mutuo uses of hyperswarm, which ships no types.
declare module 'hyperswarm' {
  import type { EventEmitter } from 'node:events'
  import type { Duplex } from 'node:stream'
  import type HyperDHT from 'hyperdht'

  /** An encrypted, framed stream to a peer: the Noise handshake is done when Hyperswarm hands it out. */
  export interface NoiseStream extends Duplex {
    readonly isInitiator: boolean
    /** This end's static Noise key, 32 bytes. */
    readonly publicKey: Uint8Array
    /** The remote static Noise key, 32 bytes. */
    readonly remotePublicKey: Uint8Array
    /** BLAKE2b-512 over the Noise transcript, 64 bytes: the same at both ends and different for each session. */
    readonly handshakeHash: Uint8Array
    /** The UDP stream below; the address is the peer's or, for relayed connections, the relay's. */
    readonly rawStream: { readonly remoteHost: string | null; readonly remotePort: number; readonly rtt: number }
    readonly rawBytesRead: number
    readonly rawBytesWritten: number
  }

  /** What Hyperswarm remembers about a peer. */
  export interface PeerInfo {
    readonly publicKey: Uint8Array
    /** Failed or ended connections in a row; above 3 no more are tried. */
    attempts: number
    ban(banned: boolean): void
  }

  /** One use of a topic. */
  export interface DiscoverySession {
    refresh(options?: { client?: boolean; server?: boolean }): Promise<unknown>
    flushed(): Promise<boolean>
    destroy(): Promise<void>
  }

  export interface HyperswarmOptions {
    seed?: Uint8Array
    dht?: HyperDHT
    maxPeers?: number
    /** Most outbound connections to peers found by topic; peers that were named are not counted. */
    maxClientConnections?: number
    maxParallel?: number
    /** Must answer at once; true refuses the peer before a connection is made. */
    firewall?(remotePublicKey: Uint8Array): boolean
    /** The key of a relay to connect through, or null. `isForced`: a direct connection failed. */
    relayThrough?(isForced: boolean, swarm: Hyperswarm): Uint8Array | null
  }

  export default class Hyperswarm extends EventEmitter {
    constructor(options?: HyperswarmOptions)
    readonly keyPair: { publicKey: Uint8Array; secretKey: Uint8Array }
    readonly dht: HyperDHT
    readonly destroyed: boolean
    readonly connections: ReadonlySet<NoiseStream>
    /** By public key in hex. */
    readonly peers: Map<string, PeerInfo>
    join(topic: Uint8Array, options?: { client?: boolean; server?: boolean }): DiscoverySession
    joinPeer(publicKey: Uint8Array): void
    leavePeer(publicKey: Uint8Array): void
    listen(): Promise<void>
    destroy(options?: { force?: boolean }): Promise<void>
    on(event: 'connection', listener: (stream: NoiseStream, info: PeerInfo) => void): this
    on(event: 'ban', listener: (info: PeerInfo, error: Error) => void): this
  }
}
