/**
 * A process is killed (SIGKILL) again and again while it takes in records in bulk, in the middle of a COPY. What it acknowledged
 * is there afterwards, no log is half-known, and what is missing can be taken in as if nothing had happened.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { fromText } from '#libs/record'
import { startTestStore } from '#libs/store'
import { bulkOf } from '../../libs/store/src/bulk.fixture.js'
import { EACH, MEMBERS, world } from './killed/world.js'

const program = fileURLToPath(new URL('../../dist/test/scenarios/killed/taking-in.js', import.meta.url))
const acknowledged = new Map<string, number>()

/** Starts it, and kills it so many ms after it acknowledged so many batches. */
async function takeInAndDie(dataDir: string, batches: number, thenMs: number): Promise<void> {
  const child = spawn(process.execPath, [program, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = new Promise((done) => child.once('exit', done))
  let left = batches
  for await (const line of createInterface(child.stdout)) {
    if (!line.startsWith('[')) continue
    for (const [author, length] of JSON.parse(line) as [string, number][]) {
      expect(length).toBeGreaterThanOrEqual(acknowledged.get(author) ?? 0)
      acknowledged.set(author, length)
    }
    if (--left === 0) setTimeout(() => child.kill('SIGKILL'), thenMs)
  }
  await gone
}

describe('a process that is killed while records are copied into its database', () => {
  it('has what it acknowledged, knows nothing by half, and takes in the rest', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'mutuo-killed-'))
    try {
      const dataDir = join(dir, 'postgres')
      for (const [batches, thenMs] of [
        [1, 5],
        [2, 25],
        [3, 60],
      ] as const)
        await takeInAndDie(dataDir, batches, thenMs)
      const store = await startTestStore({ ...world, dataDir })
      try {
        const { net, runs } = bulkOf(store, MEMBERS, EACH)
        const lengths = async () => {
          const heads = await store.records.entries(fromText(net))
          return new Map(heads.map(({ author, length }) => [Buffer.from(author).toString('hex'), length]))
        }
        const before = await lengths()
        expect(acknowledged.size).toBeGreaterThanOrEqual(20)
        for (const [author, length] of acknowledged)
          expect(before.get(Buffer.from(fromText(author)).toString('hex'))).toBeGreaterThanOrEqual(length)
        let verdict: unknown
        for await (const progress of store.records.verify()) verdict = progress
        expect(verdict).toMatchObject({ ok: true, problems: [] })
        expect(await store.records.ingestPacked(fromText(net), runs)).toMatchObject({ refused: [], staged: 0 })
        await store.records.settled()
        expect([...(await lengths()).values()].reduce((sum, length) => sum + length, 0)).toBe(
          1 + MEMBERS + MEMBERS * EACH,
        )
        for await (const progress of store.records.verify()) verdict = progress
        expect(verdict).toMatchObject({ ok: true, problems: [] })
      } finally {
        await store.close()
      }
    } finally {
      await rm(dir, { recursive: true, force: true })
    }
  }, 120_000)
})
