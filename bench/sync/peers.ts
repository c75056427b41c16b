/** The systems that are compared with: packages of their own, installed when a benchmark needs them. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'

/** Installs what the lock file of the folder asks for, unless it is there. Ends the process with a reason when that fails. */
export function installPeers(folder: string): void {
  const stamp = join(folder, 'node_modules', '.mutuo-installed')
  const digest = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  process.stderr.write('Installing the systems to compare with (some 200 MB, once) …\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync(npm, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) {
    process.stderr.write('They could not be installed: there is nothing to compare with.\n')
    process.exit(1)
  }
  writeFileSync(stamp, digest)
}
