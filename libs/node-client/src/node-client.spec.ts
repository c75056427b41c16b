import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Controller, type INestMicroservice, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import {
  Ctx,
  MessagePattern,
  type MicroserviceOptions,
  Payload,
  type TcpContext,
  Transport,
} from '@nestjs/microservices'
import { finalize, interval, map, Observable, take, toArray, lastValueFrom } from 'rxjs'
import type { ChangeEvent } from '#libs/messages'
import { NodeClient, NodeFailure, NodeUnreachable } from './node-client.service.js'
import { RefusalException } from './problem.js'

let closedStreams = 0

/** A microservice with the patterns that these tests speak; it stands on the same transport as a node. */
@Controller()
class Answers {
  @MessagePattern('profiles.show')
  show(@Payload() request: { identity: string }): unknown {
    if (request.identity === 'unknown') return { refused: 'identity_not_found' }
    if (request.identity === 'broken') throw new Error('secret inside')
    return { identity: request.identity }
  }

  @MessagePattern('events.watch')
  watch(@Ctx() context: TcpContext): Observable<ChangeEvent> {
    return new Observable<ChangeEvent>((subscriber) => {
      const ticks = interval(2).pipe(
        map((seq) => ({ seq, subjects: [] })),
        finalize(() => closedStreams++),
      )
      const subscription = ticks.subscribe(subscriber)
      context.getSocketRef().on('close', () => subscription.unsubscribe())
      return subscription
    })
  }
}

@Module({ controllers: [Answers] })
class AnswersModule {}

describe('a client of the node', () => {
  let folder: string
  let socket: string
  let server: INestMicroservice
  let client: NodeClient

  const start = async () => {
    const port = socket as unknown as number
    const options: MicroserviceOptions = { transport: Transport.TCP, options: { port } }
    server = await NestFactory.createMicroservice<MicroserviceOptions>(AnswersModule, { ...options, logger: false })
    await server.listen()
  }
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'node-client-'))
    socket = join(folder, 'node.sock')
    await start()
    client = new NodeClient(socket, 2_000)
  })
  afterAll(async () => {
    client.onApplicationShutdown()
    await server.close()
    rmSync(folder, { recursive: true })
  })

  it('gives the answer', async () => {
    expect(await client.ask('profiles.show', { identity: 'maria' })).toEqual({ identity: 'maria' })
  })

  it('gives a refusal as a value to send, and throws it from ask', async () => {
    expect(await client.send('profiles.show', { identity: 'unknown' })).toEqual({ refused: 'identity_not_found' })
    await expect(client.ask('profiles.show', { identity: 'unknown' })).rejects.toThrow(RefusalException)
  })

  it('tells a failure of the node from a node that is not there', async () => {
    await expect(client.send('profiles.show', { identity: 'broken' })).rejects.toThrow(NodeFailure)
    const nobody = new NodeClient(join(folder, 'nobody.sock'))
    await expect(nobody.send('profiles.show', { identity: 'maria' })).rejects.toThrow(NodeUnreachable)
  })

  it('reads a stream, and the node notices when nobody listens any more', async () => {
    const before = closedStreams
    const items = await lastValueFrom(client.stream('events.watch', { actor: ACTOR }).pipe(take(3), toArray()))
    expect(items.map((item) => item.seq)).toEqual([0, 1, 2])
    await eventually(() => closedStreams === before + 1)
  })

  it('ends a stream when the node stops, and connects again when it is back', async () => {
    const broken = lastValueFrom(client.stream('events.watch', { actor: ACTOR }))
    const expectation = expect(broken).rejects.toThrow(NodeUnreachable)
    await new Promise((resolve) => setTimeout(resolve, 50))
    await server.close()
    await expectation
    await new Promise((resolve) => setTimeout(resolve, 50))
    await start()
    expect(await client.ask('profiles.show', { identity: 'maria' })).toEqual({ identity: 'maria' })
  })
})

const ACTOR = { account: 'a', role: 'operator', identity: null } as const

async function eventually(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(holds()).toBe(true)
}
