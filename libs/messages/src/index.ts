/**
 * The contract between a node and its faces (web page, borrower API, CLI): every command and query, what it takes, answers
 * and refuses. Types only. Ids and keys are text (z-base-32), amounts integer minor units, dates `YYYY-MM-DD`, instants
 * milliseconds since the Unix epoch.
 */
export type * from './envelope.js'
export type * from './node-messages.js'
export type * from './accounts.js'
export type * from './network.js'
export type * from './profiles.js'
export type * from './vouches.js'
export type * from './attestations.js'
export type * from './offers.js'
export type * from './requests.js'
export type * from './loans.js'
export type * from './guarantees.js'
export type * from './notes.js'
export type * from './collateral.js'
export type * from './disputes.js'
export type * from './payees.js'
export type * from './payments.js'
export type * from './servicing.js'
export type * from './servicing-messages.js'
export type * from './ledger.js'
export type * from './reports.js'
export type * from './track-record.js'
export type * from './store.js'
export type * from './replication.js'
