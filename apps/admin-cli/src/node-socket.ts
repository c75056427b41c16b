/**
 * The node's socket on this machine. Written on `node:net` alone, so that a command answers in a fraction of the time that a
 * framework takes to load.
 */
import { createConnection, type Socket } from 'node:net'
import { frame, FrameReader } from './json-frames.js'
import { type Carrier, errorOf, NodeConnection, NotReachable } from './node-connection.js'

/** What the socket carries towards us: one of possibly several answers to the request `id`. */
interface Answer {
  id: string
  response?: unknown
  isDisposed?: boolean
  err?: unknown
}

type Listener = (answer: Answer | Error) => void

export class NodeSocket implements Carrier {
  private readonly waiting = new Map<string, Listener>()
  private readonly reader = new FrameReader()
  private asked = 0
  private broken: Error | undefined

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.read(chunk))
    socket.on('error', (error) => this.fail(new NotReachable(error.message)))
    socket.on('close', () => this.fail(new NotReachable('the node closed the connection')))
  }

  /** Connects to a Unix socket, whose file permissions are the proof of being the operator. Throws NotReachable when nothing listens there. */
  static open(path: string, as?: string): Promise<NodeConnection> {
    return new Promise((resolve, reject) => {
      const socket = createConnection(path)
      socket.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          new NotReachable(error.code === 'EACCES' ? `no permission to use ${path}` : `no node answers on ${path}`),
        ),
      )
      socket.once('connect', () => {
        socket.removeAllListeners('error')
        resolve(new NodeConnection(new NodeSocket(socket), as))
      })
    })
  }

  close(): void {
    this.socket.destroy()
  }

  async *answers(pattern: string, data: object): AsyncGenerator<unknown> {
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
