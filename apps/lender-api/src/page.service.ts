import { existsSync } from 'node:fs'
import { join } from 'node:path'
import helmet from '@fastify/helmet'
import files from '@fastify/static'
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refusalToProblem } from '#libs/node-client'

export const WEB_ROOT = Symbol('folder of the built page')

/** Paths that are not the page's: an unknown one there is an error, not a screen. */
const API = /^\/(lender|borrower|metrics|health)(\/|$|\?)/
const ASSET = /^\/assets\//

/** The page may load what this server serves, and nothing else; styles that the components compute are inline. */
const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
}

/** Serves the built page at `/`: hashed assets for a year, and index.html, always fresh, for every screen's address. */
@Injectable()
export class PageService implements OnModuleInit {
  private readonly logger = new Logger(PageService.name)

  constructor(
    private readonly host: HttpAdapterHost,
    @Inject(WEB_ROOT) private readonly root: string,
  ) {}

  onModuleInit(): void {
    if (!existsSync(join(this.root, 'index.html'))) {
      this.logger.warn(`the page is not built: no index.html in ${this.root}`)
      return
    }
    const server = this.host.httpAdapter.getInstance<FastifyInstance>()
    void server.register((scope) => this.serve(scope))
  }

  private async serve(scope: FastifyInstance): Promise<void> {
    await scope.register(helmet, { contentSecurityPolicy: CONTENT_SECURITY_POLICY, hsts: false })
    await scope.register(files, { root: this.root, serve: false, cacheControl: false, preCompressed: true })
    scope.get('/', (request, reply) => this.screen(request, reply))
    scope.get('/*', (request, reply) => {
      const { url } = request
      if (API.test(url)) return notFound(reply)
      if (ASSET.test(url)) return this.asset(request, reply)
      const file = url.slice(1).split('?')[0] ?? ''
      if (/^[a-z0-9-]+\.(js|svg|png|ico|txt|webmanifest)$/.test(file)) return this.file(reply, file)
      return this.screen(request, reply)
    })
  }

  private screen(_request: FastifyRequest, reply: FastifyReply) {
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  }

  private file(reply: FastifyReply, name: string) {
    return existsSync(join(this.root, name))
      ? reply.header('cache-control', 'max-age=3600').sendFile(name)
      : notFound(reply)
  }

  private asset(request: FastifyRequest, reply: FastifyReply) {
    const name = request.url.split('?')[0]?.slice('/assets/'.length) ?? ''
    if (!/^[\w.-]+$/.test(name) || !existsSync(join(this.root, 'assets', name))) return notFound(reply)
    return reply.header('cache-control', 'public, max-age=31536000, immutable').sendFile(`assets/${name}`)
  }
}

function notFound(reply: FastifyReply) {
  const problem = refusalToProblem({ refused: 'not_found' })
  return reply.status(problem.status).type('application/problem+json').send(problem)
}
