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
const dht = new DHT({ bootstrap: [{ host: '127.0.0.1', port: Number(port) }], host: '127.0.0.1' })
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
swarm.join(Buffer.from(topic, 'hex'), { server: false, client: true })
await Promise.all(
  keys.map(async (key, number) => {
    const core = store.get({ key: Buffer.from(key, 'hex') })
    await core.ready()
    await core.download({ start: 0, end: lengths[number] }).done()
    while (core.contiguousLength < lengths[number]) await new Promise((resolve) => setTimeout(resolve, 20))
  }),
)
const ms = performance.now() - started
for (const connection of swarm.connections) wireBytes += connection.rawStream.bytesReceived ?? 0
clearInterval(watch)
const records = lengths.reduce((sum, length) => sum + length, 0)
process.stdout.write(JSON.stringify({ records, ms, wireBytes, rssMb: Math.round(rss / 2 ** 20) }) + '\n')
process.exit(0)
