/** A NestJS microservice that is called over Hyperswarm: by peers that are named, and authorised, by their keys. */
import { type CustomTransportStrategy, RpcException, Server } from '@nestjs/microservices'
import { isObservable } from 'rxjs'
import { type Answering, isAsyncIterable } from './answering.shell.js'
import { type Authorisation, type Callee, Calling } from './calling.shell.js'
import type { PeerContext } from './context.js'
import type { PeerError } from './errors.js'
import { type TransportLimits, TRANSPORT_LIMITS } from './limits.js'
import { DEFAULT_PROTOCOL, onCaller } from './line.shell.js'
import type { PeerStream, StreamSource } from './streams.js'

export interface PeerServerOptions {
  /** Where connections come from. */
  streams: StreamSource
  /** Asked when a peer opens its channel, and again at `review`. What it throws refuses the peer. */
  authorise(remoteKey: Uint8Array): Authorisation | Promise<Authorisation>
  /** Whether a caller may use a pattern: true, or the message of the error that the call ends with. Default: all of them. */
  permits?(caller: unknown, pattern: string): true | string
  /** Tells servers that share their streams apart. Both ends must name the same. */
  protocol?: string
  limits?: Partial<TransportLimits>
}

/** What a server tells with `on`. */
export type PeerServerEvents = {
  /** A peer may call from now on. */
  open: (remoteKey: Uint8Array) => void
  refused: (remoteKey: Uint8Array, reason: string) => void
  /** A channel is closed, for this reason. */
  close: (remoteKey: Uint8Array, error: PeerError) => void
}

/** As Nest's own transports say it. */
const NO_HANDLER = 'There is no matching message handler defined in the remote service.'
const UNKNOWN_ERROR = { status: 'error', message: 'Internal server error' }

export class PeerServer extends Server<PeerServerEvents, 'listening' | 'closed'> implements CustomTransportStrategy {
  override transportId = Symbol('peers')
  private readonly callee: Callee
  private readonly callings = new Set<Calling>()
  private readonly unpairs = new Map<PeerStream, () => void>()
  private readonly listeners: { [Event in keyof PeerServerEvents]: Set<PeerServerEvents[Event]> } = {
    open: new Set(),
    refused: new Set(),
    close: new Set(),
  }
  private stopStreams: (() => void) | null = null

  constructor(private readonly options: PeerServerOptions) {
    super()
    this.callee = this.asCallee()
  }

  listen(callback: (error?: unknown) => void): void {
    Promise.resolve(this.options.streams((stream) => this.accept(stream))).then(
      (stop) => {
        this.stopStreams = stop
        this._status$.next('listening')
        callback()
      },
      (error: unknown) => callback(error),
    )
  }

  /** Ends all calls and takes no more. The streams stay open: they are their owner's. */
  close(): void {
    this.stopStreams?.()
    this.stopStreams = null
    for (const unpair of this.unpairs.values()) unpair()
    this.unpairs.clear()
    for (const calling of this.callings) calling.end()
    this._status$.next('closed')
  }

  /** Authorises every caller anew, since what it goes by has changed: who is refused now loses its channel and open calls. */
  async review(): Promise<void> {
    await Promise.all([...this.callings].map((calling) => calling.review()))
  }

  on<Event extends keyof PeerServerEvents = keyof PeerServerEvents>(
    event: Event,
    listener: PeerServerEvents[Event],
  ): void {
    this.listeners[event].add(listener)
  }

  /** The keys of the peers that may call now. */
  unwrap<T = Uint8Array[]>(): T {
    return [...this.callings].filter(({ isWelcome }) => isWelcome).map(({ remoteKey }) => remoteKey) as T
  }

  private accept(stream: PeerStream): void {
    const unpair = onCaller(stream, this.callee.protocol, () => {
      try {
        this.callings.add(new Calling(stream, this.callee))
      } catch (error) {
        this.logger.debug?.(error)
      }
    })
    this.unpairs.set(stream, unpair)
    stream.once('close', () => this.unpairs.delete(stream))
  }

  private asCallee(): Callee {
    const { options, listeners } = this
    return {
      protocol: options.protocol ?? DEFAULT_PROTOCOL,
      limits: { ...TRANSPORT_LIMITS, ...options.limits },
      authorise: async (remoteKey) => options.authorise(remoteKey),
      permits: (caller, pattern) => options.permits?.(caller, pattern) ?? true,
      call: (pattern, data, context, answering) => this.answer(pattern, data, context, answering),
      event: (pattern, data, context) => {
        this.handleEvent(pattern, { pattern, data }, context).catch((error: unknown) => this.logger.error(error))
      },
      errorFor: (error) => this.errorFor(error),
      opened: ({ remoteKey }) => listeners.open.forEach((listener) => listener(remoteKey)),
      refused: (remoteKey, reason) => listeners.refused.forEach((listener) => listener(remoteKey, reason)),
      closed: (calling, error) => {
        this.callings.delete(calling)
        listeners.close.forEach((listener) => listener(calling.remoteKey, error))
      },
    }
  }

  private answer(pattern: string, data: unknown, context: PeerContext, answering: Answering): void {
    // A client sends patterns as they are registered; to look for others costs an exception each time.
    const handler = this.messageHandlers.get(pattern) ?? this.getHandlerByPattern(pattern)
    if (!handler) return answering.fail(NO_HANDLER)
    this.runWithProcessingHooks(context, async (runEndHook) => {
      answering.whenOver(runEndHook)
      try {
        const result: unknown = await handler(data, context)
        if (isObservable(result) || isAsyncIterable(result)) answering.stream(result)
        else answering.one(result)
      } catch (error) {
        answering.fail(this.errorFor(error))
      }
    })
  }

  /** What a caller learns of an error that no exception filter of Nest has seen. */
  private errorFor(error: unknown): unknown {
    if (!(error instanceof RpcException)) {
      this.logger.error(error)
      return UNKNOWN_ERROR
    }
    const said = error.getError()
    return typeof said === 'object' ? said : { status: 'error', message: said }
  }
}
