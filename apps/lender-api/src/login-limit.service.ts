import rateLimit from '@fastify/rate-limit'
import { Injectable, type OnModuleInit } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { RefusalException } from '#libs/node-client'

const ATTEMPTS_PER_MINUTE = 20

/** Bounds how often one address may try to sign in; the node bounds tries per account besides. */
@Injectable()
export class LoginLimit implements OnModuleInit {
  private check: ReturnType<FastifyInstance['createRateLimit']> | null = null

  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>()
    void server.register(async (scope) => {
      await scope.register(rateLimit, { global: false })
      this.check = scope.createRateLimit({ max: ATTEMPTS_PER_MINUTE, timeWindow: 60_000 })
    })
  }

  /** Counts one try. Refuses too_many_attempts {retryAfterSeconds}. */
  async count(request: FastifyRequest): Promise<void> {
    const result = await this.check?.(request)
    if (result?.isAllowed === false && result.isExceeded)
      throw new RefusalException({ refused: 'too_many_attempts', retryAfterSeconds: result.ttlInSeconds })
  }
}
