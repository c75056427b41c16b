import { createHash } from 'node:crypto'
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { catchError, concatMap, from, type Observable } from 'rxjs'
import { NodeClient, RefusalException, refusalToProblem } from '#libs/node-client'
import { CHANGES_NOTHING, type SignedInRequest } from './route-rule.js'

/**
 * Every change that an account makes carries an `Idempotency-Key`, and has its effect once: a repeated request gets the first
 * answer, refusals included. An answer that never came about (the node broke off) is not kept. Refuses: request_malformed
 * (without a key), idempotency_key_reused, request_in_progress.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly node: NodeClient) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp()
    const request = http.getRequest<SignedInRequest>()
    const changesNothing = request.method === 'GET' || Reflect.hasMetadata(CHANGES_NOTHING, context.getHandler())
    // Signing in and out has no account yet, or none any more, and can be repeated as it is.
    if (request.actor === undefined || changesNothing) return next.handle()
    const key = keyOf(request)
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

function keyOf(request: SignedInRequest): string {
  const key = request.headers['idempotency-key']
  if (typeof key === 'string' && /^[\x21-\x7e]{8,128}$/.test(key)) return key
  throw new RefusalException({
    refused: 'request_malformed',
    problems: ['Idempotency-Key: 8 to 128 visible characters, new for each change'],
  })
}

function hashOf(request: SignedInRequest): string {
  const { method, url, body } = request
  return createHash('sha256')
    .update(JSON.stringify([method, url, body ?? null]))
    .digest('hex')
}
