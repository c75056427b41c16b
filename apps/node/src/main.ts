#!/usr/bin/env node
/** The daemon: opens keys and database, answers on its socket, serves its faces, meets its peers; and ends as cleanly. */
import 'reflect-metadata'
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { INestApplication, INestMicroservice } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { type MicroserviceOptions, Transport } from '@nestjs/microservices'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { Accounts } from '#libs/accounts'
import { Keyring } from '#libs/profiles'
import { systemClock } from '#libs/store'
import { ConfigError, type NodeConfig, readConfig, readVersion } from './config.js'
import { FacesModule } from './faces.module.js'
import { NodeModule } from './node.module.js'

const webRoot = fileURLToPath(new URL('../../../../apps/lender-web/dist', import.meta.url))

try {
  await run(readConfig())
} catch (error) {
  const said = error instanceof ConfigError ? error.message : ((error as Error).stack ?? String(error))
  process.stderr.write(`mutuo: the node can't start: ${said}\n`)
  process.exit(1)
}

async function run(config: NodeConfig): Promise<void> {
  const open: (INestApplication | INestMicroservice)[] = []
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => (stopping ??= closeAll(open, config))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop().then(() => process.exit(0)))

  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const keyring = await Keyring.open(join(config.dataDir, 'keys'), config.passphrase)
  const addresses = { web: '', borrowerApi: '', socket: config.socketPath }

  const node = await NestFactory.createMicroservice<MicroserviceOptions>(
    NodeModule.forRoot({
      database: config.databaseUrl ? { url: config.databaseUrl } : { dataDir: join(config.dataDir, 'postgres') },
      keyring,
      clock: systemClock(config.clockFile),
      replication: {
        discovery: config.discovery,
        nodeSeed: keyring.nodeSeed,
        version: readVersion(),
        addresses,
        stop: () => void stop().then(() => process.exit(0)),
      },
    }),
    {
      // Nest's TCP transport listens wherever net.Server does; its options know ports only.
      transport: Transport.TCP,
      options: { port: config.socketPath as unknown as number },
      logger: logLevels(config),
      abortOnError: false,
    },
  )
  open.push(node)
  rmSync(config.socketPath, { force: true })
  await node.listen()
  chmodSync(config.socketPath, 0o600)

  const faces = await NestFactory.create<NestFastifyApplication>(
    FacesModule.forRoot({ socket: config.socketPath, webRoot }),
    new FastifyAdapter({ trustProxy: 'loopback', bodyLimit: 1024 * 1024, forceCloseConnections: true }),
    { logger: logLevels(config), abortOnError: false },
  )
  open.push(faces)
  await faces.listen(config.port, '127.0.0.1')
  addresses.web = `http://127.0.0.1:${(faces.getHttpServer().address() as { port: number }).port}`
  addresses.borrowerApi = `${addresses.web}/borrower/v1`

  const setupToken = await node.get(Accounts).setupToken()
  announce(config, { ...addresses, setupToken })
}

/** Faces first, so that nobody asks a node that is half closed; the database last. */
async function closeAll(open: (INestApplication | INestMicroservice)[], config: NodeConfig): Promise<void> {
  rmSync(readyFile(config), { force: true })
  for (const app of open.splice(0).reverse()) await app.close()
  rmSync(config.socketPath, { force: true })
}

/** Says where everything is: to people on the terminal, to programs in `node.json`, which appears when all of it answers. */
function announce(
  config: NodeConfig,
  at: { web: string; borrowerApi: string; socket: string; setupToken: string | null },
): void {
  const path = readyFile(config)
  writeFileSync(`${path}.next`, JSON.stringify({ pid: process.pid, ...at }), { mode: 0o600 })
  renameSync(`${path}.next`, path)
  const cli = existsSync(join(process.cwd(), 'package.json')) ? 'npm run --silent mutuo --' : 'mutuo'
  process.stdout.write(`
  Mutuo is running. Ctrl-C stops it.

  web page       ${at.setupToken ? `${at.web}/#setup=${at.setupToken}` : at.web}
  borrower API   ${at.borrowerApi}   (docs: ${at.borrowerApi}/docs)
  command line   MUTUO_DATA=${config.dataDir} ${cli} status
  data           ${config.dataDir}
${config.clockFile ? '\n  The clock is moved by MUTUO_CLOCK_FILE: for demonstrations and tests only.\n' : ''}
`)
}

function readyFile(config: NodeConfig): string {
  return join(config.dataDir, 'node.json')
}

function logLevels({ logLevel }: NodeConfig) {
  const levels = ['error', 'warn', 'log', 'debug', 'verbose'] as const
  return levels.slice(0, levels.indexOf(logLevel) + 1)
}
