/**
 * Requests a second between two processes with 32 in flight: Nest's own TCP transport, and ours over Hyperswarm, by turns.
 * `npm run bench -- transport [seconds a turn] [--json]`. The last line is one JSON object: medians of three turns each.
 */
import 'reflect-metadata'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Controller, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import {
  type ClientProxy,
  ClientProxyFactory,
  MessagePattern,
  type MicroserviceOptions,
  Payload,
  Transport,
} from '@nestjs/microservices'
import Hyperswarm from 'hyperswarm'
import HyperDHT from 'hyperdht'
import { lastValueFrom } from 'rxjs'
import { DhtNode, Dialler, PeerClient, PeerServer, streamsOf } from '#libs/swarm'

const IN_FLIGHT = 32
const TURNS = 3
const REQUEST = {
  loan: 'y'.repeat(52),
  amount: { amount: 125_000, currency: 'EUR' },
  note: 'a payment of a usual size',
}

@Controller()
class EchoController {
  @MessagePattern('echo')
  echo(@Payload() data: unknown): unknown {
    return data
  }
}

@Module({ controllers: [EchoController] })
class EchoModule {}

const [first = '2', ...rest] = process.argv.slice(2)
if (first === 'serve') await serve(Number(rest[0]), Number(rest[1]))
else await measure(Number(first.startsWith('--') ? '2' : first) * 1_000, process.argv.includes('--json'))

/** Serves over both, until the parent goes. */
async function serve(tcpPort: number, dhtPort: number): Promise<void> {
  const dht = new HyperDHT({ bootstrap: [{ host: '127.0.0.1', port: dhtPort }], host: '127.0.0.1', firewalled: false })
  const swarm = new Hyperswarm({ dht })
  swarm.on('connection', (stream) => stream.on('error', () => undefined))
  await swarm.listen()
  const servers: MicroserviceOptions[] = [
    { transport: Transport.TCP, options: { host: '127.0.0.1', port: tcpPort } },
    { strategy: new PeerServer({ streams: streamsOf(swarm), authorise: () => ({ allowed: true }) }) },
  ]
  for (const options of servers) {
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(EchoModule, { ...options, logger: false })
    await app.listen()
  }
  process.send!({ key: Buffer.from(swarm.keyPair.publicKey).toString('hex') })
  process.once('disconnect', () => process.exit(0))
}

async function measure(turnMs: number, isQuiet: boolean): Promise<void> {
  const say = (text: string) => void (isQuiet || process.stdout.write(`${text}\n`))
  const dht = await DhtNode.start({ host: '127.0.0.1' })
  const port = 30_000 + Math.floor(Math.random() * 20_000)
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), ['serve', String(port), String(dht.port)])
  const [{ key }] = (await once(child, 'message')) as [{ key: string }]
  const bootstrap = [{ host: '127.0.0.1', port: dht.port }]
  const seed = new Uint8Array(32).fill(1)
  const dialler = new Dialler({ remoteKey: Buffer.from(key, 'hex'), seed, bootstrap, host: '127.0.0.1' })
  const clients: Record<'tcp' | 'swarm', ClientProxy> = {
    tcp: ClientProxyFactory.create({ transport: Transport.TCP, options: { host: '127.0.0.1', port } }),
    swarm: new PeerClient({ dial: dialler.dial }),
  }
  const rates: Record<'tcp' | 'swarm', number[]> = { tcp: [], swarm: [] }
  for (const client of Object.values(clients)) await turn(client, 500)
  for (let i = 0; i < TURNS; i++) {
    for (const name of ['tcp', 'swarm'] as const) {
      const rate = await turn(clients[name], turnMs)
      rates[name].push(rate)
      say(`${name.padEnd(5)} ${Math.round(rate)} requests/s`)
    }
  }
  for (const client of Object.values(clients)) client.close()
  await dialler.destroy()
  child.disconnect()
  await dht.stop()
  const [tcp, swarm] = [median(rates.tcp), median(rates.swarm)]
  const answer = {
    inFlight: IN_FLIGHT,
    tcp: Math.round(tcp),
    swarm: Math.round(swarm),
    ratio: +(swarm / tcp).toFixed(2),
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}

/** Requests a second over some time. */
async function turn(client: ClientProxy, ms: number): Promise<number> {
  const started = performance.now()
  let answered = 0
  const one = async () => {
    while (performance.now() - started < ms) {
      await lastValueFrom(client.send('echo', REQUEST))
      answered++
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, one))
  return (answered / (performance.now() - started)) * 1_000
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!
}
