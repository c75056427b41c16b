#!/usr/bin/env node
/** The daemon: opens keys and database, answers on its socket, serves its faces, meets its peers; and ends as cleanly. */
import 'reflect-metadata'
import { chmodSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LogLevel, Logger } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { type MicroserviceOptions, ServerTCP } from '@nestjs/microservices'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { Accounts } from '#libs/accounts'
import { Keyring } from '#libs/profiles'
import { keepHeapTight, systemClock } from '#libs/store'
import { ConfigError, type NodeConfig, readConfig, readVersion } from './config.js'
import { makeDataDir, quotedPath } from './data-dir.js'
import { FacesModule } from './faces.module.js'
import { NodeModule } from './node.module.js'
import { answerPeers } from './peer-face.js'

/** A file that whoever restores a data directory from a backup puts there: what the keys in it signed since is not known. */
const RESTORED = 'restored'
const webRoot = fileURLToPath(new URL('../../../../apps/lender-web/dist', import.meta.url))

keepHeapTight()
try {
  const config = readConfig()
  await refuseSecondNode(config)
  await run(config)
} catch (error) {
  process.stderr.write(`mutuo: the node can't start: ${said(error)}\n`)
  process.exit(1)
}

/** A part of the running node. */
interface Closable {
  close(): Promise<void>
}

async function run(config: NodeConfig): Promise<void> {
  const open: Closable[] = []
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => (stopping ??= closeAll(open, config))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop().then(() => process.exit(0)))
  try {
    await start(config, open, stop)
  } catch (error) {
    // What is said is why it failed, whatever closing runs into.
    await stop().catch(() => undefined)
    throw error
  }
}

async function start(config: NodeConfig, open: Closable[], stop: () => Promise<void>): Promise<void> {
  makeDataDir(config.dataDir)
  const keyring = await Keyring.open(join(config.dataDir, 'keys'), config.passphrase)
  const addresses = { web: '', borrowerApi: '', socket: config.socketPath }

  // Nest's TCP transport listens wherever net.Server does; its options know ports only.
  const socket = new ServerTCP({ port: config.socketPath as unknown as number })
  const node = await NestFactory.createMicroservice<MicroserviceOptions>(
    NodeModule.forRoot({
      database: config.databaseUrl ? { url: config.databaseUrl } : { dataDir: join(config.dataDir, 'postgres') },
      keyring,
      clock: systemClock(config.clockFile),
      replication: {
        discovery: config.discovery,
        ...(config.relay && { relay: config.relay }),
        limits: config.limits,
        restored: existsSync(join(config.dataDir, RESTORED)),
        nodeSeed: keyring.nodeSeed,
        version: readVersion(),
        addresses,
        stop: () => void stop().then(() => process.exit(0)),
      },
    }),
    {
      strategy: socket,
      logger: levelsWhileStarting(config),
      abortOnError: false,
    },
  )
  open.push(node)
  rmSync(config.socketPath, { force: true })
  await node.listen()
  // What it says is kept in the database by now.
  rmSync(join(config.dataDir, RESTORED), { force: true })
  chmodSync(config.socketPath, 0o600)
  open.push(await answerPeers(node, socket))

  const faces = await NestFactory.create<NestFastifyApplication>(
    FacesModule.forRoot({ socket: config.socketPath, webRoot }),
    new FastifyAdapter({ trustProxy: 'loopback', bodyLimit: 1024 * 1024, forceCloseConnections: true }),
    { logger: levelsWhileStarting(config), abortOnError: false },
  )
  open.push(faces)
  await faces.listen(config.port, '127.0.0.1')
  addresses.web = `http://127.0.0.1:${(faces.getHttpServer().address() as { port: number }).port}`
  addresses.borrowerApi = `${addresses.web}/borrower/v1`

  Logger.overrideLogger(logLevels(config))
  const setupToken = await node.get(Accounts).setupToken()
  announce(config, { ...addresses, setupToken }, keyring.locked)
}

/** A second node on a data directory would take the first one's socket and sign beside it. Throws ConfigError. */
async function refuseSecondNode({ dataDir, socketPath }: NodeConfig): Promise<void> {
  const answers = await new Promise<boolean>((resolve) => {
    const socket = connect(socketPath)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
  if (answers) throw new ConfigError(`a node runs on ${dataDir} already`)
}

/** Why it can't start, in a line: a wrong setting or a thing in the way needs no stack. MUTUO_LOG=debug shows it. */
function said(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (['debug', 'verbose'].includes(process.env['MUTUO_LOG'] ?? '')) return error.stack ?? error.message
  // A host with several addresses that all refuse: one error for each of them, and none of its own.
  return error instanceof AggregateError ? error.errors.map(said).join('; ') : error.message
}

/** Faces first, so that nobody asks a node that is half closed; the database last. */
async function closeAll(open: Closable[], config: NodeConfig): Promise<void> {
  rmSync(readyFile(config), { force: true })
  for (const app of open.splice(0).reverse()) await app.close()
  rmSync(config.socketPath, { force: true })
}

/** Says where everything is: to people on the terminal, to programs in `node.json`, which appears when all of it answers. */
function announce(
  config: NodeConfig,
  at: { web: string; borrowerApi: string; socket: string; setupToken: string | null },
  locked: boolean,
): void {
  const path = readyFile(config)
  writeFileSync(`${path}.next`, JSON.stringify({ pid: process.pid, ...at }), { mode: 0o600 })
  renameSync(`${path}.next`, path)
  const cli = existsSync(join(process.cwd(), 'package.json')) ? 'npm run --silent mutuo --' : 'mutuo'
  process.stdout.write(`
  Mutuo is running. Ctrl-C stops it.

  web page       ${at.setupToken ? `${at.web}/#setup=${at.setupToken}` : at.web}
  borrower API   ${at.borrowerApi}   (docs: ${at.borrowerApi}/docs)
  command line   MUTUO_DATA=${quotedPath(config.dataDir)} ${cli} status
  data           ${config.dataDir}
${locked ? `\n  The keys are locked: MUTUO_PASSPHRASE is ${config.passphrase ? 'wrong' : 'missing'}. The node replicates, and signs nothing.\n` : ''}${config.clockFile ? '\n  The clock is moved by MUTUO_CLOCK_FILE: for demonstrations and tests only.\n' : ''}
`)
}

function readyFile(config: NodeConfig): string {
  return join(config.dataDir, 'node.json')
}

/** What makes a start fail is said once, by who catches it, and not by the framework before; unless more is asked for. */
function levelsWhileStarting(config: NodeConfig): LogLevel[] {
  return ['error', 'warn'].includes(config.logLevel) ? ['fatal'] : logLevels(config)
}

function logLevels({ logLevel }: NodeConfig): LogLevel[] {
  const levels = ['error', 'warn', 'log', 'debug', 'verbose'] as const
  return levels.slice(0, levels.indexOf(logLevel) + 1)
}
