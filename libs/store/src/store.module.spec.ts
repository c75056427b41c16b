import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { INestMicroservice } from '@nestjs/common'
import { type ClientProxy, ClientProxyFactory, type MicroserviceOptions, Transport } from '@nestjs/microservices'
import { Test } from '@nestjs/testing'
import { Rules } from '#libs/fold'
import { fromText, keyPairFromSeed, sign, toText } from '#libs/record'
import { firstValueFrom, lastValueFrom, type Subject, take, toArray } from 'rxjs'
import { openPot, potProjection, potRules, Pots1790000000100 } from './pots.fixture.js'
import { Records } from './records.service.js'
import { StoreModule } from './store.module.js'
import { systemClock } from './system-clock.shell.js'

const { publicKey, secretKey } = keyPairFromSeed(new Uint8Array(32).fill(7))
const author = toText(publicKey)
const actor = { account: 'operator', role: 'operator', identity: null }

let dir: string
let app: INestMicroservice
let client: ClientProxy
let records: Records
let net: string
let pot: string

let port: number

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mutuo-module-'))
  const options = {
    database: { dataDir: join(dir, 'postgres') },
    rules: new Rules([potRules]),
    projections: [potProjection],
    migrations: [Pots1790000000100],
    signer: { sign: (_author: string, message: Uint8Array) => sign(message, secretKey) },
    clock: systemClock(),
    peopleOf: async (_manager: unknown, authors: readonly string[]) =>
      new Map(authors.map((key) => [key, { alias: 'Ada', heldBy: null }])),
  }
  const module = await Test.createTestingModule({ imports: [StoreModule.forRoot(options)] }).compile()
  // Nest's options type the port as a number, and hand it to net.listen, which takes a path as well.
  port = join(dir, 'node.sock') as string & number
  app = module.createNestMicroservice<MicroserviceOptions>({ transport: Transport.TCP, options: { port } })
  await app.listen()
  client = ClientProxyFactory.create({ transport: Transport.TCP, options: { port } })
  records = app.get(Records)
  const genesis = { kind: 'network.created', subj: null, refs: [], body: {} }
  const outcome = await records.append(null, author, () => [genesis, openPot(5)])
  const [first, second] = (outcome as { records: { id: string }[] }).records
  net = first!.id
  pot = second!.id
})
afterAll(async () => {
  await client?.close()
  await app?.close()
  await rm(dir, { recursive: true, force: true })
})

const ask = async (pattern: string, request: object): Promise<Record<string, unknown>> =>
  firstValueFrom(client.send(pattern, request))

describe('the store answers', () => {
  it('records.show with the view and the bytes', async () => {
    const shown = await ask('records.show', { id: pot })
    expect(shown).toMatchObject({
      id: pot,
      author,
      authorAlias: 'Ada',
      authorHeldBy: null,
      seq: 1,
      kind: 'pot.opened',
      subject: pot,
      refs: [],
      body: { capacity: 5 },
      signed: 'itself',
      void: null,
      suspended: false,
      finality: 'stored',
    })
    expect(shown['headerHex']).toMatch(/^ab6176/)
    expect(await ask('records.show', { id: 'y'.repeat(52) })).toEqual({ refused: 'record_not_found' })
  })

  it('records.timeline and, in pages, records.log', async () => {
    expect(await ask('records.timeline', { subject: net })).toMatchObject({ items: [{ id: net }] })
    expect(await ask('records.timeline', { subject: 'y'.repeat(52) })).toEqual({ refused: 'subject_not_found' })
    const page = await ask('records.log', { author, limit: 1 })
    expect(page).toMatchObject({ items: [{ id: net }] })
    const rest = await ask('records.log', { author, limit: 1, cursor: page['next'] })
    expect(rest).toMatchObject({ items: [{ id: pot }] })
    expect(rest).not.toHaveProperty('next')
  })

  it('store.verify, store.rebuild as streams that end with done, and store.digests', async () => {
    const verified = await lastValueFrom(client.send('store.verify', { actor }))
    expect(verified).toMatchObject({ done: true, ok: true, records: 2, subjects: 3, problems: [] })
    expect(await lastValueFrom(client.send('store.rebuild', { actor }))).toEqual({ done: true, subjects: 3 })
    const { subjects } = await ask('store.digests', {})
    expect(subjects).toHaveLength(3)
  })

  it('store.export and store.import', async () => {
    const path = join(dir, 'book.car')
    expect(await ask('store.export', { actor, path })).toMatchObject({ path, records: 2, certificates: 0 })
    const imported = { accepted: 0, known: 2, staged: 0, refused: [] }
    expect(await ask('store.import', { actor, path })).toEqual(imported)
  })

  it('events.watch with subjects as they change', async () => {
    const events = lastValueFrom(client.send('events.watch', { actor }).pipe(take(1), toArray()))
    await new Promise((wait) => setTimeout(wait, 200))
    const outcome = await records.append(net, author, () => [openPot(9)])
    const [opened] = (outcome as { records: { id: string }[] }).records
    expect(await events).toEqual([{ seq: expect.any(Number), subjects: [{ subject: opened!.id, type: 'pot' }] }])
    expect((await records.head(fromText(net), publicKey))!.length).toBe(3)
  })

  it('events.watch only as long as somebody listens', async () => {
    const listeners = () => (records.projected as Subject<unknown>).observers.length
    const before = listeners()
    const other = ClientProxyFactory.create({ transport: Transport.TCP, options: { port } })
    const watching = other.send('events.watch', { actor }).subscribe({ error: () => undefined })
    while (listeners() === before) await new Promise((wait) => setTimeout(wait, 10))
    other.close()
    while (listeners() > before) await new Promise((wait) => setTimeout(wait, 10))
    watching.unsubscribe()
  })

  it('a malformed request by naming what is wrong', async () => {
    expect(await ask('records.show', { id: 'short', more: 1 })).toMatchObject({ refused: 'request_malformed' })
    expect(await ask('store.verify', { actor, more: 1 })).toMatchObject({ refused: 'request_malformed' })
    expect(await ask('store.verify', {})).toEqual({ refused: 'not_allowed' })
  })
})
