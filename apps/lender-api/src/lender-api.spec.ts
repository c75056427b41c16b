import 'reflect-metadata'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import type { InjectOptions } from 'fastify'
import { LenderApiModule } from './lender-api.module.js'
import { RULE } from './route-rule.js'

const PATH = 'path'
const fromPage = { 'x-mutuo': 'page' }

describe('the lenders’ face of a node', () => {
  let folder: string
  let app: NestFastifyApplication

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lender-api-'))
    const webRoot = join(folder, 'page')
    mkdirSync(join(webRoot, 'assets'), { recursive: true })
    writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>page</title>')
    writeFileSync(join(webRoot, 'assets', 'index-abc.js'), 'export {}')
    // No node listens at this socket: what needs one says so, all else must work without.
    const module = LenderApiModule.forRoot({ socket: join(folder, 'node.sock'), webRoot })
    app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false })
    await app.init()
  })
  afterAll(async () => {
    await app.close()
    rmSync(folder, { recursive: true })
  })

  const call = async (request: InjectOptions) => {
    const { statusCode, headers, body } = await app.inject(request)
    return { status: statusCode, headers, body, problem: parsed(body) }
  }

  it('has a rule for each route', () => {
    const controllers = LenderApiModule.forRoot({ socket: '', webRoot: '' }).controllers ?? []
    const handlers = controllers.flatMap((controller) => {
      const prototype = controller.prototype as Record<string, object>
      return Object.getOwnPropertyNames(prototype).map((name) => [controller.name, name, prototype[name]] as const)
    })
    const routes = handlers.filter(([, name, handler]) => name !== 'constructor' && Reflect.hasMetadata(PATH, handler!))
    expect(routes.length).toBeGreaterThan(40)
    const open = routes.filter(([, , handler]) => !Reflect.hasMetadata(RULE, handler!))
    expect(open.map(([controller, name]) => `${controller}.${name}`)).toEqual([])
  })

  it('refuses who has no session, as a problem', async () => {
    for (const url of [
      '/lender/status',
      '/lender/offers',
      '/lender/loans',
      '/lender/events',
      '/lender/ledger/journal',
    ]) {
      const { status, headers, problem } = await call({ url })
      expect(status).toBe(401)
      expect(headers['content-type']).toMatch('application/problem+json')
      expect(problem).toEqual({
        type: 'urn:mutuo:problem:not_authenticated',
        title: 'Not authenticated',
        status: 401,
      })
    }
  })

  it('refuses changes that another site’s page could have sent', async () => {
    const login = { method: 'POST', url: '/lender/session/login', payload: { name: 'a', password: 'b' } } as const
    const foreign = { ...fromPage, host: '127.0.0.1:8420', origin: 'https://elsewhere.example' }
    for (const headers of [{}, foreign, { ...foreign, origin: 'null' }]) {
      const { status, problem } = await call({ ...login, headers })
      expect(status).toBe(403)
      expect(problem).toMatchObject({ type: 'urn:mutuo:problem:origin_not_trusted' })
    }
    const own = { ...fromPage, host: '127.0.0.1:8420', origin: 'http://127.0.0.1:8420' }
    expect((await call({ ...login, headers: own })).status).toBe(503)
  })

  it('refuses bodies that are no objects, and says so', async () => {
    const post = { method: 'POST', url: '/lender/session/login', headers: fromPage } as const
    const { status, problem } = await call({ ...post, payload: ['a', 'b'] })
    expect(status).toBe(400)
    expect(problem).toMatchObject({
      type: 'urn:mutuo:problem:request_malformed',
      problems: ['the body must be an object'],
    })
    const broken = await call({ ...post, headers: { ...fromPage, 'content-type': 'application/json' }, payload: '{' })
    expect(broken.status).toBe(400)
  })

  it('says so when the node does not answer', async () => {
    const { status, headers, problem } = await call({ url: '/lender/session' })
    expect(status).toBe(503)
    expect(headers['retry-after']).toBe('2')
    expect(problem).toMatchObject({ type: 'urn:mutuo:problem:node_unreachable' })
  })

  it('bounds how often an address may try to sign in', async () => {
    const login = { method: 'POST', url: '/lender/session/login', headers: fromPage } as const
    const statuses: number[] = []
    for (let tries = 0; tries < 25; tries++) {
      const { status } = await call({ ...login, remoteAddress: '10.0.0.9', payload: { name: 'a', password: 'b' } })
      statuses.push(status)
    }
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(503))
    expect(statuses.slice(20)).toEqual(Array(5).fill(429))
  })

  it('serves the page at each screen’s address under a strict policy, and its assets for ever', async () => {
    for (const url of ['/', '/offers', '/loans/abc?tab=ledger']) {
      const { status, headers, body } = await call({ url })
      expect(status).toBe(200)
      expect(body).toContain('<title>page</title>')
      expect(headers['cache-control']).toBe('no-cache')
      expect(headers['content-security-policy']).toContain("script-src 'self';style-src 'self' 'unsafe-inline'")
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
    const asset = await call({ url: '/assets/index-abc.js' })
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await call({ url: '/assets/index-gone.js' })).status).toBe(404)
    expect((await call({ url: '/assets/../../node.sock' })).body).not.toContain('node.sock')
  })

  it('does not answer a screen for an unknown route of an API', async () => {
    const { status, headers } = await call({ url: '/lender/nowhere' })
    expect(status).toBe(404)
    expect(headers['content-type']).toMatch('application/problem+json')
  })
})

function parsed(body: string): unknown {
  return body.startsWith('{') ? JSON.parse(body) : null
}
