import { types } from 'node:util'
import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { type ClientProxy, ClientProxyFactory, Transport } from '@nestjs/microservices'
import { catchError, defer, finalize, lastValueFrom, type Observable, throwError, timeout, TimeoutError } from 'rxjs'
import { isRefusal, type Refusal } from '#libs/fold'
import type { AnswerOf, ItemOf, MessageName, RequestOf, StreamName } from '#libs/messages'
import { RefusalException } from './problem.js'

/** The node did not answer: not running, restarting, or too slow. */
export class NodeUnreachable extends Error {
  override readonly name = 'NodeUnreachable'
}

/** The node failed on a message, which is a bug there; what happened is in its log. */
export class NodeFailure extends Error {
  override readonly name = 'NodeFailure'
}

/** Sends a node's messages over its Unix socket, typed by the contract in libs/messages. Reconnects by itself. */
@Injectable()
export class NodeClient implements OnApplicationShutdown {
  private readonly proxy: ClientProxy

  constructor(
    private readonly socket: string,
    private readonly timeoutMs = 30_000,
  ) {
    this.proxy = connection(socket)
  }

  /** The node's answer, a refusal included. Throws NodeUnreachable, or NodeFailure when the node itself failed. */
  send<Name extends MessageName>(name: Name, request: RequestOf<Name>): Promise<AnswerOf<Name>> {
    const answer = this.proxy.send<AnswerOf<Name>>(name, request)
    return lastValueFrom(answer.pipe(timeout(this.timeoutMs), catchError(rethrow(name))))
  }

  /** As `send`, but throws a RefusalException on a refusal: for a face whose filter turns those into problems. */
  async ask<Name extends MessageName>(name: Name, request: RequestOf<Name>): Promise<Exclude<AnswerOf<Name>, Refusal>> {
    const answer = await this.send(name, request)
    if (isRefusal(answer)) throw new RefusalException(answer)
    return answer as Exclude<AnswerOf<Name>, Refusal>
  }

  /**
   * A stream of the node. Each subscription has a connection of its own, closed when it is unsubscribed, so that the node
   * notices that nobody listens any more. Ends with NodeUnreachable when the connection breaks.
   */
  stream<Name extends StreamName>(name: Name, request: RequestOf<Name>): Observable<ItemOf<Name>> {
    return defer(() => {
      const proxy = connection(this.socket)
      return proxy.send<ItemOf<Name>>(name, request).pipe(
        catchError(rethrow(name)),
        finalize(() => proxy.close()),
      )
    })
  }

  onApplicationShutdown(): void {
    this.proxy.close()
  }
}

function connection(socket: string): ClientProxy {
  // Nest's TCP client gives `port` to net.connect, which takes a path there as well; its types know numbers only.
  const port = socket as unknown as number
  return ClientProxyFactory.create({ transport: Transport.TCP, options: { port } })
}

/** Errors of the connection are Errors; what a handler threw comes as a plain value. */
function rethrow(name: string): (error: unknown) => Observable<never> {
  return (error) => {
    if (error instanceof TimeoutError) return throwError(() => new NodeUnreachable(`no answer to ${name} in time`))
    if (types.isNativeError(error)) return throwError(() => new NodeUnreachable(`${name}: ${error.message}`))
    const reason = typeof error === 'string' ? error : JSON.stringify(error)
    return throwError(() => new NodeFailure(`the node failed on ${name}: ${reason}`))
  }
}
