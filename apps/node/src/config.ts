/** The node's configuration, from the environment and nowhere else. Every value is checked here, before anything is opened. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type NodeLimits, readLimits, type RelayUse } from '#libs/replication'
import { ConfigError, type Discovery, readDiscovery, readPort, socketPathFor } from './places.js'

export { ConfigError }

export interface NodeConfig {
  /** Where keys, the embedded database and the socket live; created with mode 0700. */
  readonly dataDir: string
  /** Unix socket on which the node answers its faces and the CLI. */
  readonly socketPath: string
  /** TCP port on loopback of the web page and the borrower API; 0 takes any free one. */
  readonly port: number
  /** An external Postgres instead of the embedded one. */
  readonly databaseUrl: string | undefined
  readonly discovery: Discovery
  /** Whether this node carries others' connections, or has its own carried. */
  readonly relay: RelayUse | undefined
  /** Limits against abuse that differ from their starting values. */
  readonly limits: Partial<NodeLimits>
  /** Unseals the key file; without it a key file of mode 0600 in the data directory does. */
  readonly passphrase: string | undefined
  /** A file holding an offset in ms that is added to the clock: for demonstrations and tests only. */
  readonly clockFile: string | undefined
  readonly logLevel: LogLevel
}

const DEFAULT_PORT = 8420

const logLevels = ['error', 'warn', 'log', 'debug', 'verbose'] as const
export type LogLevel = (typeof logLevels)[number]

/** Reads the configuration. Throws ConfigError. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): NodeConfig {
  const dataDir = resolve(env['MUTUO_DATA'] || '.mutuo')
  return {
    dataDir,
    socketPath: socketPathFor(dataDir),
    port: env['MUTUO_PORT'] ? readPort('MUTUO_PORT', env['MUTUO_PORT']) : DEFAULT_PORT,
    databaseUrl: readDatabaseUrl(env['DATABASE_URL']),
    discovery: readDiscovery(env['MUTUO_BOOTSTRAP'], env['MUTUO_HOST']),
    relay: readRelay(env['MUTUO_RELAY']),
    limits: limitsFrom(env),
    passphrase: env['MUTUO_PASSPHRASE'] || undefined,
    clockFile: env['MUTUO_CLOCK_FILE'] || undefined,
    logLevel: readLogLevel(env['MUTUO_LOG']),
  }
}

/** This version, as package.json has it. */
export function readVersion(): string {
  const path = new URL('../../../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (!text) return undefined
  if (!/^postgres(ql)?:\/\//.test(text))
    throw new ConfigError('DATABASE_URL takes postgres://user:password@host:port/database')
  return text
}

function readRelay(text: string | undefined): RelayUse | undefined {
  if (!text) return undefined
  if (text !== 'offer' && text !== 'only') throw new ConfigError('MUTUO_RELAY takes offer or only')
  return text
}

function limitsFrom(env: NodeJS.ProcessEnv): Partial<NodeLimits> {
  const limits = readLimits(env)
  if ('wrong' in limits) throw new ConfigError(`${limits.wrong} takes a whole number, 1 or more`)
  return limits
}

function readLogLevel(text: string | undefined): LogLevel {
  if (!text) return 'warn'
  const level = logLevels.find((known) => known === text)
  if (!level) throw new ConfigError(`MUTUO_LOG takes one of ${logLevels.join(', ')}`)
  return level
}
