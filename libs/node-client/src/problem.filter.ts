import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { NodeUnreachable } from './node-client.service.js'
import { type Problem, RefusalException, refusalToProblem } from './problem.js'

/** Answers whatever a route throws as problem+json. What nobody expected is logged, and tells the caller nothing of the inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name)

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = this.problemOf(error)
    const reply = host.switchToHttp().getResponse<FastifyReply>()
    const retryAfter = problem['retryAfterSeconds']
    if (typeof retryAfter === 'number') void reply.header('retry-after', String(Math.ceil(retryAfter)))
    void reply.status(problem.status).type('application/problem+json').send(problem)
  }

  private problemOf(error: unknown): Problem {
    if (error instanceof RefusalException) return refusalToProblem(error.refusal)
    if (error instanceof HttpException) return httpProblem(error)
    const status = statusOfClientError(error)
    if (status !== null) return { ...refusalToProblem({ refused: 'request_malformed' }), status }
    if (error instanceof NodeUnreachable) {
      return { ...refusalToProblem({ refused: 'node_unreachable' }), status: 503, retryAfterSeconds: 2 }
    }
    this.logger.error(error)
    return { ...refusalToProblem({ refused: 'internal_error' }), status: 500 }
  }
}

/** Nest's own errors: validation gives a list of sentences, the rest a name by status. */
function httpProblem(error: HttpException): Problem {
  const status = error.getStatus()
  const answer = error.getResponse()
  const message = typeof answer === 'object' && 'message' in answer ? answer.message : null
  if (Array.isArray(message))
    return { ...refusalToProblem({ refused: 'request_malformed', problems: message }), status }
  const refused = { 400: 'request_malformed', 401: 'not_authenticated', 403: 'not_allowed', 404: 'not_found' }[status]
  if (refused !== undefined) return { ...refusalToProblem({ refused }), status }
  if (status === 429) return { ...refusalToProblem({ refused: 'too_many_requests' }), status }
  return { ...refusalToProblem({ refused: status < 500 ? 'request_refused' : 'internal_error' }), status }
}

/** Fastify's errors about a request (malformed JSON, too large) carry a 4xx status. */
function statusOfClientError(error: unknown): number | null {
  if (!(error instanceof Error) || !('statusCode' in error)) return null
  const status = error.statusCode
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null
}
