/** What the transport needs of a connection: an encrypted stream of Hyperswarm or HyperDHT, whose other end is known by its key. */
import type { Duplex } from 'node:stream'

export interface PeerStream extends Duplex {
  readonly isInitiator: boolean
  /** This end's Noise key, 32 bytes. */
  readonly publicKey: Uint8Array
  /** 64 bytes, the same at both ends and new for each connection: a signature over it proves a key for this one alone. */
  readonly handshakeHash: Uint8Array
  /** The other end's Noise key, 32 bytes, proved by the handshake. */
  readonly remotePublicKey: Uint8Array
}

/**
 * Where a server gets its streams from: calls `accept` for each that is open and each that opens, until the returned
 * function is called. Streams stay their owner's: the transport opens and closes its own channel on them.
 */
export type StreamSource = (accept: (stream: PeerStream) => void) => (() => void) | Promise<() => void>

/** A stream to call over, and what to do with it when it is no longer needed. */
export interface DialledStream {
  readonly stream: PeerStream
  release(): void
}

/** Makes, or finds, a stream to the server; rejects when there is none. Asked again after a stream was lost. */
export type Dial = () => Promise<DialledStream>
