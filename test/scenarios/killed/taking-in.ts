/**
 * A process that takes in what a peer sends, in bulk, and says on stdout what it has acknowledged, until it is killed.
 * Argument: the data directory.
 */
import 'reflect-metadata'
import { fromText, PackedRun, toText } from '#libs/record'
import { startTestStore } from '#libs/store'
import { bulkOf } from '../../../libs/store/src/bulk.fixture.js'
import { BATCH, EACH, MEMBERS, world } from './world.js'

const store = await startTestStore({ ...world, dataDir: process.argv[2]!, verifyingThreads: 1 })
const { net, runs } = bulkOf(store, MEMBERS, EACH)
const [founder, ...members] = runs
const batches = [[founder!, ...members.map(({ author, records }) => PackedRun.of(author, 0, records.slice(0, 1)))]]
for (let at = 0; at < members.length; at += BATCH)
  batches.push(members.slice(at, at + BATCH).map((run) => run.startingAt(1)))
// Two at a time, as from a peer: the second is verified while the first is written.
const taken = batches.map(async (batch) => {
  await store.records.ingestPacked(fromText(net), batch)
  const heads = await Promise.all(batch.map(({ author }) => store.records.head(fromText(net), author)))
  const acknowledged = heads.flatMap((head) => (head ? [[toText(head.author), head.length]] : []))
  process.stdout.write(`${JSON.stringify(acknowledged)}\n`)
})
await Promise.all(taken)
// It waits for its end.
setInterval(() => undefined, 1_000)
