/**
 * The node that has everything: makes a network of the given shape, serves it, and gives out an invite for each line that it is
 * sent. It knows no rules of loans: its own projections would only take the machine's time. Arguments: port of the DHT, logs,
 * records of each. Tells what it does as lines of JSON.
 */
import 'reflect-metadata'
import { createInterface } from 'node:readline'
import { fromText, PackedRun, sha256 } from '#libs/record'
import { startReplicatingNode } from '../../libs/replication/src/testing/replicating-node.js'
import { taken } from '../../libs/network/src/testing/node.js'
import { logsOf, packed, SigningLog } from './loan-logs.js'

const [port, logs, each] = process.argv.slice(2)
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`)
const bootstrap = [{ host: '127.0.0.1', port: Number(port) }]
const node = await startReplicatingNode(1, { kind: 'private', bootstrap, host: '127.0.0.1' })
const { records, clock, keys } = node.store
const net = taken(await node.networks.create(node.operator(), 'Bench', 'Founder')).id
clock.set(Date.UTC(2030, 0, 1))

const people = logsOf(net, { name: '', logs: Number(logs), each: Number(each) })
const founder = node.keys.here[0]!
const { length, head } = (await records.head(fromText(net), fromText(founder)))!
const admitting = new SigningLog(fromText(net), new Uint8Array(), keys.secretKey(founder), length, head)
for (const { author, records: of } of people) {
  const at = Date.UTC(2026, 0, 1)
  const keyHash = sha256(author)
  const invite = admitting.write('invite.created', at, fromText(net), [], { keyHash, expiresAt: at + 1 })
  const identity = sha256(of[0]!.header)
  admitting.write('member.admitted', at, fromText(net), [identity], { invite })
}
const first = people.map(({ author, records: of }) => PackedRun.of(author, 0, of.slice(0, 1)))
const ingest = async (runs: PackedRun[]) => {
  const result = await records.ingestPacked(fromText(net), runs)
  if (result.refused.length > 0) throw new Error(`refused: ${result.refused[0]!.reason}`)
}
await ingest(first)
await ingest([packed(admitting, length)])
for (let i = 0; i < people.length; i += 100)
  await ingest(people.slice(i, i + 100).map((log) => packed(log).startingAt(1)))
await records.settled()
const sizes = people.map(({ records: of }) => of.map(({ header, body }) => header.length + body!.length))
const entries = await records.entries(fromText(net))
say({ records: entries.reduce((sum, entry) => sum + entry.length, 0), sizes })

createInterface(process.stdin).on('line', () => {
  void node.invites.create(node.operator()).then((outcome) => say({ invite: taken(outcome).invite }))
})
let isEnding = false
const end = () => {
  if (!isEnding) void node.close().then(() => process.exit(0))
  isEnding = true
}
process.on('SIGTERM', end)
process.stdin.on('end', end)
