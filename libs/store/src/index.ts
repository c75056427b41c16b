/** The node's storage: signed records in Postgres, accepted in causal order, folded into projections. */
export * from './ports.js'
export { Records } from './records.service.js'
export { StoreModule } from './store.module.js'
export { EmbeddedPostgres } from './embedded-postgres.shell.js'
export { systemClock } from './system-clock.shell.js'
export { startTestStore, type TestStore, type TestStoreOptions } from './testing.shell.js'
