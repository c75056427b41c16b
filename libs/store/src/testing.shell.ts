/**
 * A store for specs: a real Postgres in a temporary directory, keys made from numbers, a clock that the spec moves. Start
 * one per spec file in `beforeAll` and close it in `afterAll`.
 */
import type { FeatureRules } from '#libs/fold'
import type { DataSource } from 'typeorm'
import type { Clock, Migration, Projection, Signer, StoreOptions } from './ports.js'
import type { Records } from './records.service.js'

export interface TestStoreOptions {
  features: readonly FeatureRules[]
  projections?: readonly Projection[]
  migrations?: readonly Migration[]
  verifySteps?: StoreOptions['verifySteps']
  staging?: StoreOptions['staging']
}

/** A clock that stands still until it is moved. */
export interface TestClock extends Clock {
  set(ms: number): void
  advance(ms: number): void
}

/** Keys from seeds: key `n` is the same in every store. */
export interface TestKeys extends Signer {
  /** The public key (text) of number n; from then on the keyring signs for it. */
  key(n: number): string
  secretKey(author: string): Uint8Array
  /** Makes `sign` answer null for a key, or sign again. */
  lock(author: string, locked: boolean): void
}

export interface TestStore {
  records: Records
  database: DataSource
  clock: TestClock
  keys: TestKeys
  /** A network whose genesis record is by key n; `body` as the rules in use ask for. Returns its id and the author. */
  createNetwork(n: number, body?: Record<string, unknown>): Promise<{ net: string; author: string }>
  close(): Promise<void>
}

export declare function startTestStore(options: TestStoreOptions): Promise<TestStore>
