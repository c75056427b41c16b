/**
 * What the protocol itself costs when a new node gets a community: two virtual nodes, stores in memory, every signature
 * checked, no network and no database. `node dist/bench/protocol.js [logs] [records per log]`, after `npm run build`.
 */
import { VirtualAuthor } from '../libs/replication/src/testing/virtual-author.js'
import { VirtualNetwork } from '../libs/replication/src/testing/virtual-network.js'

const logs = Number(process.argv[2] ?? 1_000)
const each = Number(process.argv[3] ?? 20)

const founder = new VirtualAuthor(0, null)
const members = Array.from({ length: logs }, (_, i) => new VirtualAuthor(i + 1, founder.network))
for (const member of members) {
  founder.admit(member)
  member.writeMany(each - 1)
}
const network = new VirtualNetwork(founder)
const full = network.add(founder)
for (const author of [founder, ...members]) full.hold(author)
const fresh = network.add(members[0]!)
fresh.hold(founder, 1)

const before = process.cpuUsage()
network.connect(fresh, full)
network.run()
const { user, system } = process.cpuUsage(before)
if (fresh.root !== full.root) throw new Error('the nodes differ')
const records = fresh.store.entries().reduce((sum, { length }) => sum + length, 0)
const seconds = (user + system) / 1e6
console.log(
  `${records} records in ${seconds.toFixed(2)} s of CPU, ${Math.round(records / seconds)} records/s, ` +
    `${Math.round(network.bytesSent / 1024)} KiB in ${network.messagesSent} messages`,
)
