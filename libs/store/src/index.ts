/** The node's storage: signed records in Postgres, accepted in causal order, folded into projections. */
export * from './ports.js'
export { StoreController } from './store.controller.js'
export { Records } from './records.service.js'
export type { Claim, ClosedBecause, CurrentLog } from './continuing.shell.js'
export type { SettledHead } from './settling.shell.js'
export { Books } from './books.service.js'
export { pageOf, pageQuery, type PageQuery } from './page.js'
export { StoreQueries } from './store-queries.service.js'
export { StoreModule, type StoreOptionsSource } from './store.module.js'
export { openDatabase, type OpenDatabase } from './database.shell.js'
export { EmbeddedPostgres } from './embedded-postgres.shell.js'
export { bulkInsert, type BulkTable, type Cell, type ColumnType } from './bulk-insert.shell.js'
export { type MissingBodies, type PrivateBody, type PrivateRecord } from './private-bodies.shell.js'
export { withoutPrivateBody } from './serving-ranges.shell.js'
export { systemClock } from './system-clock.shell.js'
export { keepHeapTight } from './tight-heap.shell.js'
export {
  startTestStore,
  type TestClock,
  type TestKeys,
  type TestStore,
  type TestStoreOptions,
} from './testing.shell.js'
