import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { NestFactory } from '@nestjs/core'
import { BorrowerApiModule } from './borrower-api.module.js'
import { createDocument } from './docs/document.js'
import { MAX_BODY_BYTES, PER_ENROLLING_ADDRESS } from './edge/limits.service.js'

/** Everything here happens before a node is asked: there is none. */
describe('the borrower API at its edge', () => {
  let app: NestFastifyApplication

  beforeEach(async () => {
    app = await NestFactory.create<NestFastifyApplication>(
      BorrowerApiModule.forRoot({ socket: '/nowhere/node.sock' }),
      new FastifyAdapter(),
      { logger: false },
    )
    await app.init()
    await app.getHttpAdapter().getInstance().ready()
  })
  afterEach(() => app.close())

  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers })
  const enrol = (payload: string, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: '/borrower/v1/devices',
      headers: { 'content-type': 'application/json', ...headers },
      payload,
    })

  it('describes itself, once for those who have it already', async () => {
    const first = await get('/borrower/v1/openapi.json')
    expect(first.statusCode).toBe(200)
    expect(first.json()).toMatchObject({ openapi: '3.1.0' })
    const again = await get('/borrower/v1/openapi.json', { 'if-none-match': String(first.headers['etag']) })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  it('has a page that people can read, without script and from nowhere else', async () => {
    const { statusCode, headers, body } = await get('/borrower/v1/docs')
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(body).toContain('Sign the agreement')
    expect(body).not.toMatch(/<script|src=|https?:\/\/(?!www\.apache)/)
  })

  it.each([
    ['/borrower/v1/nothing', {}, 404, 'not_found'],
    ['/borrower/v1/me', {}, 401, 'not_authenticated'],
    ['/borrower/v1/me', { authorization: 'Basic abc' }, 401, 'not_authenticated'],
    ['/borrower/v1/me', { authorization: 'Bearer a b' }, 401, 'not_authenticated'],
    ['/borrower/v1/me', { authorization: 'Bearer token' }, 503, 'node_unreachable'],
    ['/borrower/v1/events', {}, 401, 'not_authenticated'],
  ])('answers GET %s with %j by a problem', async (url, headers, status, name) => {
    const answer = await get(url, headers)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(answer.json()).toMatchObject({ type: `urn:mutuo:problem:${name}`, status })
  })

  it('lets nobody in without a device, at any endpoint', async () => {
    const { paths } = await createDocument()
    const endpoints = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method, url: path.replace(/\{\w+\}/, 'y'.repeat(52)) })),
    )
    expect(endpoints.length).toBeGreaterThanOrEqual(25)
    for (const { method, url } of endpoints.filter((endpoint) => !endpoint.url.endsWith('/devices'))) {
      const answer = await app.inject({ method: method === 'get' ? 'GET' : method === 'put' ? 'PUT' : 'POST', url })
      expect([method, url, answer.statusCode]).toEqual([method, url, 401])
    }
  })

  it.each([
    ['not JSON', '{', 400, 'request_malformed'],
    ['nothing', '', 400, 'request_malformed'],
    ['a list', '[]', 400, 'request_malformed'],
    ['text', '"code"', 400, 'request_malformed'],
    ['null', 'null', 400, 'request_malformed'],
    ['a wrong type', '{"code":1,"deviceName":"phone"}', 400, 'request_malformed'],
    ['an unknown field', '{"code":"c","deviceName":"phone","role":"operator"}', 400, 'request_malformed'],
    ['an attempt on prototypes', '{"__proto__":{"a":1},"code":"c","deviceName":"d"}', 400, 'request_malformed'],
    ['too much', JSON.stringify({ code: 'x'.repeat(MAX_BODY_BYTES) }), 413, 'request_too_large'],
  ])('answers a body that is %s by a problem', async (_what, body, status, name) => {
    const answer = await enrol(body)
    expect(answer.json()).toMatchObject({ type: `urn:mutuo:problem:${name}`, status })
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ])
  })

  it('names each field and what is wrong with it', async () => {
    const { problems } = (await enrol('{"code":1,"deviceName":""}')).json<{ problems: string[] }>()
    expect(problems).toContain('deviceName: deviceName must be longer than or equal to 1 characters')
    expect(problems.some((problem) => problem.startsWith('code: '))).toBe(true)
  })

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'application/jsonx', ''])(
    'takes no media type %j',
    async (type) => {
      const answer = await enrol('code=c&deviceName=d', { 'content-type': type })
      expect([answer.statusCode, answer.json<{ type: string }>().type]).toEqual([
        415,
        'urn:mutuo:problem:media_type_unsupported',
      ])
    },
  )

  it('says how much is left, and lets nobody try enrolment codes at will', async () => {
    const first = await get('/borrower/v1/me')
    expect(Number(first.headers['ratelimit-remaining'])).toBe(Number(first.headers['ratelimit-limit']) - 1)
    for (let tries = 0; tries < PER_ENROLLING_ADDRESS; tries++) expect((await enrol('{}')).statusCode).toBe(400)
    const answer = await enrol('{}')
    expect(answer.statusCode).toBe(429)
    expect(answer.json()).toMatchObject({ type: 'urn:mutuo:problem:too_many_requests' })
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    expect((await get('/borrower/v1/me')).statusCode).toBe(401)
  })
})
