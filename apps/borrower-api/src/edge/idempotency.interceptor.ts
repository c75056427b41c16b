import { createHash } from 'node:crypto'
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { catchError, concatMap, type Observable, of } from 'rxjs'
import { NodeClient, RefusalException, refusalToProblem } from '#libs/node-client'
import type { DeviceRequest } from './device.guard.js'

const ONCE = 'mutuo:borrower-once'

/** The route changes something: it takes an `Idempotency-Key` and has its effect once. */
export const Once = (): MethodDecorator => SetMetadata(ONCE, true)

/**
 * A repeated change gets the first answer, byte for byte, refusals included, and `Idempotency-Replayed: true`. When the node
 * broke off, nobody knows whether the change had its effect: its key stays reserved, and a repetition is refused.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly node: NodeClient) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (Reflect.getMetadata(ONCE, context.getHandler()) !== true) return next.handle()
    const http = context.switchToHttp()
    const request = http.getRequest<DeviceRequest>()
    const reply = http.getResponse<FastifyReply>()
    const account = request.account!.id
    const key = keyOf(request.headers['idempotency-key'])

    const begun = await this.node.ask('accounts.idempotencyBegin', { account, key, requestHash: hashOf(request) })
    if (!begun.first) {
      void reply.header('idempotency-replayed', 'true')
      return of(send(reply, begun.status, begun.body))
    }
    const keep = (status: number, body: string) =>
      this.node.ask('accounts.idempotencyEnd', { account, key, status, body })
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        const body = JSON.stringify(answer)
        await keep(reply.statusCode, body)
        return send(reply, reply.statusCode, body)
      }),
      catchError(async (error: unknown) => {
        if (!(error instanceof RefusalException)) throw error
        const problem = refusalToProblem(error.refusal)
        const body = JSON.stringify(problem)
        await keep(problem.status, body)
        return send(reply, problem.status, body)
      }),
    )
  }
}

function send(reply: FastifyReply, status: number, body: string): string {
  void reply.status(status).type(status >= 400 ? 'application/problem+json' : 'application/json; charset=utf-8')
  return body
}

/** 8 to 128 visible ASCII characters; a random UUID does. Throws RefusalException `request_malformed`. */
export function keyOf(header: string | string[] | undefined): string {
  const named = (what: string) =>
    new RefusalException({ refused: 'request_malformed', problems: [`Idempotency-Key: ${what}`] })
  if (header === undefined) throw named('is missing')
  if (typeof header !== 'string' || !/^[\x21-\x7e]{8,128}$/.test(header)) throw named('8 to 128 visible characters')
  return header
}

/** What makes two requests the same: method, path and the body's value, whatever the order of its keys. */
export function hashOf({ method, url, body }: { method: string; url: string; body?: unknown }): string {
  return createHash('sha256')
    .update(JSON.stringify([method, url, sorted(body ?? null)]))
    .digest('hex')
}

/** An object becomes its members in order, marked, so that it is not taken for a list of pairs. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return { members: entries.map(([key, inner]) => [key, sorted(inner)]) }
}
