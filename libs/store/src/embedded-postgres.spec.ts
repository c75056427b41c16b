import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { isRefusal } from '#libs/fold'
import { EmbeddedPostgres } from './embedded-postgres.shell.js'
import { openPot, potProjection, potRules, Pots1790000000100 } from './pots.fixture.js'
import { startTestStore } from './testing.shell.js'

let dir: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mutuo-embedded-'))
})
afterAll(async () => {
  await rm(dir, { recursive: true, force: true })
})

async function ask(postgres: EmbeddedPostgres, sql: string): Promise<Record<string, unknown>[]> {
  const { socketDir: host, port, user, database } = postgres
  const client = new pg.Client({ host, port, user, database })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const pidIn = async (dataDir: string): Promise<number> =>
  parseInt(await readFile(join(dataDir, 'postmaster.pid'), 'utf8'))

describe('the embedded Postgres', () => {
  it('keeps what was written from one start to the next, and is gone after a stop', async () => {
    const dataDir = join(dir, 'twice')
    const first = await EmbeddedPostgres.start(dataDir)
    await ask(first, 'create table kept as select 42 as answer')
    await first.stop()
    await first.stop()
    expect(isAlive(first.pid)).toBe(false)
    expect(existsSync(`${dataDir}.tmp`)).toBe(false)
    const second = await EmbeddedPostgres.start(dataDir)
    try {
      expect(await ask(second, 'select answer from kept')).toEqual([{ answer: 42 }])
      expect(await ask(second, 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
      expect(await ask(second, 'show data_checksums')).toEqual([{ data_checksums: 'on' }])
    } finally {
      await second.stop()
    }
  })

  it('starts over when an earlier start was cut off in the middle', async () => {
    const dataDir = join(dir, 'cut')
    await mkdir(join(`${dataDir}.tmp`, 'base'), { recursive: true })
    const postgres = await EmbeddedPostgres.start(dataDir)
    try {
      expect(await ask(postgres, 'select 1 as one')).toEqual([{ one: 1 }])
    } finally {
      await postgres.stop()
    }
  })

  it('finds a short place for its socket when the data directory lies deep', async () => {
    const dataDir = join(dir, ...Array.from({ length: 12 }, () => 'a-long-name'), 'data')
    await mkdir(join(dataDir, '..'), { recursive: true })
    const postgres = await EmbeddedPostgres.start(dataDir)
    try {
      expect(postgres.socketDir.length).toBeLessThan(60)
      expect(await ask(postgres, 'select 1 as one')).toEqual([{ one: 1 }])
    } finally {
      await postgres.stop()
      await rm(postgres.socketDir, { recursive: true, force: true })
    }
  })

  it('stops a postmaster whose node is gone', async () => {
    const dataDir = join(dir, 'leftover')
    const first = await EmbeddedPostgres.start(dataDir)
    const command = (await readFile(`/proc/${first.pid}/cmdline`, 'utf8')).split('\0').slice(0, -1)
    const { uid, gid } = await stat(dataDir)
    await first.stop()
    // Whoever runs Postgres must get through here by itself this time.
    await chmod(dir, 0o711)
    execFileSync('/bin/sh', ['-c', '"$@" >/dev/null 2>&1 &', 'sh', ...command], { uid, gid, cwd: '/' })
    while (!existsSync(join(dataDir, 'postmaster.pid'))) await new Promise((turn) => setTimeout(turn, 10))
    const leftover = await pidIn(dataDir)
    const second = await EmbeddedPostgres.start(dataDir)
    try {
      expect(isAlive(leftover)).toBe(false)
      expect(await pidIn(dataDir)).toBe(second.pid)
    } finally {
      await second.stop()
    }
  })

  it('refuses a directory that a running node uses', async () => {
    const dataDir = join(dir, 'used')
    const postgres = await EmbeddedPostgres.start(dataDir)
    try {
      await expect(EmbeddedPostgres.start(dataDir)).rejects.toThrow('is in use by process')
      expect(await ask(postgres, 'select 1 as one')).toEqual([{ one: 1 }])
    } finally {
      await postgres.stop()
    }
  })
})

describe('a store', () => {
  it('loses nothing that it acknowledged when its Postgres is killed while writing', async () => {
    const dataDir = join(dir, 'killed')
    const world = { features: [potRules], projections: [potProjection], migrations: [Pots1790000000100], dataDir }
    const store = await startTestStore(world)
    const { net, author } = await store.createNetwork(1)
    const acknowledged: string[] = []
    let failures = 0
    const writer = async () => {
      while (failures === 0) {
        try {
          const outcome = await store.records.append(net, author, () => [openPot(1)])
          if (!isRefusal(outcome)) acknowledged.push(outcome.records[0]!.id)
        } catch {
          failures++
        }
      }
    }
    const writers = Array.from({ length: 8 }, writer)
    while (acknowledged.length < 200) await new Promise((turn) => setTimeout(turn, 5))
    process.kill(await pidIn(dataDir), 'SIGKILL')
    await Promise.all(writers)
    // It comes back by itself.
    let outcome = await store.records.append(net, author, () => [openPot(2)]).catch(() => null)
    for (; outcome === null; outcome = await store.records.append(net, author, () => [openPot(2)]).catch(() => null))
      await new Promise((turn) => setTimeout(turn, 50))
    expect(isRefusal(outcome)).toBe(false)
    await store.close()
    const again = await startTestStore(world)
    try {
      expect(acknowledged.length).toBeGreaterThanOrEqual(200)
      for (const id of acknowledged) expect(await again.records.record(id)).not.toBeNull()
      let verdict: unknown
      for await (const progress of again.records.verify()) verdict = progress
      expect(verdict).toMatchObject({ ok: true, problems: [] })
      again.keys.key(1)
      expect(isRefusal(await again.records.append(net, author, () => [openPot(1)]))).toBe(false)
    } finally {
      await again.close()
    }
  }, 120_000)
})
