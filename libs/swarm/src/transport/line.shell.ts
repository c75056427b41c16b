// One channel of the transport on a stream: messages in, messages out, in order; what it can't send yet waits, within bounds.

import Protomux, { type MuxChannel, type MuxMessage } from 'protomux'
import { PeerError } from './errors.js'
import type { TransportLimits } from './limits.js'
import { Assembler, piecesOf } from './pieces.js'
import type { PeerStream } from './streams.js'
import { decodeWire, encodeWire, type WireMessage } from './wire.js'

export const DEFAULT_PROTOCOL = 'nestjs-microservices'

export interface LineHandlers {
  /** Both ends have opened it. */
  onOpen(): void
  /** What it throws as a PeerError closes the line, as the other end's fault. */
  onMessage(message: WireMessage, bytes: number): void
  /** What had to wait has left. */
  onDrain(): void
  /** Once: by either end, with the stream, or for a fault. */
  onClose(error: PeerError): void
}

/** Which of a stream's two ends calls over a channel: each direction has a channel of its own. */
const channelOf = (protocol: string, stream: PeerStream, as: 'client' | 'server') => ({
  protocol,
  id: Uint8Array.of((as === 'client') === stream.isInitiator ? 1 : 0),
})

/** Tells a server of the channels that the other end of a stream opens, until the returned function is called. */
export function onCaller(stream: PeerStream, protocol: string, notify: () => void): () => void {
  const mux = Protomux.from(stream)
  const channel = channelOf(protocol, stream, 'server')
  mux.pair(channel, notify)
  return () => mux.unpair(channel)
}

export class Line {
  private readonly channel: MuxChannel
  private readonly outlet: MuxMessage
  private readonly assembler: Assembler
  /** Messages that wait to be sent, and pieces that the stream had no room for. */
  private waiting: Uint8Array[] = []
  private pieces: Uint8Array[] = []
  private unsentBytes = 0
  private isFlushing = false
  private isOpen = false
  private isClosed = false
  /** The longest message that the other end takes, once it has said so. */
  remoteMaxBytes = Infinity

  private constructor(
    channel: (handlers: { onopen(): void; onclose(): void; ondrain(): void }) => MuxChannel | null,
    private readonly limits: TransportLimits,
    private readonly handlers: LineHandlers,
  ) {
    const made = channel({
      onopen: () => this.opened(),
      onclose: () => this.closed(new PeerError('peer_gone')),
      ondrain: () => this.flush(),
    })
    if (!made) throw new PeerError('peer_gone', 'the stream is gone, or has such a channel already')
    this.channel = made
    this.assembler = new Assembler(limits.maxMessageBytes)
    this.outlet = made.addMessage({ onmessage: (piece) => this.heard(piece) })
    made.open()
  }

  /** Opens the channel of one end. Throws `peer_gone` when the stream is closed, or this end has it open already. */
  static open(
    stream: PeerStream,
    options: { protocol: string; as: 'client' | 'server'; limits: TransportLimits },
    handlers: LineHandlers,
  ): Line {
    const mux = Protomux.from(stream)
    const names = channelOf(options.protocol, stream, options.as)
    return new Line((events) => mux.createChannel({ ...names, ...events }), options.limits, handlers)
  }

  /** Whether what is sent now would have to wait. */
  get isFull(): boolean {
    return this.pieces.length > 0
  }

  /**
   * Sends what is encoded; the bytes leave at the end of this turn of the event loop, together with what else is sent in it. Throws
   * `message_too_large` when the other end would not take it. A line whose other end does not read is closed.
   */
  send(message: WireMessage): void {
    this.sendEncoded(encodeWire(message))
  }

  /** As `send`, of a message that is encoded already. */
  sendEncoded(bytes: Uint8Array): void {
    if (this.isClosed) return
    if (bytes.length > this.remoteMaxBytes)
      throw new PeerError('message_too_large', `a message of ${bytes.length} bytes`)
    this.waiting.push(bytes)
    this.unsentBytes += bytes.length
    if (this.unsentBytes > this.limits.maxUnsentBytes) return this.fail(new PeerError('peer_gone', 'it does not read'))
    this.flushSoon()
  }

  /** Lets what was sent leave, then closes. */
  close(): void {
    if (this.isClosed) return
    this.flush(true)
    this.end(new PeerError('client_closed'))
  }

  /** Closes at once. */
  fail(error: PeerError): void {
    if (!this.isClosed) this.end(error)
  }

  private opened(): void {
    this.isOpen = true
    this.handlers.onOpen()
    this.flushSoon()
  }

  private heard(piece: Uint8Array): void {
    try {
      for (const bytes of this.assembler.push(piece)) {
        if (this.isClosed) return
        const message = decodeWire(bytes)
        if (message) this.handlers.onMessage(message, bytes.length)
      }
    } catch (error) {
      // Protomux would end the whole stream, which carries others' channels, too.
      this.fail(error instanceof PeerError ? error : new PeerError('protocol_broken', String(error)))
    }
  }

  private flushSoon(): void {
    if (this.isFlushing || !this.isOpen) return
    this.isFlushing = true
    setImmediate(() => {
      this.isFlushing = false
      this.flush()
    })
  }

  private flush(isLast = false): void {
    if (this.isClosed || !this.isOpen) return
    if (this.pieces.length === 0 || isLast) {
      this.pieces.push(...piecesOf(this.waiting))
      this.waiting = []
    }
    let sent = 0
    while (sent < this.pieces.length) {
      const hasRoom = this.outlet.send(this.pieces[sent++]!)
      if (!hasRoom && !isLast) break
    }
    this.pieces.splice(0, sent)
    if (this.pieces.length > 0) return
    this.unsentBytes = this.waiting.reduce((sum, { length }) => sum + length, 0)
    if (this.waiting.length > 0) this.flushSoon()
    else if (sent > 0) this.handlers.onDrain()
  }

  private end(error: PeerError): void {
    this.closed(error)
    this.channel.close()
  }

  private closed(error: PeerError): void {
    if (this.isClosed) return
    this.isClosed = true
    this.waiting = []
    this.pieces = []
    this.handlers.onClose(error)
  }
}
