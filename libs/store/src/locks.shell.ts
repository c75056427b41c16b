/**
 * Advisory locks, held to the end of the transaction: one writer of logs and one writer of projections at a time, also
 * when several processes share a database.
 */
import type { EntityManager } from 'typeorm'

const LOGS = 7_201_001
const PROJECTIONS = 7_201_002

export async function lockLogs(manager: EntityManager): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(${LOGS})`)
}

/**
 * The transaction does not wait for the disk either: a crash that loses what is derived from records leaves the marks that
 * derive it again.
 */
export async function lockProjections(manager: EntityManager): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(${PROJECTIONS}), set_config('synchronous_commit', 'off', true)`)
}
