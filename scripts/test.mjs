// `npm test`: everything that says whether the project is well, from formatting to a browser. Ends with `N passed, N failed`.
//   node scripts/test.mjs [NAME...]    only the named checks
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bin, prepare, root } from './prepare.mjs'

const jestOptions = '--experimental-vm-modules --disable-warning=ExperimentalWarning'
const scratch = mkdtempSync(join(tmpdir(), 'mutuo-test-'))
const totals = { passed: 0, failed: 0 }
const rows = []

const checks = {
  format: () => tool('prettier', ['--check', '--log-level=warn', '.']),
  lint: () => tool('eslint', ['.']),
  types: () => tool('tsc', ['-p', 'tsconfig.json']),
  'web types': () => tool('tsc', ['-p', 'apps/lender-web/tsconfig.json', '--noEmit']),
  architecture: () => tool('depcruise', ['--config', '.dependency-cruiser.cjs', 'apps', 'libs', 'test']),
  unused: () => tool('knip', []),
  'units, vectors, properties': () =>
    jest('units', ['libs', 'apps', 'test/vectors', 'test/golden', 'test/hostile', 'test/fuzz', 'test/guarantees']),
  'end to end': () => jest('scenarios', ['test/scenarios', 'test/faults']),
  'broken networks': () => networks(),
  "accountants' tool": () => accounting(),
  browser: () => browser(),
}

const started = performance.now()
const wanted = process.argv.slice(2)
prepare({ tests: true })
for (const [name, check] of Object.entries(checks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\n── ${name}`)
  const from = performance.now()
  const { passed, failed, note } = check()
  totals.passed += passed
  totals.failed += failed
  rows.push(
    `${failed === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(28)} ${String(passed).padStart(5)} passed ${String(failed).padStart(3)} failed ${((performance.now() - from) / 1000).toFixed(1).padStart(7)} s${note ? `  ${note}` : ''}`,
  )
}
rmSync(scratch, { recursive: true, force: true })
console.log(`\n${rows.join('\n')}\n${((performance.now() - started) / 1000).toFixed(0)} s in all\n`)
console.log(`${totals.passed} passed, ${totals.failed} failed`)
process.exit(totals.failed === 0 ? 0 : 1)

function tool(name, args) {
  const { status } = spawnSync(bin(name), args, { cwd: root, stdio: 'inherit' })
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** Runs jest and counts its tests; a suite that did not even start counts as a failure. */
function jest(name, args, workers = 2) {
  const output = join(scratch, `${name}.json`)
  spawnSync(bin('jest'), [...args, '--json', `--outputFile=${output}`, `--maxWorkers=${workers}`, '--forceExit'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: jestOptions },
    timeout: 40 * 60_000,
  })
  if (!existsSync(output)) return { passed: 0, failed: 1, note: 'jest did not finish' }
  const result = JSON.parse(readFileSync(output, 'utf8'))
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites + result.numPendingTests
  return { passed: result.numPassedTests, failed: result.numTotalTests === 0 ? failed + 1 : failed }
}

function browser() {
  if (!findChromium() && !(install('chromium', 'fonts-dejavu-core') && findChromium())) {
    const failed = process.env.CI ? 1 : 0
    return { passed: 0, failed, note: 'no Chromium: install the package `chromium`, or set CHROMIUM to its path' }
  }
  return jest('browser', ['test/browser'], 1)
}

function findChromium() {
  return [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => path && existsSync(path),
  )
}

function install(...packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  console.log(`Installing ${packages[0]} by apt …`)
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  return apt('update') && apt('install', '-y', '--no-install-recommends', ...packages)
}

/** Nodes in namespaces of their own, which Linux gives to root alone. */
function networks() {
  const isThere = () => ['ip', 'nft', 'cc'].every((name) => !spawnSync(name, ['-V'], { stdio: 'ignore' }).error)
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  if (!isRoot || (!isThere() && !(install('iproute2', 'nftables', 'gcc', 'libc6-dev') && isThere()))) {
    const failed = process.env.CI ? 1 : 0
    return { passed: 0, failed, note: 'not done: needs Linux, root, iproute2, nftables and a C compiler' }
  }
  return jest('networks', ['test/netns'], 1)
}

/** Reads an exported journal with hledger. */
function accounting() {
  const isThere = () => spawnSync('hledger', ['--version'], { stdio: 'ignore' }).status === 0
  if (!isThere() && !(install('hledger') && isThere())) {
    const failed = process.env.CI ? 1 : 0
    return { passed: 0, failed, note: 'no hledger: install the package `hledger`' }
  }
  return jest('accounting', ['test/accounting'], 1)
}
