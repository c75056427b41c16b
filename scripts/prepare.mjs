// Brings a checkout to where it can run: checks Node, installs what the lock file asks for, builds what is older than its source.
// Each step is skipped when it is already done, so that a second start costs a walk over the sources and no more.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/** Installs and builds what is missing: the node and its page, with `tests` also tests and benchmarks. Exits with a reason when a step fails. */
export function prepare({ tests = false } = {}) {
  requireNode(20, 19)
  step(
    'node_modules/.mutuo-installed',
    createHash('sha256')
      .update(readFileSync(join(root, 'package-lock.json')))
      .digest('hex'),
    'Installing packages (about a minute, once)',
    () => run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error']),
  )
  const settings = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json']
  const compile = (project) => () => run(bin('tsc'), ['-p', project])
  if (tests) {
    const all = sources(['apps', 'libs', 'types', 'test', 'bench'], ['lender-web', 'peers'])
    step(
      'dist/.mutuo-built-tests',
      digestOf([...settings, ...all]),
      'Building the node and its tests',
      compile('tsconfig.json'),
    )
  } else {
    const product = sources(['apps', 'libs', 'types'], ['lender-web']).filter((file) => !file.endsWith('.spec.ts'))
    step('dist/.mutuo-built', digestOf([...settings, ...product]), 'Building the node', compile('tsconfig.build.json'))
  }
  const page = digestOf(['package-lock.json', ...sources(['apps/lender-web', 'libs/messages'], ['dist'])])
  step('apps/lender-web/dist/.mutuo-built', page, 'Building the web page', () =>
    run(npm, ['run', '--silent', 'build', '-w', 'apps/lender-web']),
  )
}

/** The path of a development tool's executable. */
export const bin = (name) => join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)

/** Runs a command in the checkout; ends the process with its code when it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (error) fail(`${command}: ${error.message}`)
  if (status !== 0) fail(`${[command, ...args].join(' ')} ended with code ${status}`)
}

function fail(reason) {
  console.error(`\nmutuo: ${reason}`)
  process.exit(1)
}

function requireNode(major, minor) {
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number)
  if (haveMajor < major || (haveMajor === major && haveMinor < minor))
    fail(`Node ${major}.${minor} or newer is needed; this is ${process.versions.node}.`)
}

/** Does a step unless its stamp file holds the digest of its inputs already. */
function step(stamp, digest, title, work) {
  const path = join(root, stamp)
  if (existsSync(path) && readFileSync(path, 'utf8') === digest) return
  const started = performance.now()
  process.stderr.write(`${title} …\n`)
  work()
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, digest)
  process.stderr.write(`  done in ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
}

/** A digest over names, sizes and times of files: enough to see a change, and fast. */
function digestOf(files) {
  const hash = createHash('sha256')
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file))
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

function sources(folders, skipped) {
  const files = []
  const visit = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (entry.name === 'node_modules' || skipped.includes(entry.name)) continue
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) visit(path)
      else files.push(path)
    }
  }
  folders.filter((folder) => existsSync(join(root, folder))).forEach(visit)
  return files.sort()
}
