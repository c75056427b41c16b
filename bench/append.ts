/**
 * How fast a store takes records in: appended by one caller, by 16 and by 64 at once (signed, committed, projected), and
 * ingested from a peer's runs (verified, committed); beside it the same machine's plain single-row INSERT with a commit of
 * its own. Prints one line of JSON at the end, all figures in records or rows per second.
 *
 *   npm run bench -- append [records]
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRefusal } from '#libs/fold'
import { fromText, PackedRun } from '#libs/record'
import { startTestStore, type TestStore } from '#libs/store'
import { logsOfNotes, noteDraft, noteRules } from './making/notes.js'

const COUNT = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 2_000)
const INGESTED = COUNT * 10
const RECORDS_PER_LOG = 100

async function main(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'mutuo-bench-'))
  const store = await startTestStore({ features: [noteRules], dataDir: join(dir, 'postgres'), verifyingThreads: 1 })
  try {
    const { net, author } = await store.createNetwork(1)
    await append(store, net, author, 1, 100)
    const single = await append(store, net, author, 1, COUNT)
    const shared = await append(store, net, author, 16, COUNT * 2)
    const crowd = await append(store, net, author, 64, COUNT * 4)
    const ingest = await ingestRate(store)
    const insert = await insertRate(store)
    console.log(
      JSON.stringify({
        append1PerSecond: single,
        append16PerSecond: shared,
        append64PerSecond: crowd,
        ingestPerSecond: ingest.accepted,
        ingestProjectedPerSecond: ingest.projected,
        insertRow1PerSecond: insert,
      }),
    )
  } finally {
    await store.close()
    await rm(dir, { recursive: true, force: true })
  }
}

/** Appends per second of some callers, each of which waits for its own. */
async function append(store: TestStore, net: string, author: string, callers: number, count: number): Promise<number> {
  let left = count
  const started = performance.now()
  const call = async () => {
    while (left-- > 0) {
      const outcome = await store.records.append(net, author, () => [noteDraft(left)])
      if (isRefusal(outcome)) throw new Error(outcome.refused)
    }
  }
  await Promise.all(Array.from({ length: callers }, call))
  return rate(count, started)
}

/** Records per second of a peer's runs of 100: until they are committed, and until they are projected, too. */
async function ingestRate(store: TestStore): Promise<{ accepted: number; projected: number }> {
  const { net, runs } = logsOfNotes(INGESTED / RECORDS_PER_LOG, RECORDS_PER_LOG)
  const started = performance.now()
  let accepted = 0
  const packed = runs.map(({ author, records }) => PackedRun.of(author, 0, records))
  for (const part of batches(packed, 20)) accepted += (await store.records.ingestPacked(fromText(net), part)).accepted
  if (accepted !== runs.reduce((sum, { records }) => sum + records.length, 0)) throw new Error('not all is accepted')
  const committed = rate(accepted, started)
  await store.records.settled()
  return { accepted: committed, projected: rate(accepted, started) }
}

async function insertRate({ database }: TestStore): Promise<number> {
  await database.query(`create table plain (id bytea primary key, value bytea not null)`)
  const value = Buffer.alloc(400)
  const started = performance.now()
  for (let row = 0; row < COUNT; row++) {
    const id = Buffer.alloc(32)
    id.writeUInt32BE((row * 2_654_435_761) % 2 ** 32)
    await database.query(`insert into plain values ($1, $2)`, [id, value])
  }
  return rate(COUNT, started)
}

function* batches(runs: PackedRun[], size: number): Generator<PackedRun[]> {
  for (let start = 0; start < runs.length; start += size) yield runs.slice(start, start + size)
}

const rate = (count: number, started: number): number => Math.round((count * 1_000) / (performance.now() - started))

await main()
