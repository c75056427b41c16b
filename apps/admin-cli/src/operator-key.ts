/** The key that this person operates nodes with from elsewhere: made when it is first needed, readable for its owner alone. */
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const FILE = 'operator.key'

/** Where a person's own settings are: MUTUO_CONFIG, or the place for such by the XDG Base Directory Specification. */
export function configDir(env: Readonly<Record<string, string | undefined>>): string {
  return env['MUTUO_CONFIG'] || join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'mutuo')
}

/** The key's seed, 32 bytes. Throws when others may read the file, or it holds something else. */
export function operatorSeed(env: Readonly<Record<string, string | undefined>>): Uint8Array {
  const dir = configDir(env)
  const path = join(dir, FILE)
  const held = read(path)
  if (held) return held
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const next = `${path}.${process.pid}`
  writeFileSync(next, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(next, path)
  } catch (error) {
    // Another command has made one at the same moment.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(next)
  }
  return read(path)!
}

function read(path: string): Uint8Array | null {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return null
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) {
    throw new Error(`others may read ${path}: chmod 600 it, or remove it for a new key`)
  }
  const text = readFileSync(path, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${path} holds no key`)
  return new Uint8Array(Buffer.from(text, 'hex'))
}
