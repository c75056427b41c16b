import { createHash } from 'node:crypto'
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { map, type Observable } from 'rxjs'

/**
 * Gives every JSON answer to GET an ETag, and answers 304 without a body when the client has it already (RFC 9110, 13.1.2).
 * Answers are one person's: only that person's own cache may keep them, and must ask each time.
 */
@Injectable()
export class ConditionalGetInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp()
    const request = http.getRequest<FastifyRequest>()
    if (request.method !== 'GET' || request.headers.accept === 'text/event-stream') return next.handle()
    const reply = http.getResponse<FastifyReply>()
    return next.handle().pipe(
      map((answer: unknown) => {
        if (typeof answer !== 'object' || answer === null) return answer
        const json = JSON.stringify(answer)
        const etag = etagOf(json)
        void reply.header('etag', etag).header('cache-control', 'private, no-cache')
        if (isKnown(request.headers['if-none-match'], etag)) {
          void reply.status(304)
          return ''
        }
        void reply.type('application/json; charset=utf-8')
        return json
      }),
    )
  }
}

/** A strong validator: equal bytes, equal tag. */
export function etagOf(json: string): string {
  return `"${createHash('sha256').update(json).digest('base64url').slice(0, 27)}"`
}

/** Whether an `If-None-Match` names the tag. Weak tags compare equal to strong ones here (RFC 9110, 8.8.3.2). */
export function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}
