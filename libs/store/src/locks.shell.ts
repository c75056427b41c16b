/**
 * Advisory locks, held to the end of the transaction: one writer of logs, one writer of the index of subjects and one writer
 * of projections at a time, also when several processes share a database. Who takes two of them takes them in this order.
 */
import type { EntityManager } from 'typeorm'

const LOGS = 7_201_001
const PROJECTIONS = 7_201_002
const INDEX = 7_201_003

export async function lockLogs(manager: EntityManager): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(${LOGS})`)
}

export async function lockIndex(manager: EntityManager): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(${INDEX})`)
}

/**
 * The transaction does not wait for the disk either: a crash that loses what is derived from records leaves the marks that
 * derive it again.
 */
export async function lockProjections(manager: EntityManager): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(${PROJECTIONS}), set_config('synchronous_commit', 'off', true)`)
}
