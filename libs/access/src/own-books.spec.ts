import 'reflect-metadata'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ClientProxyFactory, MessagePattern, Transport } from '@nestjs/microservices'
import { IsOptional, IsString } from 'class-validator'
import { firstValueFrom } from 'rxjs'
import type { Actor, Role } from '#libs/messages'
import { ActorRequest, Allow, IsTextId, NodeController, OwnBooks } from './index.js'

class BalanceRequest extends ActorRequest {
  @IsOptional()
  @IsTextId()
  owner?: string
}

class StatementRequest extends ActorRequest {
  @IsString()
  account!: string
}

@OwnBooks()
@NodeController()
class Books {
  @MessagePattern('balance')
  @Allow('lender', 'borrower', 'auditor')
  balance({ owner }: BalanceRequest) {
    return { of: owner ?? 'all' }
  }

  @MessagePattern('statement')
  @Allow('lender', 'borrower', 'auditor')
  statement({ account }: StatementRequest) {
    return { of: account }
  }
}

@Module({ controllers: [Books] })
class BooksModule {}

const marta = 'y'.repeat(52)
const tom = `${'y'.repeat(51)}o`
const actor = (role: Role, identity: string | null): Actor => ({ account: 'a1', role, identity })

describe('the books at a node', () => {
  const port = `/tmp/mutuo-own-books-${process.pid}.sock` as unknown as number
  const connect = { transport: Transport.TCP as const, options: { port } }
  const client = ClientProxyFactory.create(connect)
  let stop: () => Promise<void>

  beforeAll(async () => {
    const node = await NestFactory.createMicroservice(BooksModule, { ...connect, logger: false })
    await node.listen()
    stop = () => node.close()
  })
  afterAll(async () => {
    client.close()
    await stop()
  })
  const send = (pattern: string, data: object): Promise<unknown> => firstValueFrom(client.send(pattern, data))
  const refused = { refused: 'not_allowed' }

  it.each(['lender', 'borrower'] as const)('are open to a %s as far as they are its own', async (role) => {
    const by = actor(role, marta)
    expect(await send('balance', { actor: by })).toEqual({ of: marta })
    expect(await send('balance', { actor: by, owner: marta })).toEqual({ of: marta })
    expect(await send('balance', { actor: by, owner: tom })).toEqual(refused)
    expect(await send('statement', { actor: by, account: `${marta}:asset:cash:x` })).toEqual({
      of: `${marta}:asset:cash:x`,
    })
    expect(await send('statement', { actor: by, account: `${tom}:asset:cash:x` })).toEqual(refused)
    expect(await send('statement', { actor: by, account: [`${marta}:asset`, tom] })).toMatchObject({
      refused: 'request_malformed',
    })
  })

  it.each(['operator', 'auditor'] as const)('are all open to an %s', async (role) => {
    for (const identity of [marta, null]) {
      const by = actor(role, identity)
      expect(await send('balance', { actor: by })).toEqual({ of: 'all' })
      expect(await send('balance', { actor: by, owner: tom })).toEqual({ of: tom })
      expect(await send('statement', { actor: by, account: `${tom}:asset:cash:x` })).toEqual({
        of: `${tom}:asset:cash:x`,
      })
    }
  })

  it('are none of someone’s without an identity, nor of someone who is not known', async () => {
    expect(await send('balance', { actor: actor('lender', null), owner: tom })).toEqual({ refused: 'no_identity' })
    expect(await send('balance', { actor: { account: 'a1', role: 'lender' } })).toEqual({ refused: 'no_identity' })
    expect(await send('balance', {})).toEqual(refused)
    expect(await send('balance', { actor: 'operator' })).toEqual(refused)
  })
})
