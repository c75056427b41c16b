/**
 * What lenders have promised, one row per offer, bid and signature. Folds of several features write here, each the rows of its own
 * subjects. And what the owners of identities here allow.
 */
import type { LendingLimit } from '#libs/messages'
import type { EntityManager } from 'typeorm'
import type { Promised } from './pledge.js'
import { replaceRows } from './rows.table.js'

/** Replaces the pledges of some subjects. */
export async function replacePledges(
  manager: EntityManager,
  subjects: readonly string[],
  rows: readonly Promised[],
): Promise<void> {
  await replaceRows(manager, 'pledge', 'subject', subjects, rows)
}

/** All that a lender has promised and that no record has ended. */
export async function readPledges(manager: EntityManager, lender: string): Promise<Promised[]> {
  const rows: Promised[] = await manager.query(`select * from pledge where lender = $1`, [lender])
  return rows.map((row) => ({
    ...row,
    amount: Number(row.amount),
    until: row.until === null ? null : Number(row.until),
  }))
}

/** An identity's limits, by currency. */
export async function readLimits(manager: EntityManager, identity: string): Promise<Map<string, LendingLimit>> {
  const rows: (LendingLimit & { currency: string })[] = await manager.query(
    `select currency, amount, counts from lending_limit where identity = $1 order by currency`,
    [identity],
  )
  return new Map(rows.map(({ currency, amount, counts }) => [currency, { amount: Number(amount), counts }]))
}

/** Null lifts it. */
export async function writeLimit(
  manager: EntityManager,
  identity: string,
  currency: string,
  limit: LendingLimit | null,
): Promise<void> {
  if (!limit) {
    await manager.query(`delete from lending_limit where identity = $1 and currency = $2`, [identity, currency])
    return
  }
  await manager.query(
    `insert into lending_limit (identity, currency, amount, counts) values ($1, $2, $3, $4)
     on conflict (identity, currency) do update set amount = excluded.amount, counts = excluded.counts`,
    [identity, currency, limit.amount, limit.counts],
  )
}
