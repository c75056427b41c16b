/** The database of a node: an embedded Postgres or one elsewhere, TypeORM's DataSource on it, and its migrations. */
import { DataSource } from 'typeorm'
import { EmbeddedPostgres } from './embedded-postgres.shell.js'
import { Store1790000000001 } from './migrations/1790000000001-store.js'
import { Unindexed1790000000002 } from './migrations/1790000000002-unindexed.js'
import { PrivateBodies1790000000900 } from './migrations/1790000000900-private-bodies.js'
import { Settling1790000000910 } from './migrations/1790000000910-settling.js'
import { Removals1790000000920 } from './migrations/1790000000920-removals.js'
import type { StoreOptions } from './ports.js'

/** An open database. */
export interface OpenDatabase {
  database: DataSource
  /** Closes the connections, then stops the Postgres that was started for them. */
  close(): Promise<void>
}

/** Connections of one process. The store needs two at a time; the rest serve readers. */
const POOL_SIZE = 12

/** Opens it and brings its schema up to date. int8 columns are read as numbers. */
export async function openDatabase(
  options: Pick<StoreOptions, 'database' | 'migrations' | 'entities'>,
): Promise<OpenDatabase> {
  const { database: where, migrations, entities } = options
  const postgres = 'dataDir' in where ? await EmbeddedPostgres.start(where.dataDir) : null
  const address = postgres
    ? { host: postgres.socketDir, port: postgres.port, username: postgres.user, database: postgres.database }
    : { url: (where as { url: string }).url }
  const database = new DataSource({
    type: 'postgres',
    ...address,
    entities: [...(entities ?? [])],
    migrations: [
      Store1790000000001,
      Unindexed1790000000002,
      PrivateBodies1790000000900,
      Settling1790000000910,
      Removals1790000000920,
      ...migrations,
    ],
    migrationsTableName: 'migration',
    synchronize: false,
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
    parseInt8: true,
    poolSize: POOL_SIZE,
  })
  try {
    await database.initialize()
    await database.runMigrations({ transaction: 'each' })
  } catch (error) {
    if (database.isInitialized) await database.destroy()
    await postgres?.stop()
    throw error
  }
  return {
    database,
    async close() {
      await database.destroy()
      await postgres?.stop()
    },
  }
}
