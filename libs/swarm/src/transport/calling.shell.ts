// The server's end of one channel: who calls is authorised first, then its calls are answered until it leaves.

import { Answering } from './answering.shell.js'
import { PeerContext } from './context.js'
import { PeerError } from './errors.js'
import type { TransportLimits } from './limits.js'
import { Line } from './line.shell.js'
import type { PeerStream } from './streams.js'
import { VERSIONS, type WireMessage } from './wire.js'

/** Whether a peer may call. `as` is anything that handlers shall know of it; `refused` is told to the peer. */
export type Authorisation = { readonly allowed: true; readonly as?: unknown } | { readonly refused: string }

/** What a channel needs of its server. */
export interface Callee {
  readonly protocol: string
  readonly limits: TransportLimits
  authorise(remoteKey: Uint8Array): Promise<Authorisation>
  permits(caller: unknown, pattern: string): true | string
  call(pattern: string, data: unknown, context: PeerContext, answering: Answering): void
  event(pattern: string, data: unknown, context: PeerContext): void
  errorFor(error: unknown): unknown
  opened(calling: Calling): void
  refused(remoteKey: Uint8Array, reason: string): void
  closed(calling: Calling, error: PeerError): void
}

/** How long a caller may take to say hello once its channel is open, in ms. */
const HELLO_MS = 10_000

export class Calling {
  readonly remoteKey: Uint8Array
  private readonly line: Line
  private readonly calls = new Map<number, Answering>()
  private readonly late: NodeJS.Timeout
  private state: 'new' | 'asking' | 'welcome' | 'closed' = 'new'
  private caller: unknown = undefined
  private windowBytes = 0

  constructor(
    private readonly stream: PeerStream,
    private readonly callee: Callee,
  ) {
    const { protocol, limits } = callee
    this.remoteKey = new Uint8Array(stream.remotePublicKey)
    this.late = setTimeout(() => this.line.fail(new PeerError('protocol_broken', 'no hello')), HELLO_MS)
    this.late.unref()
    this.line = Line.open(
      stream,
      { protocol, limits, as: 'server' },
      {
        onOpen: () => undefined,
        onMessage: (message) => this.heard(message),
        onDrain: () => this.calls.forEach((call) => call.goOn()),
        onClose: (error) => this.closed(error),
      },
    )
  }

  /** Whether it was authorised. */
  get isWelcome(): boolean {
    return this.state === 'welcome'
  }

  end(): void {
    this.line.close()
  }

  /** Asks again whether it may call; if not, it is told why, and its channel closes. */
  async review(): Promise<void> {
    if (this.state !== 'welcome') return
    const answer = await this.callee.authorise(this.remoteKey)
    if ('refused' in answer) this.refuse(answer.refused)
    else this.caller = answer.as
  }

  private heard(message: WireMessage): void {
    if (message.type === 'hello' && this.state === 'new') return void this.greet(message)
    if (this.state !== 'welcome') throw new PeerError('protocol_broken', `${message.type} before a welcome`)
    switch (message.type) {
      case 'request':
        return this.request(message)
      case 'event':
        return this.event(message)
      case 'cancel':
        return this.calls.get(message.id)?.cancel()
      case 'credit':
        return this.calls.get(message.id)?.addCredit(message.bytes)
      default:
        throw new PeerError('protocol_broken', `${message.type} from a client`)
    }
  }

  private async greet(hello: WireMessage & { type: 'hello' }): Promise<void> {
    this.state = 'asking'
    clearTimeout(this.late)
    this.line.remoteMaxBytes = hello.maxMessageBytes
    this.windowBytes = hello.windowBytes
    const version = Math.min(VERSIONS.most, hello.most)
    if (version < Math.max(VERSIONS.least, hello.least)) return this.refuse('version_unsupported')
    const answer = await this.callee.authorise(this.remoteKey).catch((error: unknown): Authorisation => {
      this.callee.errorFor(error)
      return { refused: 'not_authorised' }
    })
    if (this.state !== 'asking') return
    if ('refused' in answer) return this.refuse(answer.refused)
    this.state = 'welcome'
    this.caller = answer.as
    this.line.send({ type: 'welcome', version, maxMessageBytes: this.callee.limits.maxMessageBytes })
    this.callee.opened(this)
  }

  private refuse(reason: string): void {
    this.callee.refused(this.remoteKey, reason)
    this.line.send({ type: 'refused', reason })
    this.line.close()
  }

  private request({ id, pattern, metadata, body }: WireMessage & { type: 'request' }): void {
    if (this.calls.has(id)) throw new PeerError('protocol_broken', 'a call that is open already')
    const { callee, line } = this
    const answering = new Answering(line, id, this.windowBytes, callee.limits, callee.errorFor, () => {
      this.calls.delete(id)
    })
    if (this.calls.size >= callee.limits.maxCalls) return answering.fail({ status: 'error', message: 'too_many_calls' })
    this.calls.set(id, answering)
    const permitted = callee.permits(this.caller, pattern)
    if (permitted !== true) return answering.fail({ status: 'error', message: permitted })
    callee.call(
      pattern,
      body,
      this.context(pattern, metadata, () => answering.signal),
      answering,
    )
  }

  private event({ pattern, metadata, body }: WireMessage & { type: 'event' }): void {
    if (this.callee.permits(this.caller, pattern) !== true) return
    this.callee.event(
      pattern,
      body,
      this.context(pattern, metadata, () => new AbortController().signal),
    )
  }

  private context(pattern: string, metadata: unknown, signal: () => AbortSignal): PeerContext {
    return new PeerContext([this.stream, pattern, metadata, this.caller, signal])
  }

  private closed(error: PeerError): void {
    this.state = 'closed'
    clearTimeout(this.late)
    for (const call of [...this.calls.values()]) call.cancel()
    this.callee.closed(this, error)
  }
}
