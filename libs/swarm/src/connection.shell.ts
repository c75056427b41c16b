// One encrypted connection with a peer, on which protocols open channels of their own.

import Protomux from 'protomux'
import type { NoiseStream } from 'hyperswarm'

/** What a protocol does with its channel. */
export interface ChannelHandlers {
  /** Both ends speak the protocol from now on. */
  onOpen?(): void
  onBytes(bytes: Uint8Array): void
  /** What was sent has left; more may follow. */
  onDrain?(): void
  onClose(): void
}

/** A protocol's own bytes on a shared connection, in order, both ways. */
export interface Channel {
  /** False when the connection's buffer is full: wait for `onDrain` before sending much more. */
  send(bytes: Uint8Array): boolean
  close(): void
}

/** Time for the last bytes to leave before a closing connection is cut, in ms. */
const LINGER_MS = 1_000

/** A connection with a peer whose Noise key is proved by the handshake. */
export class Connection {
  /** The peer's Noise key, 32 bytes. */
  readonly remoteKey: Uint8Array
  /** 64 bytes, the same at both ends and new for each connection. */
  readonly handshakeHash: Uint8Array
  /** Whether this node made the connection. */
  readonly isInitiator: boolean
  readonly address: { host: string; port: number }
  /** Whether the peer has said an acceptable hello. */
  isProven = false
  /** A witness, or a counterparty of whoever is at home here: it has places of its own. */
  isFavoured = false
  /** What it is judged by when places are scarce; ms of `performance.now()`. */
  readonly connectedAtMs = performance.now()
  roundTripMs: number | null = null
  gaveAtMs: number | null = null
  /** Bytes that wait to be sent, at most: what left since the last full buffer is not known before it drains. */
  unsentBytes = 0
  /** Whether any channel was ever opened by both ends. */
  isInUse = false
  private readonly mux: Protomux

  constructor(readonly stream: NoiseStream) {
    this.remoteKey = new Uint8Array(stream.remotePublicKey)
    this.handshakeHash = new Uint8Array(stream.handshakeHash)
    this.isInitiator = stream.isInitiator
    this.address = { host: stream.rawStream.remoteHost ?? '', port: stream.rawStream.remotePort }
    this.mux = Protomux.from(stream)
  }

  /** The peer is who it must be: its place no longer counts as a handshake. */
  proven(isFavoured = false): void {
    this.isProven = true
    this.isFavoured ||= isFavoured
  }

  /** How long it takes to answer, and when it last gave a record that was new here and valid. */
  judge({ roundTripMs, gaveAtMs }: { roundTripMs: number | null; gaveAtMs: number | null }): void {
    this.roundTripMs = roundTripMs
    this.gaveAtMs = gaveAtMs
  }

  /** Bytes on the wire, Noise's own included. */
  get traffic(): { bytesIn: number; bytesOut: number } {
    return { bytesIn: this.stream.rawBytesRead, bytesOut: this.stream.rawBytesWritten }
  }

  /**
   * Opens a protocol's channel; null when the connection is gone or the channel is open already. `id` tells channels of one
   * protocol apart.
   */
  openChannel(protocol: string, handlers: ChannelHandlers, id: Uint8Array | null = null): Channel | null {
    const channel = this.mux.createChannel({
      protocol,
      id,
      onopen: () => {
        this.isInUse = true
        handlers.onOpen?.()
      },
      ondrain: () => {
        this.unsentBytes = 0
        handlers.onDrain?.()
      },
      onclose: () => handlers.onClose(),
    })
    if (!channel) return null
    const message = channel.addMessage({ onmessage: (bytes) => handlers.onBytes(bytes) })
    channel.open()
    const send = (bytes: Uint8Array) => {
      const isTaken = message.send(bytes)
      this.unsentBytes = isTaken ? 0 : this.unsentBytes + bytes.length
      return isTaken
    }
    return { send, close: () => channel.close() }
  }

  /** Reads nothing more from the peer until `resume`. */
  pause(): void {
    this.stream.pause()
  }

  resume(): void {
    this.stream.resume()
  }

  /** Lets what was sent leave, then ends the connection. */
  close(): void {
    this.stream.end()
    const cut = setTimeout(() => this.stream.destroy(), LINGER_MS)
    cut.unref()
    this.stream.once('close', () => clearTimeout(cut))
  }

  onClose(listener: () => void): void {
    this.stream.once('close', listener)
  }
}
