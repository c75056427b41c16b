/**
 * Advisory locks, held to the end of the transaction: one writer of logs, one writer of the index of subjects and one writer
 * of projections at a time, also when several processes share a database. Who takes two of them takes them in this order.
 */
import type { PoolClient } from 'pg'
import type { DataSource, EntityManager } from 'typeorm'

const LOGS = 7_201_001
const PROJECTIONS = 7_201_002
const INDEX = 7_201_003

/** What a transaction that writes logs finds as it begins: records that are not indexed, logs that wait for something. */
export interface FoundLogs {
  unindexed: boolean
  waiting: boolean
}

/** A transaction that holds the lock of logs from its beginning: both, and what it finds then, cost one round trip. */
export async function underLogs<T>(
  database: DataSource,
  work: (manager: EntityManager, found: FoundLogs) => Promise<T>,
): Promise<T> {
  return begun(database, `${locked(LOGS)}; ${look}`, (manager, [found]) => work(manager, found as FoundLogs))
}

/** The same, whose commit does not wait for the disk: nothing of it may be told before `flushed`. */
export async function underLogsUnflushed<T>(
  database: DataSource,
  work: (manager: EntityManager, found: FoundLogs) => Promise<T>,
): Promise<T> {
  const first = `${locked(LOGS)}; ${unflushed}; ${look}`
  return begun(database, first, (manager, [found]) => work(manager, found as FoundLogs))
}

/** Resolves when all that was committed before the call is on the disk. Postgres flushes its log up to what this adds to it. */
export async function flushed(database: DataSource): Promise<void> {
  await database.query(`select pg_logical_emit_message(true, 'mutuo', '')`)
}

/** The same with the lock of projections. */
export async function underProjections<T>(
  database: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  return begun(database, projectionsLocked, work)
}

export async function lockLogs(manager: EntityManager): Promise<void> {
  await manager.query(locked(LOGS))
}

export async function lockIndex(manager: EntityManager): Promise<void> {
  await manager.query(locked(INDEX))
}

/**
 * The transaction does not wait for the disk either: a crash that loses what is derived from records leaves the marks that
 * derive it again.
 */
export async function lockProjections(manager: EntityManager): Promise<void> {
  await manager.query(projectionsLocked)
}

const look = `select exists (select 1 from unindexed) as unindexed, exists (select 1 from waiting) as waiting`
const unflushed = `set local synchronous_commit = off`
const locked = (lock: number): string => `select pg_advisory_xact_lock(${lock})`
const projectionsLocked = `${locked(PROJECTIONS)}, set_config('synchronous_commit', 'off', true)`

/** A transaction of which the first statements, without parameters, go with its beginning; `work` is given the last one's rows. */
async function begun<T>(
  database: DataSource,
  first: string,
  work: (manager: EntityManager, rows: object[]) => Promise<T>,
): Promise<T> {
  const runner = database.createQueryRunner()
  const client = (await runner.connect()) as PoolClient
  try {
    // Of several statements in one message Postgres answers each.
    const answers: unknown = await client.query(`begin; ${first}`)
    const { rows } = (answers as { rows: object[] }[]).at(-1)!
    const done = await work(runner.manager, rows)
    await client.query('commit')
    return done
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    await runner.release()
  }
}
