/** Nodes of a private DHT, one on each address that is given: the first begins it, the others join. `dht.js HOST…` on one port. */
import { DhtNode } from '#libs/swarm'

const PORT = 49_737
const [first, ...others] = process.argv.slice(2)
await DhtNode.start({ host: first!, port: PORT })
for (const host of others) await DhtNode.start({ host, port: PORT, bootstrap: [{ host: first!, port: PORT }] })
console.log('ready')
