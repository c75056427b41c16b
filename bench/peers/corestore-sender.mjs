// Holds logs of blocks in a Corestore and replicates them to whoever comes. Arguments: directory, bootstrap port, topic (hex),
// file with the sizes of all blocks as JSON (a list per log). Tells its parent the keys of the logs, one line of JSON.
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import Corestore from 'corestore'
import DHT from 'hyperdht'
import Hyperswarm from 'hyperswarm'

const [directory, port, topic, sizes] = process.argv.slice(2)
const store = new Corestore(directory)
await store.ready()
const keys = []
for (const [number, lengths] of JSON.parse(readFileSync(sizes, 'utf8')).entries()) {
  const core = store.get({ name: `log ${number}` })
  await core.ready()
  const bytes = randomBytes(lengths.reduce((sum, length) => sum + length, 0))
  let offset = 0
  await core.append(lengths.map((length) => bytes.subarray(offset, (offset += length))))
  keys.push(core.key.toString('hex'))
}
// Left to itself it takes loopback for a firewall, and punches holes in vain.
const dht = new DHT({ bootstrap: [{ host: '127.0.0.1', port: Number(port) }], host: '127.0.0.1', firewalled: false })
const swarm = new Hyperswarm({ dht })
swarm.on('connection', (connection) => {
  connection.on('error', () => {})
  store.replicate(connection)
})
await swarm.join(Buffer.from(topic, 'hex'), { server: true, client: false }).flushed()
process.stdout.write(JSON.stringify({ keys, digest: createHash('sha256').update(keys.join()).digest('hex') }) + '\n')
process.on('SIGTERM', async () => {
  await swarm.destroy()
  await store.close()
  process.exit(0)
})
