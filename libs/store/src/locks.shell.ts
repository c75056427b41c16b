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

export async function lockProjections(manager: EntityManager): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(${PROJECTIONS})`)
}
