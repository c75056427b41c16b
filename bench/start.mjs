// From a clone to a working node, to the next start, and what an idle node weighs. Installs from the package cache if there is one.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from '../scripts/prepare.mjs'

const dir = mkdtempSync(join(tmpdir(), 'mutuo-bench-'))
const checkout = join(dir, 'mutuo')
const data = join(dir, 'data')

try {
  const cloned = performance.now()
  const { status } = spawnSync('git', ['clone', '--quiet', root, checkout], { stdio: 'inherit' })
  if (status !== 0) throw new Error('git clone failed')
  const first = await startNode()
  const cloneToNodeSeconds = seconds(cloned)
  await first.stop()
  const starts = []
  let idleRssMb = 0
  for (let round = 0; round < 3; round++) {
    const started = performance.now()
    const node = await startNode()
    starts.push(seconds(started))
    if (round === 2) {
      await new Promise((resolve) => setTimeout(resolve, 5_000))
      idleRssMb = rssMb(node.pid)
    }
    await node.stop()
  }
  console.log(
    JSON.stringify({
      cloneToNodeSeconds,
      secondStartSeconds: starts.sort((a, b) => a - b)[1],
      idleRssMb,
      ...pageWeight(),
    }),
  )
} finally {
  rmSync(dir, { recursive: true, force: true })
}

/** Runs `npm start` until the node says where it is. */
function startNode() {
  rmSync(join(data, 'node.json'), { force: true })
  const npm = spawn('npm', ['start', '--silent'], {
    cwd: checkout,
    env: { ...process.env, MUTUO_DATA: data, MUTUO_PORT: '0', MUTUO_BOOTSTRAP: 'none' },
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  })
  return new Promise((resolve, reject) => {
    npm.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)))
    const timer = setInterval(() => {
      if (!existsSync(join(data, 'node.json'))) return
      clearInterval(timer)
      const { pid } = JSON.parse(readFileSync(join(data, 'node.json'), 'utf8'))
      const stop = () =>
        new Promise((stopped) => {
          npm.removeAllListeners('exit')
          npm.once('exit', () => void ended(pid).then(stopped))
          process.kill(-npm.pid, 'SIGINT')
        })
      resolve({ pid, stop })
    }, 10)
  })
}

/** Waits until a process is gone: npm does not wait for what it runs. */
async function ended(pid) {
  while (existsSync(`/proc/${pid}`)) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** Resident memory of the node's own process, without its Postgres. */
function rssMb(pid) {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)
  return Math.round(Number(line[1]) / 1024)
}

/** What the page's first screen loads (scripts and styles that index.html names), and all chunks together, gzip, kB. */
function pageWeight() {
  const dist = join(checkout, 'apps/lender-web/dist')
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\/?([^"]+\.(?:js|css))"/g)].map((match) => join(dist, match[1]))
  const assets = readdirSync(join(dist, 'assets')).map((file) => join(dist, 'assets', file))
  const weigh = (files) =>
    Math.round(
      files
        .filter((file) => /\.(js|css)$/.test(file) && statSync(file).isFile())
        .reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0) / 1000,
    )
  return { firstScreenKb: weigh(named), allScreensKb: weigh(assets) }
}

function seconds(since) {
  return Math.round((performance.now() - since) / 100) / 10
}
