import { createHash } from 'node:crypto'
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { catchError, concatMap, from, type Observable } from 'rxjs'
import { NodeClient, RefusalException, refusalToProblem } from '#libs/node-client'
import type { SignedInRequest } from './route-rule.js'

/**
 * A change that carries an `Idempotency-Key` has its effect once: a repeated request gets the first answer, refusals
 * included. An answer that never came about (the node broke off) is not kept.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly node: NodeClient) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp()
    const request = http.getRequest<SignedInRequest>()
    const key = request.headers['idempotency-key']
    if (request.actor === undefined || typeof key !== 'string' || request.method === 'GET') return next.handle()
    if (!/^[\x21-\x7e]{8,128}$/.test(key))
      throw new RefusalException({
        refused: 'request_malformed',
        problems: ['Idempotency-Key: 8 to 128 visible characters'],
      })

    const { account } = request.actor
    const reply = http.getResponse<FastifyReply>()
    const begun = await this.node.ask('accounts.idempotencyBegin', { account, key, requestHash: hashOf(request) })
    if (!begun.first) return from([this.repeat(reply, begun)])

    const keep = (status: number, answer: unknown) =>
      this.node.ask('accounts.idempotencyEnd', { account, key, status, body: JSON.stringify(answer) })
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        await keep(reply.statusCode, answer)
        return answer
      }),
      catchError(async (error: unknown) => {
        if (error instanceof RefusalException) {
          const problem = refusalToProblem(error.refusal)
          await keep(problem.status, problem)
        }
        throw error
      }),
    )
  }

  private repeat(reply: FastifyReply, first: { status: number; body: string }): unknown {
    void reply.status(first.status)
    if (first.status >= 400) void reply.type('application/problem+json')
    return JSON.parse(first.body)
  }
}

function hashOf(request: SignedInRequest): string {
  const { method, url, body } = request
  return createHash('sha256')
    .update(JSON.stringify([method, url, body ?? null]))
    .digest('hex')
}
