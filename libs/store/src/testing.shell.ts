/**
 * A store for specs: a real Postgres in a temporary directory, keys made from numbers, a clock that the spec moves. Start
 * one per spec file in `beforeAll` and close it in `afterAll`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Body, type FeatureRules, isRefusal, Rules } from '#libs/fold'
import { keyPairFromSeed, sign, toText } from '#libs/record'
import type { DataSource } from 'typeorm'
import { openDatabase } from './database.shell.js'
import type { Clock, Migration, Projection, Signer, StoreOptions } from './ports.js'
import { Records } from './records.service.js'

export interface TestStoreOptions {
  features: readonly FeatureRules[]
  projections?: readonly Projection[]
  migrations?: readonly Migration[]
  entities?: NonNullable<StoreOptions['entities']>
  verifySteps?: NonNullable<StoreOptions['verifySteps']>
  staging?: NonNullable<StoreOptions['staging']>
  verifyingThreads?: number
  bulkFrom?: number
  /** Signs in place of the keys made from numbers. */
  signer?: Signer
  /** A data directory to open again; made and removed by the fixture when absent. */
  dataDir?: string
}

/** A clock that stands still until it is moved; it starts at 2026-01-01T00:00:00Z. */
export interface TestClock extends Clock {
  set(ms: number): void
  advance(ms: number): void
}

/** Keys from numbers: key `n` is the same in every store. */
export interface TestKeys extends Signer {
  /** The public key (text) of number n; from then on the keyring signs for it. */
  key(n: number): string
  secretKey(author: string): Uint8Array
  /** Makes `sign` answer null for a key, or sign again. */
  lock(author: string, locked: boolean): void
}

export interface TestStore {
  records: Records
  rules: Rules
  database: DataSource
  clock: TestClock
  keys: TestKeys
  /** A network whose genesis record is by key n; `body` as the rules in use ask for. Returns its id and the author. */
  createNetwork(n: number, body?: Body): Promise<{ net: string; author: string }>
  close(): Promise<void>
}

const START_MS = Date.UTC(2026, 0, 1)

/** Starts a store in a Postgres of its own. */
export async function startTestStore(options: TestStoreOptions): Promise<TestStore> {
  const dataDir = options.dataDir ?? join(await mkdtemp(join(tmpdir(), 'mutuo-store-')), 'postgres')
  const { features, projections = [], migrations = [], entities = [], verifySteps = [], staging = {} } = options
  const { verifyingThreads = 0, bulkFrom = 256 } = options
  const ways = { staging, verifyingThreads, bulkFrom }
  const rules = new Rules(features)
  const clock = testClock()
  const keys = testKeys()
  const opened = await openDatabase({ database: { dataDir }, migrations, entities })
  const records = new Records(opened.database, {
    rules,
    projections,
    verifySteps,
    ...ways,
    signer: options.signer ?? keys,
    clock,
  })
  return {
    records,
    rules,
    database: opened.database,
    clock,
    keys,
    async createNetwork(n, body = {}) {
      const author = keys.key(n)
      const outcome = await records.append(null, author, () => [
        { kind: 'network.created', subj: null, refs: [], body },
      ])
      if (isRefusal(outcome)) throw new Error(`no network: ${JSON.stringify(outcome)}`)
      return { net: outcome.records[0]!.id, author }
    },
    async close() {
      await records.close()
      await opened.close()
      if (options.dataDir === undefined) await rm(join(dataDir, '..'), { recursive: true, force: true })
    },
  }
}

function testClock(): TestClock {
  let now = START_MS
  return {
    now: () => now,
    set: (ms) => (now = ms),
    advance: (ms) => (now += ms),
  }
}

function testKeys(): TestKeys {
  const secrets = new Map<string, Uint8Array>()
  const locked = new Set<string>()
  return {
    key(n) {
      const seed = new Uint8Array(32)
      new DataView(seed.buffer).setUint32(0, n)
      const { publicKey, secretKey } = keyPairFromSeed(seed)
      secrets.set(toText(publicKey), secretKey)
      return toText(publicKey)
    },
    secretKey: (author) => secrets.get(author)!,
    lock(author, isLocked) {
      if (isLocked) locked.add(author)
      else locked.delete(author)
    },
    sign(author, message) {
      const secret = locked.has(author) ? undefined : secrets.get(author)
      return secret ? sign(message, secret) : null
    },
  }
}
