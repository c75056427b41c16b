import 'reflect-metadata'
import { Controller, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ClientProxyFactory, MessagePattern, Transport } from '@nestjs/microservices'
import { IsInt } from 'class-validator'
import { firstValueFrom } from 'rxjs'
import type { Actor, Role } from '#libs/messages'
import { ActorRequest, Allow, EmptyRequest, handlersWithoutRule, IsTextId, NodeController, Open } from './index.js'

class LendRequest extends ActorRequest {
  @IsInt()
  amount!: number

  @IsTextId()
  offer!: string
}

@NodeController()
class Ruled {
  @MessagePattern('lend')
  @Allow('lender')
  lend(request: LendRequest) {
    return { lent: request.amount }
  }

  @MessagePattern('look')
  @Open()
  look(_request: EmptyRequest) {
    return { seen: true }
  }

  @MessagePattern('forgotten')
  forgotten(_request: EmptyRequest) {
    return { reached: true }
  }
}

@Controller()
class Unruled {
  @MessagePattern('bare')
  @Open()
  bare(request: { anything: string }) {
    return request
  }
}

@Module({ controllers: [Ruled] })
class RuledModule {}

const offer = 'y'.repeat(52)
const actor = (role: Role): Actor => ({ account: 'a1', role, identity: null })

describe('access to a node', () => {
  const port = `/tmp/mutuo-access-${process.pid}.sock` as unknown as number
  const connect = { transport: Transport.TCP as const, options: { port } }
  const client = ClientProxyFactory.create(connect)
  let stop: () => Promise<void>

  beforeAll(async () => {
    const node = await NestFactory.createMicroservice(RuledModule, { ...connect, logger: false })
    await node.listen()
    stop = () => node.close()
  })
  afterAll(async () => {
    client.close()
    await stop()
  })

  const send = (pattern: string, data: object): Promise<unknown> => firstValueFrom(client.send(pattern, data))

  it('lets the role that the handler names, and the operator', async () => {
    const request = { amount: 5, offer }
    await expect(send('lend', { actor: actor('lender'), ...request })).resolves.toEqual({ lent: 5 })
    await expect(send('lend', { actor: actor('operator'), ...request })).resolves.toEqual({ lent: 5 })
  })

  it('refuses other roles, no actor, and malformed actors, as a value', async () => {
    for (const by of [
      { actor: actor('auditor') },
      { actor: actor('borrower') },
      {},
      { actor: 'operator' },
      { actor: null },
    ])
      await expect(send('lend', { ...by, amount: 5, offer })).resolves.toEqual({ refused: 'not_allowed' })
  })

  it('refuses a handler without a rule to everyone', async () => {
    await expect(send('forgotten', { actor: actor('operator') })).resolves.toEqual({ refused: 'not_allowed' })
  })

  it('refuses unknown, missing and wrong fields, and names them', async () => {
    await expect(send('lend', { actor: actor('lender'), amount: 1.5, offer: 'x', more: 1 })).resolves.toEqual({
      refused: 'request_malformed',
      problems: expect.arrayContaining([
        expect.stringMatching(/^amount: /),
        expect.stringMatching(/^offer: /),
        expect.stringMatching(/^more: /),
      ]) as string[],
    })
    await expect(send('lend', { actor: { ...actor('lender'), admin: true }, amount: 1, offer })).resolves.toEqual({
      refused: 'request_malformed',
      problems: [expect.stringMatching(/^actor\.admin: /) as string],
    })
    await expect(send('look', { extra: 1 })).resolves.toMatchObject({ refused: 'request_malformed' })
    await expect(send('look', {})).resolves.toEqual({ seen: true })
  })

  it('finds handlers without a rule, without a request class, and controllers without the guard', () => {
    expect(handlersWithoutRule([Ruled, Unruled])).toEqual([
      'Ruled.forgotten: neither Allow nor Open',
      'Unruled: is no NodeController',
      'Unruled.bare: its request has no class',
    ])
  })
})
