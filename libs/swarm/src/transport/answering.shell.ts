// One call that is being answered: as fast as its handler gives and its caller reads, and no longer than it wants.

import { isObservable, type Observable, Subscription } from 'rxjs'
import { PeerError } from './errors.js'
import type { TransportLimits } from './limits.js'
import type { Line } from './line.shell.js'
import { encodeWire, type WireMessage } from './wire.js'

/** What a handler may answer with. Only an async iterable can be slowed down: it is asked for as much as the caller reads. */
export type AnswerSource = Observable<unknown> | AsyncIterable<unknown>

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && !isObservable(value)
}

/** The answer's end when its `Observable` gives more than the caller reads and the server keeps. */
const OVERRUN = { status: 'error', message: 'stream_overrun' }
const TOO_LARGE = { status: 'error', message: 'message_too_large' }

export class Answering {
  private readonly subscription = new Subscription()
  /** Values that the caller has no room for, encoded. */
  private queue: Uint8Array[] = []
  private queuedBytes = 0
  /** How the answer ends, once the queue is empty. */
  private ending: WireMessage | null = null
  private wake: (() => void) | null = null
  private hasSent = false
  private isOver = false
  /** Made when somebody asks for it: most handlers don't. */
  private aborting: AbortController | null = null

  constructor(
    private readonly line: Line,
    private readonly id: number,
    /** Bytes that may leave before the caller has read. */
    private credit: number,
    private readonly limits: TransportLimits,
    /** What a failure within an async iterable is for the caller. */
    private readonly errorFor: (error: unknown) => unknown,
    /** Once: the answer has ended, or was cancelled. */
    private readonly onOver: () => void,
  ) {}

  /** Aborted once the answer has ended, or was cancelled. */
  get signal(): AbortSignal {
    this.aborting ??= new AbortController()
    if (this.isOver) this.aborting.abort()
    return this.aborting.signal
  }

  /** Calls back once the answer has ended, or was cancelled. */
  whenOver(callback: () => void): void {
    this.subscription.add(callback)
  }

  /** One value, which ends it. */
  one(value: unknown): void {
    this.sendOrFail({ type: 'value', id: this.id, last: true, body: value })
  }

  /** A failure, which ends it. */
  fail(body: unknown): void {
    if (this.isOver) return
    this.line.send({ type: 'error', id: this.id, body })
    this.over()
  }

  stream(source: AnswerSource): void {
    if (isObservable(source)) this.push(source)
    else void this.pull(source[Symbol.asyncIterator]())
  }

  /** The caller has read so many bytes more. */
  addCredit(bytes: number): void {
    this.credit += bytes
    this.goOn()
  }

  /** The caller may have room again. */
  goOn(): void {
    while (this.queue.length > 0 && this.hasRoom) {
      const bytes = this.queue.shift()!
      this.queuedBytes -= bytes.length
      this.sendNow(bytes)
    }
    if (this.queue.length === 0 && this.ending) this.finish(this.ending)
    if (this.hasRoom) this.wake?.()
  }

  /** The caller wants no more, or is gone. */
  cancel(): void {
    if (!this.isOver) this.over()
  }

  private push(source: Observable<unknown>): void {
    this.subscription.add(
      source.subscribe({
        next: (value) => this.next(value),
        error: (error: unknown) => this.end({ type: 'error', id: this.id, body: error }),
        complete: () => this.end({ type: 'end', id: this.id }),
      }),
    )
  }

  private next(value: unknown): void {
    if (this.isOver) return
    const bytes = this.encoded(value)
    if (!bytes) return
    if (this.queue.length === 0 && this.hasRoom) return this.sendNow(bytes)
    this.queue.push(bytes)
    this.queuedBytes += bytes.length
    if (this.queuedBytes > this.limits.maxQueuedBytes) this.fail(OVERRUN)
  }

  private async pull(iterator: AsyncIterator<unknown>): Promise<void> {
    this.subscription.add(() => {
      this.wake?.()
      // A generator that waits for something ends when that comes; nobody waits for it here.
      void Promise.resolve(iterator.return?.()).catch(() => undefined)
    })
    try {
      while (!this.isOver) {
        if (!this.hasRoom) await new Promise<void>((resolve) => (this.wake = resolve))
        if (this.isOver) return
        const step = await iterator.next()
        if (this.isOver) return
        if (step.done) return this.end({ type: 'end', id: this.id })
        const bytes = this.encoded(step.value)
        if (bytes) this.sendNow(bytes)
      }
    } catch (error) {
      this.fail(this.errorFor(error))
    }
  }

  private end(ending: WireMessage): void {
    if (this.isOver) return
    if (this.queue.length === 0) this.finish(ending)
    else this.ending = ending
  }

  private finish(ending: WireMessage): void {
    if (this.isOver) return
    this.sendOrFail(ending)
  }

  private sendOrFail(message: WireMessage): void {
    if (this.isOver) return
    try {
      this.line.send(message)
    } catch (error) {
      return this.fail(sendingError(error))
    }
    this.over()
  }

  /** A value that can't be sent ends the answer. */
  private encoded(value: unknown): Uint8Array | null {
    try {
      const bytes = encodeWire({ type: 'value', id: this.id, last: false, body: value })
      if (bytes.length <= this.line.remoteMaxBytes) return bytes
      this.fail(TOO_LARGE)
    } catch (error) {
      this.fail(sendingError(error))
    }
    return null
  }

  /** The first value always leaves: most answers are one. */
  private get hasRoom(): boolean {
    return !this.hasSent || (this.credit > 0 && !this.line.isFull)
  }

  private sendNow(bytes: Uint8Array): void {
    this.hasSent = true
    this.credit -= bytes.length
    this.line.sendEncoded(bytes)
  }

  private over(): void {
    this.isOver = true
    this.queue = []
    this.ending = null
    this.subscription.unsubscribe()
    this.aborting?.abort()
    this.onOver()
  }
}

function sendingError(error: unknown): unknown {
  if (error instanceof PeerError && error.code === 'message_too_large') return TOO_LARGE
  return { status: 'error', message: 'answer_not_writable' }
}
