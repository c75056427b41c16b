/**
 * A connection to the node's socket: asks by message name, with the types of the contract. Written on `node:net` alone, so
 * that a command answers in a fraction of the time that a framework takes to load.
 */
import { createConnection, type Socket } from 'node:net'
import type { Refusal } from '#libs/fold'
import type { Actor, AnswerOf, ItemOf, MessageName, NodeStatus, RequestOf, StreamName } from '#libs/messages'
import { frame, FrameReader } from './json-frames.js'

/** The node said no. `refusal.refused` is the stable name of why. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.refused)
  }
}

/** No node answers on the socket. */
export class NotReachable extends Error {}

/** What the socket carries towards us: one of possibly several answers to the request `id`. */
interface Answer {
  id: string
  response?: unknown
  isDisposed?: boolean
  err?: unknown
}

type Listener = (answer: Answer | Error) => void

/** A request without `actor`: the socket's owner is the operator, and says so itself. */
type Asked<Request> = Omit<Request, 'actor'>

/** An open connection to a node. Close it, or the process goes on. */
export class NodeSocket {
  private readonly waiting = new Map<string, Listener>()
  private readonly reader = new FrameReader()
  private asked = 0
  private actor: Promise<Actor> | undefined
  private broken: Error | undefined

  private constructor(
    private readonly socket: Socket,
    readonly path: string,
  ) {
    socket.on('data', (chunk: Buffer) => this.read(chunk))
    socket.on('error', (error) => this.fail(new NotReachable(error.message)))
    socket.on('close', () => this.fail(new NotReachable('the node closed the connection')))
  }

  /** Connects to a Unix socket. Throws NotReachable when nothing listens there. */
  static open(path: string): Promise<NodeSocket> {
    return new Promise((resolve, reject) => {
      const socket = createConnection(path)
      socket.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          new NotReachable(error.code === 'EACCES' ? `no permission to use ${path}` : `no node answers on ${path}`),
        ),
      )
      socket.once('connect', () => {
        socket.removeAllListeners('error')
        resolve(new NodeSocket(socket, path))
      })
    })
  }

  /** Asks and waits for the one answer. Throws Refused, or NotReachable when the connection ends before. */
  async ask<Name extends MessageName>(
    name: Name,
    request: Asked<RequestOf<Name>>,
  ): Promise<Exclude<AnswerOf<Name>, Refusal>> {
    for await (const answer of this.answers(name, await this.complete(name, request))) {
      if (isRefusal(answer)) throw new Refused(answer)
      return answer as Exclude<AnswerOf<Name>, Refusal>
    }
    throw new Error(`the node gave no answer to ${name}`)
  }

  /** Asks for a stream of values; ends when the node ends it. Throws as `ask` does. */
  async *stream<Name extends StreamName>(name: Name, request: Asked<RequestOf<Name>>): AsyncGenerator<ItemOf<Name>> {
    for await (const item of this.answers(name, await this.complete(name, request))) {
      if (isRefusal(item)) throw new Refused(item)
      yield item as ItemOf<Name>
    }
  }

  close(): void {
    this.socket.destroy()
  }

  /** Adds the actor: the operator, acting for the node's identity. The file permissions of the socket are the proof. */
  private async complete(name: string, request: object): Promise<object> {
    if (name in OPEN) return request
    this.actor ??= this.answers('node.status', {})
      .next()
      .then(({ value }) => {
        if (isRefusal(value)) throw new Refused(value)
        return { account: 'cli', role: 'operator', identity: (value as NodeStatus).identity }
      })
    return { ...request, actor: await this.actor }
  }

  private async *answers(pattern: string, data: object): AsyncGenerator<unknown> {
    const id = String(++this.asked)
    const queue: (Answer | Error)[] = []
    let wake = (): void => undefined
    this.waiting.set(id, (answer) => {
      queue.push(answer)
      wake()
    })
    if (this.broken) queue.push(this.broken)
    else this.socket.write(frame({ pattern, data, id }))
    try {
      for (;;) {
        const answer = queue.shift()
        if (answer === undefined) await new Promise<void>((resolve) => (wake = resolve))
        else if (answer instanceof Error) throw answer
        else {
          if (answer.err !== undefined && answer.err !== null) throw errorOf(answer.err)
          if (answer.response !== undefined) yield answer.response
          if (answer.isDisposed) return
        }
      }
    } finally {
      this.waiting.delete(id)
    }
  }

  private read(chunk: Buffer): void {
    try {
      for (const message of this.reader.push(chunk)) {
        const answer = message as Answer
        this.waiting.get(answer.id)?.(answer)
      }
    } catch (error) {
      this.fail(error as Error)
      this.close()
    }
  }

  private fail(error: Error): void {
    this.broken ??= error
    for (const listener of this.waiting.values()) listener(error)
  }
}

/** Messages that anyone may send: their requests name no actor. The compiler keeps the list complete. */
type Open = { [Name in MessageName]: RequestOf<Name> extends { actor: Actor } ? never : Name }[MessageName]

const OPEN: Readonly<Record<Open, true>> = {
  'accounts.state': true,
  'accounts.setup': true,
  'accounts.login': true,
  'accounts.logout': true,
  'accounts.authenticate': true,
  'accounts.registerDevice': true,
  'accounts.idempotencyBegin': true,
  'accounts.idempotencyEnd': true,
  'network.show': true,
  'members.list': true,
  'profiles.show': true,
  'offers.preview': true,
  'offers.quote': true,
  'records.show': true,
  'records.timeline': true,
  'records.log': true,
  'store.digests': true,
  'node.status': true,
  'peers.list': true,
  'forks.list': true,
}

/** As `isRefusal` of #libs/fold, whose front door would load the schema compiler as well. */
const isRefusal = (answer: unknown): answer is Refusal =>
  typeof answer === 'object' && answer !== null && typeof (answer as Refusal).refused === 'string'

/** A handler failed, or there is none for the name: a bug or another version of the node, not a refusal. */
function errorOf(err: unknown): Error {
  if (isRefusal(err)) return new Refused(err)
  const text = typeof err === 'string' ? err : ((err as { message?: unknown }).message ?? JSON.stringify(err))
  return new Error(`the node failed: ${String(text)}`)
}
