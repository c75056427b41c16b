/**
 * Many rows at once: a multi-row INSERT while they are few, COPY in its binary format when they are many. Measured with
 * records of 400 bytes, COPY is about three times as fast from some hundred rows on.
 */
import { once } from 'node:events'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { EntityManager } from 'typeorm'
import { binaryRows, type Cell, type ColumnType } from './copy-format.js'

export type { Cell, ColumnType } from './copy-format.js'

/** Fewer go as parameters of a statement, of which Postgres takes 65,535. */
const COPY_FROM_ROWS = 128

/** A table and those of its columns that are written, in order, with their types. */
export interface BulkTable {
  name: string
  columns: Readonly<Record<string, ColumnType>>
}

/** Rows for one table, each a list of cells in the order of its columns. */
export interface Bulk {
  table: BulkTable
  rows: readonly Cell[][]
}

/** Inserts rows into a table. Throws on a conflict. */
export async function bulkInsert(manager: EntityManager, table: BulkTable, rows: readonly Cell[][]): Promise<void> {
  await bulkInsertAll(manager, [{ table, rows }])
}

/** Statements that go with inserts: appends what they need to the parameters and returns their SQL. */
export type Statements = (parameters: unknown[], few: boolean) => string[]

/**
 * Inserts rows into several tables: few of them in one statement with `more`, so that all cost one round trip. Parts of one
 * statement don't see each other's rows; `more` is told whether it shares one with the inserts. Returns the rows of the
 * last of `more`.
 */
export async function bulkInsertAll<R>(
  manager: EntityManager,
  bulks: readonly Bulk[],
  more?: Statements,
): Promise<R[]> {
  const few = bulks.every(({ rows }) => rows.length < COPY_FROM_ROWS)
  const parameters: unknown[] = []
  const statements: string[] = []
  for (const { table, rows } of bulks) {
    if (rows.length === 0) continue
    if (few) statements.push(insertOf(table, rows, parameters))
    else await copyRows(manager, table, rows)
  }
  if (more) statements.push(...more(parameters, few))
  const main = statements.pop()
  if (main === undefined) return []
  const before = statements.map((statement, index) => `part${index} as (${statement})`)
  return manager.query(before.length === 0 ? main : `with ${before.join(', ')} ${main}`, parameters)
}

/** An INSERT whose cells are appended to `parameters`. */
function insertOf({ name, columns }: BulkTable, rows: readonly Cell[][], parameters: unknown[]): string {
  const places = rows.map((row) => `(${row.map((cell) => `$${parameters.push(cell)}`)})`)
  return `insert into ${name} (${Object.keys(columns)}) values ${places}`
}

async function copyRows(manager: EntityManager, table: BulkTable, rows: readonly Cell[][]): Promise<void> {
  await copyIn(manager, table, binaryRows(Object.values(table.columns), rows))
}

/** COPY of ready bytes: a whole file in the format of copy-format.ts, in chunks. Throws on a conflict. */
export async function copyIn(
  manager: EntityManager,
  { name, columns }: BulkTable,
  chunks: Iterable<Uint8Array>,
): Promise<void> {
  const client = (await manager.queryRunner!.connect()) as PoolClient
  const stream = client.query(copyFrom(`copy ${name} (${Object.keys(columns)}) from stdin (format binary)`))
  const finished = once(stream, 'finish')
  for (const chunk of chunks) {
    if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), finished])
  }
  stream.end()
  await finished
}
