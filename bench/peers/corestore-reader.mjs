// Fetches logs from a Corestore into an empty one and says how long it took, one line of JSON. Arguments: directory, bootstrap
// port, topic (hex), file with the keys and lengths as JSON.
import { readFileSync } from 'node:fs'
import Corestore from 'corestore'
import DHT from 'hyperdht'
import Hyperswarm from 'hyperswarm'

const [directory, port, topic, wanted] = process.argv.slice(2)
const { keys, lengths } = JSON.parse(readFileSync(wanted, 'utf8'))
const store = new Corestore(directory)
await store.ready()
// Left to itself it takes loopback for a firewall, and punches holes in vain.
const dht = new DHT({ bootstrap: [{ host: '127.0.0.1', port: Number(port) }], host: '127.0.0.1', firewalled: false })
const swarm = new Hyperswarm({ dht })
let wireBytes = 0
let rss = 0
const watch = setInterval(() => (rss = Math.max(rss, process.memoryUsage.rss())), 50)
swarm.on('connection', (connection) => {
  connection.on('error', () => {})
  connection.rawStream.on('close', () => (wireBytes += connection.rawStream.bytesReceived ?? 0))
  store.replicate(connection)
})
const started = performance.now()
const discovery = swarm.join(Buffer.from(topic, 'hex'), { server: false, client: true })
// Who looked too early, or lost its connection, would look again after ten minutes only.
const looking = setInterval(() => {
  if (swarm.connections.size === 0) discovery.refresh({ server: false, client: true }).catch(() => {})
}, 2_000)
const cores = []
const fetched = Promise.all(
  keys.map(async (key, number) => {
    const core = store.get({ key: Buffer.from(key, 'hex') })
    cores[number] = core
    await core.ready()
    await core.download({ start: 0, end: lengths[number] }).done()
    while (core.contiguousLength < lengths[number]) await new Promise((resolve) => setTimeout(resolve, 20))
  }),
)
const isWhole = await Promise.race([fetched.then(() => true), stalled()])
clearInterval(looking)
const ms = performance.now() - started
for (const connection of swarm.connections) wireBytes += connection.rawStream.bytesReceived ?? 0
clearInterval(watch)
const records = isWhole ? lengths.reduce((sum, length) => sum + length, 0) : held()
process.stdout.write(JSON.stringify({ records, isWhole, ms, wireBytes, rssMb: Math.round(rss / 2 ** 20) }) + '\n')
process.exit(0)

function held() {
  return cores.reduce((sum, core) => sum + (core?.contiguousLength ?? 0), 0)
}

/** Resolves to false when nothing more came for so long (s): asked for again half way. */
async function stalled(seconds = 90) {
  for (let [last, still] = [-1, 0]; still < seconds; still++) {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const now = held()
    if (now > last) still = 0
    last = now
    if (still === seconds / 2)
      cores.forEach((core, number) => {
        if (core.contiguousLength < lengths[number]) core.download({ start: 0, end: lengths[number] })
      })
  }
  return false
}
