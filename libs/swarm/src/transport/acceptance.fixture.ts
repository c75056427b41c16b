/** What every transport of Nest must do, as one service; and how a test gets it over TCP and over Hyperswarm. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { Controller, type INestMicroservice, Module, type Type } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import {
  type ClientProxy,
  ClientProxyFactory,
  Ctx,
  EventPattern,
  MessagePattern,
  type MicroserviceOptions,
  Payload,
  RpcException,
  Transport,
} from '@nestjs/microservices'
import HyperDHT from 'hyperdht'
import Hyperswarm from 'hyperswarm'
import { concat, finalize, interval, map, type Observable, of, range, Subject, takeUntil, throwError } from 'rxjs'
import {
  Caller,
  type CallerOptions,
  Dialler,
  PeerClient,
  PeerContext,
  PeerServer,
  type PeerServerOptions,
  streamsOf,
} from './index.js'

/** What the service's handlers noticed. */
export const noticed = {
  events: new Subject<unknown>(),
  over: new Subject<void>(),
  endedTicks: 0,
  pulled: 0,
  aborted: 0,
}

@Controller()
class ServiceController {
  @MessagePattern('echo')
  echo(@Payload() data: unknown): unknown {
    return data
  }

  @MessagePattern({ cmd: 'add', of: 'numbers' })
  add(@Payload() numbers: number[]): Promise<number> {
    return Promise.resolve(numbers.reduce((sum, number) => sum + number, 0))
  }

  @MessagePattern('nothing')
  nothing(): undefined {
    return undefined
  }

  @MessagePattern('late')
  late(@Payload() { afterMs, answer }: { afterMs: number; answer: string }): Promise<string> {
    return new Promise((resolve) => setTimeout(() => resolve(answer), afterMs))
  }

  @MessagePattern('refuse')
  refuse(@Payload() error: string | object): never {
    throw new RpcException(error)
  }

  @MessagePattern('break')
  break(): never {
    throw new Error('a secret of the inside')
  }

  @MessagePattern('count')
  count(@Payload() to: number): Observable<number> {
    return range(1, to)
  }

  @MessagePattern('count.then.refuse')
  countThenRefuse(): Observable<number> {
    return concat(
      of(1, 2),
      throwError(() => new RpcException({ refused: 'three' })),
    )
  }

  @MessagePattern('tick')
  tick(): Observable<number> {
    return interval(5).pipe(
      takeUntil(noticed.over),
      finalize(() => noticed.endedTicks++),
    )
  }

  @EventPattern('happened')
  happened(@Payload() data: unknown): void {
    noticed.events.next(data)
  }

  @MessagePattern('pull')
  async *pull(@Payload() { count, bytes }: { count: number; bytes: number }): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < count; i++) {
      noticed.pulled++
      yield new Uint8Array(bytes).fill(i)
    }
  }

  @MessagePattern('pull.then.refuse')
  async *pullThenRefuse(): AsyncGenerator<number> {
    yield await Promise.resolve(1)
    throw new RpcException({ refused: 'two' })
  }

  @MessagePattern('flood')
  flood(@Payload() { count, bytes }: { count: number; bytes: number }): Observable<string> {
    return range(0, count).pipe(map(() => 'x'.repeat(bytes)))
  }

  @MessagePattern('who')
  who(@Ctx() context: PeerContext): object {
    return { key: Buffer.from(context.getRemoteKey()).toString('hex'), caller: context.getCaller() }
  }

  @MessagePattern('wait')
  wait(@Ctx() context: PeerContext): Promise<never> {
    context.getSignal().addEventListener('abort', () => noticed.aborted++)
    return new Promise(() => undefined)
  }
}

@Module({ controllers: [ServiceController] })
class ServiceModule {}

/** A server, and clients of it. */
export interface Setting {
  client(): ClientProxy
  stopServer(): Promise<void>
  startServer(): Promise<void>
  close(): Promise<void>
}

export const transports: [name: string, set: () => Promise<Setting>][] = [
  ['TCP', overTcp],
  ['Hyperswarm', overHyperswarm],
]

async function overTcp(): Promise<Setting> {
  const port = await freePort()
  const options = { transport: Transport.TCP as const, options: { host: '127.0.0.1', port } }
  return setting(options, () => ClientProxyFactory.create(options))
}

export interface SwarmSetting extends Setting {
  server(): PeerServer
  client(options?: Partial<CallerOptions & { seed: Uint8Array; remoteKey: Uint8Array }>): PeerClient
  dialler(seed: Uint8Array, remoteKey?: Uint8Array): Dialler
  /** A caller from the server's end, to whom is connected with it under a key. */
  callerTo(key: Uint8Array): Caller
  /** Ends the machine that the server runs on, without a word to anybody. */
  cutServer(): Promise<void>
}

export const seed = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)

/** Over real connections, made on a DHT of its own on loopback. */
export async function overHyperswarm(options: Partial<Omit<PeerServerOptions, 'streams'>> = {}): Promise<SwarmSetting> {
  const dht = HyperDHT.bootstrapper(await freePort(), '127.0.0.1', { bootstrap: [], host: '127.0.0.1' })
  await dht.fullyBootstrapped()
  const bootstrap = [{ host: '127.0.0.1', port: dht.address().port }]
  const newSwarm = async () => {
    const local = new HyperDHT({ bootstrap, host: '127.0.0.1', firewalled: false })
    const swarm = new Hyperswarm({ seed: seed(1), dht: local })
    swarm.on('connection', (stream) => stream.on('error', () => undefined))
    await swarm.listen()
    return swarm
  }
  let swarm = await newSwarm()
  const remoteKey = swarm.keyPair.publicKey
  const diallers: Dialler[] = []
  let server: PeerServer
  const dialler: SwarmSetting['dialler'] = (own, to = remoteKey) => {
    const made = new Dialler({ remoteKey: to, seed: own, bootstrap, host: '127.0.0.1' })
    diallers.push(made)
    return made
  }
  const client: SwarmSetting['client'] = (own = {}) =>
    new PeerClient({ dial: dialler(own.seed ?? seed(2), own.remoteKey).dial, ...own })
  const base = await setting(
    () => {
      server = new PeerServer({ authorise: () => ({ allowed: true }), ...options, streams: streamsOf(swarm) })
      return { strategy: server }
    },
    () => client(),
  )
  return {
    ...base,
    client,
    dialler,
    callerTo: (key) => {
      const stream = [...swarm.connections].find(({ remotePublicKey }) => Buffer.compare(remotePublicKey, key) === 0)
      return new Caller({ dial: () => Promise.resolve({ stream: stream!, release: () => undefined }) })
    },
    server: () => server,
    cutServer: async () => {
      await swarm.destroy({ force: true })
      swarm = await newSwarm()
    },
    close: async () => {
      await base.close()
      await Promise.all(diallers.map((dialler) => dialler.destroy()))
      await swarm.destroy({ force: true })
      await dht.destroy({ force: true })
    },
  }
}

async function setting(
  options: MicroserviceOptions | (() => MicroserviceOptions),
  newClient: () => ClientProxy,
  module: Type = ServiceModule,
): Promise<Setting> {
  let service: INestMicroservice | null = null
  const startServer = async () => {
    service = await NestFactory.createMicroservice<MicroserviceOptions>(module, {
      ...(typeof options === 'function' ? options() : options),
      logger: false,
    })
    await service.listen()
  }
  const stopServer = async () => {
    await service?.close()
    service = null
  }
  await startServer()
  return { client: newClient, startServer, stopServer, close: stopServer }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
