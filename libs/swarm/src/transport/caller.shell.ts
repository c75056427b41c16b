/** The calling end, without a framework: asks a server over whatever stream it is given, and finds another when that is lost. */
import { PeerError } from './errors.js'
import { type TransportLimits, TRANSPORT_LIMITS } from './limits.js'
import { DEFAULT_PROTOCOL, Line } from './line.shell.js'
import type { Dial, DialledStream } from './streams.js'
import { VERSIONS, type WireMessage } from './wire.js'

export interface CallerOptions {
  dial: Dial
  /** As the server's. */
  protocol?: string
  limits?: Partial<TransportLimits>
  /** How long connecting may take, in ms. Default 20,000. */
  connectTimeoutMs?: number
  /** How long the first value of an answer may take, in ms. Default: for ever. */
  answerTimeoutMs?: number
}

/** What becomes of a call. One of `error` and `complete` is the last. `next` is given the bytes that the value took. */
export interface CallObserver {
  next(value: unknown, bytes: number): void
  /** A PeerError, or what the handler threw. */
  error(error: unknown): void
  complete(): void
}

/** A way to say how much of a call's values was read, and to end it. */
export interface OpenCall {
  /** The reader has taken values of so many bytes: the server may send as many more. */
  read(bytes: number): void
  cancel(): void
}

const CONNECT_MS = 20_000
/** How often a stream is tried anew on which nothing is heard, in ms: made anew it may fare better. */
const MUTE_MS = 4_000

interface Waiting {
  observer: CallObserver
  readBytes: number
  late: NodeJS.Timeout | null
}

export class Caller {
  private readonly limits: TransportLimits
  private readonly calls = new Map<number, Waiting>()
  private opening: Promise<Line> | null = null
  private open: Line | null = null
  /** Ends the attempt to connect that is under way. */
  private giveUp: (() => void) | null = null
  private nextId = 1
  private isClosed = false

  constructor(
    private readonly options: CallerOptions,
    /** Hears when the connection is made and lost. */
    private readonly onStatus: (isConnected: boolean) => void = () => undefined,
  ) {
    this.limits = { ...TRANSPORT_LIMITS, ...options.limits }
  }

  /** Connects, if it is not connected. Rejects with a PeerError. */
  async connect(): Promise<void> {
    await this.ensureOpen()
  }

  /** The stream's owner or the server may be gone at any time; whoever calls next connects again. */
  get isConnected(): boolean {
    return this.open !== null
  }

  /** Asks, and hears of the answer's values as they come. Needs a connection. */
  call(pattern: string, data: unknown, observer: CallObserver, metadata?: unknown): OpenCall {
    const { open } = this
    if (!open) {
      observer.error(new PeerError('peer_gone'))
      return { read: () => undefined, cancel: () => undefined }
    }
    const id = this.nextId++
    const { answerTimeoutMs } = this.options
    const late = answerTimeoutMs === undefined ? null : setTimeout(() => this.tooLate(id), answerTimeoutMs)
    this.calls.set(id, { observer, readBytes: 0, late })
    try {
      open.send({ type: 'request', id, pattern, metadata, body: data })
    } catch (error) {
      this.settle(id)?.observer.error(error)
    }
    return { read: (bytes) => this.read(id, bytes), cancel: () => this.cancel(id) }
  }

  /** Connects, asks, and gives the first value. Throws a PeerError, or what the handler threw. */
  async request(pattern: string, data: unknown): Promise<unknown> {
    for await (const value of this.stream(pattern, data)) return value
    return undefined
  }

  /** Connects, asks, and gives value after value: the server sends as fast as they are taken. */
  async *stream(pattern: string, data: unknown): AsyncGenerator<unknown> {
    await this.ensureOpen()
    const heard: ({ value: unknown; bytes: number } | { error: unknown } | 'complete')[] = []
    let wake = (): void => undefined
    const hear = (what: (typeof heard)[number]) => {
      heard.push(what)
      wake()
    }
    const call = this.call(pattern, data, {
      next: (value, bytes) => hear({ value, bytes }),
      error: (error) => hear({ error }),
      complete: () => hear('complete'),
    })
    try {
      for (;;) {
        const what = heard.shift()
        if (what === undefined) await new Promise<void>((resolve) => (wake = resolve))
        else if (what === 'complete') return
        else if ('error' in what) throw what.error
        else {
          call.read(what.bytes)
          yield what.value
        }
      }
    } finally {
      call.cancel()
    }
  }

  /** Tells, without expecting an answer. Resolves when it is on its way. */
  async tell(pattern: string, data: unknown, metadata?: unknown): Promise<void> {
    const line = await this.ensureOpen()
    line.send({ type: 'event', pattern, metadata, body: data })
  }

  /** Ends every call with `client_closed`, and the connection. */
  close(): void {
    this.isClosed = true
    this.giveUp?.()
    this.open?.close()
  }

