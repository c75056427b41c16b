import { type CallHandler, type ExecutionContext, type NestInterceptor, UseInterceptors } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { map, type Observable } from 'rxjs'
import { csvOf, type TableName } from '#libs/csv'
import type { AnswerOf } from '#libs/messages'

/** The route's answer is this message's, and can also be had as comma-separated values: by `?format=csv` or `Accept: text/csv`. */
export const AsTable = (name: TableName): MethodDecorator => UseInterceptors(new TableInterceptor(name))

class TableInterceptor<Name extends TableName> implements NestInterceptor {
  constructor(private readonly name: Name) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp()
    if (!wantsCsv(http.getRequest<FastifyRequest>())) return next.handle()
    const reply = http.getResponse<FastifyReply>()
    return next.handle().pipe(
      map((answer: Exclude<AnswerOf<Name>, { refused: string }>) => {
        const file = this.name.replace('.', '-')
        void reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${file}.csv"`)
        return csvOf(this.name, answer)
      }),
    )
  }
}

/** The query decides; without it, the first type that the caller accepts. */
function wantsCsv({ query, headers }: FastifyRequest): boolean {
  const { format } = query as { format?: string }
  return format === undefined ? /^text\/csv\b/.test(headers.accept ?? '') : format === 'csv'
}
