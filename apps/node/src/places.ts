/** Where a node is found: its socket on this machine, and how nodes find each other. Loads nothing, so that a command is quick. */
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How other nodes are found: by the public DHT, by a private one, or not at all. */
export type Discovery =
  | { readonly kind: 'public' }
  | { readonly kind: 'private'; readonly bootstrap: readonly { host: string; port: number }[]; readonly host: string }
  | { readonly kind: 'none' }

/** A value of the environment that can't be used; its message names the variable and what it takes. */
export class ConfigError extends Error {}

/** A Unix socket's path has at most 107 bytes (sun_path); a data directory that is deeper gets its socket in a short one. */
const socketPathLimit = 107

/** Where the socket of a data directory is: inside it, or in the system's temporary folder when that path would be too long. */
export function socketPathFor(dataDir: string): string {
  const inside = join(dataDir, 'node.sock')
  if (Buffer.byteLength(inside) <= socketPathLimit) return inside
  return join(tmpdir(), `mutuo-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}.sock`)
}

/** Where other nodes, or a node, are looked for: MUTUO_BOOTSTRAP and MUTUO_HOST. Throws ConfigError. */
export function readDiscovery(text: string | undefined, host: string | undefined): Discovery {
  if (!text) return { kind: 'public' }
  if (text === 'none') return { kind: 'none' }
  const bootstrap = text.split(',').map((address) => {
    const match = /^(?<host>[^:\s]+):(?<port>\d{1,5})$/.exec(address.trim())
    if (!match?.groups) throw new ConfigError('MUTUO_BOOTSTRAP takes host:port, separated by commas, or none')
    return { host: match.groups['host']!, port: readPort('MUTUO_BOOTSTRAP', match.groups['port']!) }
  })
  return { kind: 'private', bootstrap, host: host || '127.0.0.1' }
}

/** A port, 0 to 65535, of the variable `name`. Throws ConfigError. */
export function readPort(name: string, text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new ConfigError(`${name} takes a port, 0 to 65535`)
  return port
}
