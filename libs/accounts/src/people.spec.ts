import 'reflect-metadata'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type INestMicroservice, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { type ClientProxy, ClientProxyFactory, Transport } from '@nestjs/microservices'
import { firstValueFrom } from 'rxjs'
import { handlersWithoutRule } from '#libs/access'
import { isRefusal, Rules } from '#libs/fold'
import type { AccountView, Actor, AnswerOf, MessageName, RequestOf } from '#libs/messages'
import {
  NetworkController,
  networkMigrations,
  NetworkModule,
  networkProjections,
  networkRules,
  peopleOf,
} from '#libs/network'
import {
  Keyring,
  profileMigrations,
  profileProjections,
  profileRules,
  ProfilesController,
  ProfilesModule,
} from '#libs/profiles'
import { StoreModule, systemClock } from '#libs/store'
import { accountMigrations, Accounts, AccountsController, AccountsModule } from './index.js'

/** One story, told in order over a real socket: a household that shares a node. */
describe('people on one node', () => {
  let directory: string
  let node: INestMicroservice
  let client: ClientProxy

  const start = async () => {
    const keyring = await Keyring.open(join(directory, 'keys'))
    @Module({
      imports: [
        StoreModule.forRoot({
          database: { dataDir: join(directory, 'postgres') },
          rules: new Rules([networkRules, profileRules]),
          projections: [...networkProjections, ...profileProjections],
          migrations: [...networkMigrations, ...profileMigrations, ...accountMigrations],
          peopleOf,
          signer: keyring,
          clock: systemClock(),
        }),
        ProfilesModule.forRoot(keyring),
        NetworkModule.forRoot({ addresses: [] }),
        AccountsModule,
      ],
    })
    class Household {}
    const port = join(directory, 'node.sock') as unknown as number
    const transport = { transport: Transport.TCP as const, options: { port } }
    node = await NestFactory.createMicroservice(Household, { ...transport, logger: false })
    await node.listen()
    client = ClientProxyFactory.create(transport)
  }
  const stop = async () => {
    client.close()
    await node.close()
  }
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mutuo-people-'))
    await start()
  })
  afterAll(async () => {
    await stop()
    await rm(directory, { recursive: true })
  })

  const send = <Name extends MessageName>(name: Name, request: RequestOf<Name>): Promise<AnswerOf<Name>> =>
    firstValueFrom(client.send<AnswerOf<Name>>(name, request))
  const taken = async <Name extends MessageName>(name: Name, request: RequestOf<Name>) => {
    const answer = await send(name, request)
    if (isRefusal(answer)) throw new Error(`${name}: ${JSON.stringify(answer)}`)
    return answer as Exclude<AnswerOf<Name>, { refused: string }>
  }
  const actorOf = ({ id, role, identity }: AccountView): Actor => ({ account: id, role, identity })
  const actorWith = async (token: string) => actorOf((await taken('accounts.authenticate', { token })).account)

  let operatorToken: string
  let phoneToken: string
  const operator = () => actorWith(operatorToken)
  const phone = () => actorWith(phoneToken)

  it('meet a rule at every message', () => {
    expect(handlersWithoutRule([AccountsController, NetworkController, ProfilesController])).toEqual([])
  })

  it('begin with an operator, who founds a network and acts for its founder from then on', async () => {
    const setupToken = (await node.get(Accounts).setupToken())!
    const session = await taken('accounts.setup', { setupToken, name: 'Olu', password: 'correct horse' })
    operatorToken = session.token
    expect((await operator()).identity).toBeNull()
    const network = await taken('network.create', { actor: await operator(), name: 'Household', alias: 'Olu' })
    expect((await operator()).identity).toBe(network.self.identity)
    expect(network.steward).toBe(network.self.identity)
  })

  it('get a code from the operator alone, and register their phones with it', async () => {
    const lender: Actor = { account: 'x', role: 'lender', identity: null }
    const enrol = (actor: Actor) => send('accounts.enrol', { actor, name: 'Ada', role: 'borrower' })
    await expect(enrol(lender)).resolves.toEqual({ refused: 'not_allowed' })
    const enrolment = await taken('accounts.enrol', { actor: await operator(), name: 'Ada', role: 'borrower' })
    const device = await taken('accounts.registerDevice', { code: enrolment.code, deviceName: 'phone' })
    phoneToken = device.token
    expect((await phone()).account).toBe(enrolment.account.id)
  })

  it('get an identity, once, that the node’s own one admits', async () => {
    const view = await taken('identities.create', { actor: await phone() })
    expect(view).toMatchObject({ admitted: true, facts: {}, publishedAtMs: null, here: true })
    expect((await phone()).identity).toBe(view.identity)
    await expect(send('identities.create', { actor: await phone() })).resolves.toEqual({ refused: 'identity_exists' })
    const { items } = await taken('members.list', {})
    expect(items.map(({ identity, admittedBy, here }) => ({ identity, admittedBy, here }))).toEqual([
      { identity: (await operator()).identity, admittedBy: null, here: true },
      { identity: view.identity, admittedBy: (await operator()).identity, here: true },
    ])
    await expect(taken('network.show', {})).resolves.toMatchObject({ members: 2 })
  })

  it('publish a profile that anyone may see, and take facts back by publishing anew', async () => {
    const actor = await phone()
    const facts = { alias: 'Ada', country: 'KE', about: 'Bread.\nAnd cake.' }
    expect(await taken('profiles.publish', { actor, facts })).toMatchObject({ facts, admitted: true })
    const shown = await taken('profiles.show', { identity: actor.identity! })
    expect(shown.publishedAtMs).toBeGreaterThanOrEqual(shown.createdAtMs)
    expect(shown.facts).toEqual(facts)
    expect((await taken('members.list', {})).items.map(({ alias }) => alias)).toEqual(['Olu', 'Ada'])
    expect(await taken('profiles.publish', { actor, facts: {} })).toMatchObject({ facts: {} })
    const unfit = { refused: 'profile_malformed', fields: ['alias'] }
    await expect(send('profiles.publish', { actor, facts: { alias: ' ' } })).resolves.toEqual(unfit)
    await expect(send('profiles.show', { identity: 'y'.repeat(52) })).resolves.toEqual({
      refused: 'identity_not_found',
    })
  })

  it('without a phone have an identity that the operator holds, and every record of it says so', async () => {
    const actor = await operator()
    await expect(send('identities.hold', { actor: await phone(), alias: 'Bea' })).resolves.toEqual({
      refused: 'not_allowed',
    })
    await expect(send('identities.hold', { actor, alias: ' ' })).resolves.toMatchObject({
      refused: 'profile_malformed',
    })
    const bea = await taken('identities.hold', { actor, alias: 'Bea' })
    expect(bea).toMatchObject({ heldBy: actor.identity, admitted: true, facts: { alias: 'Bea' }, here: true })
    expect((await taken('identities.held', { actor })).items).toEqual([bea])
    await taken('profiles.publish', { actor: { ...actor, identity: bea.identity }, facts: { alias: 'Bea B.' } })
    const { items } = await taken('records.log', { author: bea.identity })
    expect(items.map(({ kind, authorHeldBy }) => [kind, authorHeldBy])).toEqual([
      ['identity.created', actor.identity],
      ['profile.published', actor.identity],
      ['profile.published', actor.identity],
    ])
    const ada = (await phone()).identity!
    expect(await taken('profiles.show', { identity: ada })).toMatchObject({ heldBy: null })
    expect((await taken('records.log', { author: ada })).items[0]).toMatchObject({ authorHeldBy: null })
    const held = (await taken('members.list', {})).items.map(({ alias, heldBy }) => [alias, heldBy])
    expect(held).toContainEqual(['Bea B.', actor.identity])
  })

  it('send nothing that the node does not know', async () => {
    const actor = await phone()
    const malformed = { refused: 'request_malformed' }
    const facts = { email: 'ada@example.org' } as object
    await expect(send('profiles.publish', { actor, facts })).resolves.toMatchObject(malformed)
    await expect(send('profiles.show', { identity: 'ada' })).resolves.toMatchObject(malformed)
    await expect(send('invites.create', { actor: await operator(), validHours: 0 })).resolves.toMatchObject(malformed)
    await expect(send('invites.create', { actor, validHours: 1 })).resolves.toEqual({ refused: 'not_allowed' })
  })

  it('find everything as it was after a restart', async () => {
    const before = await taken('members.list', {})
    const { identity } = await phone()
    await stop()
    await start()
    await expect(taken('members.list', {})).resolves.toEqual(before)
    expect((await phone()).identity).toBe(identity)
    expect(await taken('profiles.publish', { actor: await phone(), facts: { alias: 'Ada' } })).toMatchObject({
      identity,
      facts: { alias: 'Ada' },
    })
    await expect(taken('accounts.state', {})).resolves.toEqual({ initialised: true })
    await expect(node.get(Accounts).setupToken()).resolves.toBeNull()
  })
})
