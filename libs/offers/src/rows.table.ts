import type { EntityManager } from 'typeorm'

/** Replaces the rows of some subjects: deletes those whose `key` column names one, and inserts the new ones in one statement. */
export async function replaceRows(
  manager: EntityManager,
  table: string,
  key: string,
  subjects: readonly string[],
  rows: readonly object[],
): Promise<void> {
  await manager.query(`delete from ${table} where ${key} = any($1::text[])`, [subjects])
  if (rows.length === 0) return
  const records = `jsonb_populate_recordset(null::${table}, $1::jsonb)`
  await manager.query(`insert into ${table} select * from ${records}`, [JSON.stringify(rows)])
}
