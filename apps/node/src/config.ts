/** The node's configuration, from the environment and nowhere else. Every value is checked here, before anything is opened. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type NodeLimits, readLimits, type RelayUse } from '#libs/replication'

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

/** How other nodes are found: by the public DHT, by a private one, or not at all. */
export type Discovery =
  | { readonly kind: 'public' }
  | { readonly kind: 'private'; readonly bootstrap: readonly { host: string; port: number }[]; readonly host: string }
  | { readonly kind: 'none' }

const logLevels = ['error', 'warn', 'log', 'debug', 'verbose'] as const
export type LogLevel = (typeof logLevels)[number]

/** A Unix socket's path has at most 107 bytes (sun_path); a data directory that is deeper gets its socket in a short one. */
const socketPathLimit = 107

/** A value of the environment that can't be used; its message names the variable and what it takes. */
export class ConfigError extends Error {}

/** Reads the configuration. Throws ConfigError. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): NodeConfig {
  const dataDir = resolve(env['MUTUO_DATA'] || '.mutuo')
  return {
    dataDir,
    socketPath: socketPathFor(dataDir),
    port: readPort(env['MUTUO_PORT']),
    databaseUrl: readDatabaseUrl(env['DATABASE_URL']),
    discovery: readDiscovery(env['MUTUO_BOOTSTRAP'], env['MUTUO_HOST']),
    relay: readRelay(env['MUTUO_RELAY']),
    limits: limitsFrom(env),
    passphrase: env['MUTUO_PASSPHRASE'] || undefined,
    clockFile: env['MUTUO_CLOCK_FILE'] || undefined,
    logLevel: readLogLevel(env['MUTUO_LOG']),
  }
}

/** Where the socket of a data directory is: inside it, or in the system's temporary folder when that path would be too long. */
export function socketPathFor(dataDir: string): string {
  const inside = join(dataDir, 'node.sock')
  if (Buffer.byteLength(inside) <= socketPathLimit) return inside
  return join(tmpdir(), `mutuo-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}.sock`)
}

/** This version, as package.json has it. */
export function readVersion(): string {
  const path = new URL('../../../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}

function readPort(text: string | undefined): number {
  if (!text) return 8420
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new ConfigError('MUTUO_PORT takes a port, 0 to 65535')
  return port
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (!text) return undefined
  if (!/^postgres(ql)?:\/\//.test(text))
    throw new ConfigError('DATABASE_URL takes postgres://user:password@host:port/database')
  return text
}

/** Where other nodes, or a node, are looked for: MUTUO_BOOTSTRAP and MUTUO_HOST. Throws ConfigError. */
export function readDiscovery(text: string | undefined, host: string | undefined): Discovery {
  if (!text) return { kind: 'public' }
  if (text === 'none') return { kind: 'none' }
  const bootstrap = text.split(',').map((address) => {
    const match = /^(?<host>[^:\s]+):(?<port>\d{1,5})$/.exec(address.trim())
    if (!match?.groups) throw new ConfigError('MUTUO_BOOTSTRAP takes host:port, separated by commas, or none')
    return { host: match.groups['host']!, port: readPort(match.groups['port']) }
  })
  return { kind: 'private', bootstrap, host: host || '127.0.0.1' }
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
