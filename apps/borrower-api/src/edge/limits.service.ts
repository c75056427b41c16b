import { createHash } from 'node:crypto'
import { Injectable, Logger } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import rateLimit from '@fastify/rate-limit'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { RefusalException, refusalToProblem } from '#libs/node-client'
import { BORROWER_PREFIX } from './borrower-controller.js'

/** Bytes. The largest request of this API, a profile, is under 4 KiB. */
export const MAX_BODY_BYTES = 32_768
/** Requests a minute: of one device (or address, without a token), and of one address that tries enrolment codes. */
const PER_DEVICE = 300
export const PER_ENROLLING_ADDRESS = 10

/**
 * What Fastify enforces on this API's routes before a controller sees a request: rate, size and media type. Other faces in the same
 * application are not touched. It must be there before the routes are: the module makes it while it starts.
 */
@Injectable()
export class Limits {
  private readonly logger = new Logger(Limits.name)

  /** Takes hold of the application's Fastify. */
  static async on(host: HttpAdapterHost): Promise<Limits> {
    const limits = new Limits()
    const fastify = host.httpAdapter.getInstance<FastifyInstance>()
    fastify.addHook('onRoute', (route) => limits.apply(route))
    await fastify.register(rateLimit, {
      global: false,
      enableDraftSpec: true,
      errorResponseBuilder: (_request, { ttl }) =>
        new RefusalException({ refused: 'too_many_requests', retryAfterSeconds: Math.ceil(ttl / 1000) }),
    })
    return limits
  }

  private apply(route: RouteOptions): void {
    if (!route.url.startsWith(`/${BORROWER_PREFIX}`)) return
    const enrols = route.url === `/${BORROWER_PREFIX}/devices`
    route.bodyLimit = MAX_BODY_BYTES
    route.config = {
      ...route.config,
      rateLimit: {
        max: enrols ? PER_ENROLLING_ADDRESS : PER_DEVICE,
        timeWindow: 60_000,
        groupId: enrols ? 'enrol' : 'api',
        keyGenerator: enrols ? (request: FastifyRequest) => request.ip : callerOf,
      },
    }
    route.preParsing = async (request: FastifyRequest) => {
      const type = request.headers['content-type']
      if (type !== undefined && !/^application\/json\s*(;|$)/i.test(type)) throw new UnsupportedMediaType()
    }
    route.errorHandler = (error, _request, reply) => this.answer(error, reply)
  }

  /** Errors from before the controller: limits, and bodies that Fastify can't read. */
  private answer(error: Partial<FastifyError> | RefusalException, reply: FastifyReply): void {
    const refused = (name: string, status: number) => ({ ...refusalToProblem({ refused: name }), status })
    let problem = refused('internal_error', 500)
    if (error instanceof RefusalException) problem = refusalToProblem(error.refusal)
    else if (error.statusCode === 413) problem = refused('request_too_large', 413)
    else if (error.statusCode === 415) problem = refused('media_type_unsupported', 415)
    else if (error.statusCode !== undefined && error.statusCode < 500) problem = refused('request_malformed', 400)
    else this.logger.error(error)
    void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  }
}

/** Fastify and Nest would read forms and plain text as well. */
class UnsupportedMediaType extends Error {
  readonly statusCode = 415
}

/** One bucket per token, without keeping the token; per address when there is none. */
function callerOf(request: FastifyRequest): string {
  const { authorization } = request.headers
  if (authorization === undefined) return request.ip
  return createHash('sha256').update(authorization).digest('base64url')
}