  private async ensureOpen(): Promise<Line> {
    if (this.open) return this.open
    this.isClosed = false
    this.opening ??= this.connectInTime().finally(() => (this.opening = null))
    return this.opening
  }

  /** Tries until the time is up: at times a stream opens on which the other end says nothing. */
  private async connectInTime(): Promise<Line> {
    const { connectTimeoutMs = CONNECT_MS } = this.options
    const end = performance.now() + connectTimeoutMs
    for (let last: unknown; ;) {
      const left = end - performance.now()
      if (left <= 0 || this.isClosed) {
        if (this.isClosed) throw new PeerError('client_closed')
        throw last instanceof PeerError ? last : new PeerError('peer_unreachable', messageOf(last))
      }
      try {
        return await this.connectOnce(Math.min(left, Math.max(MUTE_MS, connectTimeoutMs / 5)))
      } catch (error) {
        if (error instanceof PeerError && error.code !== 'peer_unreachable' && error.code !== 'peer_gone') throw error
        last = error
        // What is refused at once is asked again at leisure.
        await new Promise((resolve) => setTimeout(resolve, Math.min(100, left)))
      }
    }
  }

  private async connectOnce(timeoutMs: number): Promise<Line> {
    const dialling = this.options.dial()
    const closed = new Promise<never>((_resolve, reject) => {
      this.giveUp = () => reject(new PeerError('client_closed'))
    })
    const end = performance.now() + timeoutMs
    try {
      const dialled = await inTime(Promise.race([dialling, closed]), timeoutMs)
      const shaken = this.shakeHands(dialled, end - performance.now())
      shaken.catch(() => undefined)
      return await Promise.race([shaken, closed])
    } catch (error) {
      dialling.then(({ release }) => release()).catch(() => undefined)
      throw error
    } finally {
      this.giveUp = null
    }
  }

  private shakeHands(dialled: DialledStream, timeoutMs: number): Promise<Line> {
    const { protocol = DEFAULT_PROTOCOL } = this.options
    const { windowBytes, maxMessageBytes } = this.limits
    return new Promise((resolve, reject) => {
      const line = Line.open(
        dialled.stream,
        { protocol, limits: this.limits, as: 'client' },
        {
          onOpen: () => line.send({ type: 'hello', ...VERSIONS, windowBytes, maxMessageBytes }),
          onMessage: (message, bytes) => {
            if (message.type === 'refused') throw refusal(message.reason)
            if (this.open === line) return this.heard(message, bytes)
            if (message.type !== 'welcome') throw new PeerError('protocol_broken', `${message.type} before a welcome`)
            if (this.isClosed) throw new PeerError('client_closed')
            clearTimeout(mute)
            line.remoteMaxBytes = message.maxMessageBytes
            this.open = line
            this.onStatus(true)
            resolve(line)
          },
          onDrain: () => undefined,
          onClose: (error) => {
            clearTimeout(mute)
            dialled.release()
            if (this.open === line) this.lost(error)
            else reject(error)
          },
        },
      )
      const mute = setTimeout(() => line.fail(new PeerError('peer_unreachable')), timeoutMs)
      mute.unref()
    })
  }

  private heard(message: WireMessage, bytes: number): void {
    switch (message.type) {
      case 'value': {
        const call = this.calls.get(message.id)
        if (call?.late) clearTimeout(call.late)
        if (message.last) this.settle(message.id)
        call?.observer.next(message.body, bytes)
        if (message.last) call?.observer.complete()
        return
      }
      case 'end':
        return this.settle(message.id)?.observer.complete()
      case 'error':
        return this.settle(message.id)?.observer.error(message.body)
      default:
        throw new PeerError('protocol_broken', `${message.type} from a server`)
    }
  }

  private read(id: number, bytes: number): void {
    const call = this.calls.get(id)
    if (!call) return
    call.readBytes += bytes
    if (call.readBytes < this.limits.windowBytes / 2) return
    this.open?.send({ type: 'credit', id, bytes: call.readBytes })
    call.readBytes = 0
  }

  private cancel(id: number): void {
    if (this.settle(id)) this.open?.send({ type: 'cancel', id })
  }

  private tooLate(id: number): void {
    const call = this.calls.get(id)
    this.cancel(id)
    call?.observer.error(new PeerError('answer_late'))
  }

  /** The call is over. */
  private settle(id: number): Waiting | undefined {
    const call = this.calls.get(id)
    this.calls.delete(id)
    if (call?.late) clearTimeout(call.late)
    return call
  }

  private lost(error: PeerError): void {
    this.open = null
    this.onStatus(false)
    for (const id of [...this.calls.keys()]) this.settle(id)?.observer.error(error)
  }
}

function refusal(reason: string): PeerError {
  if (reason === 'version_unsupported') return new PeerError('version_unsupported')
  return new PeerError('peer_refused', `the peer refused: ${reason}`, reason)
}

async function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new PeerError('peer_unreachable')), timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const messageOf = (error: unknown): string | undefined => (error instanceof Error ? error.message : undefined)
