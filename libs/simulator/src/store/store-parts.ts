// What a store is made of, part by part, so that a simulation can put a broken one in.

import { type Certificate, checkRun, equalBytes, type LogPosition, type Run, type RunCheck } from '#libs/record'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import { type Held, namedBy } from './held.js'
import type { HeldName, LogPlace } from '../../../store/src/testing/planned-ingest.js'
import type { MemoryLog } from './memory-log.js'
import { lookUp, placeOf } from './quick-way.js'
import type { StoreState } from './store-state.js'

/** A record whose `at` is further ahead of a node's clock than this waits until it is not (ms). */
export const AHEAD_MS = 600_000

export interface StoreParts {
  /** Hashes, chain, signatures and body hashes of a run. */
  check(run: Run, after: LogPosition | undefined): RunCheck
  /** Whether all that a record names is accepted or in the side table. */
  holdsNamed(isHeld: (id: string) => boolean, held: Held): boolean
  /** Whether a public record came with its body. */
  hasBody(held: Held): boolean
  isInTime(held: Held, wallMs: number): boolean
  /** Whether somebody else must let in the log that a record starts. */
  needsAdmission(held: Held): boolean
  /** Whether a certificate is of this record. */
  certifies(certificate: Certificate, held: Held): boolean
  /** Whether a proof at a seq suspends a log from there on. */
  suspends(log: MemoryLog, seq: number): boolean
  /** So many records at once go the quick way. */
  bulkFrom: number
  /** Where a log stands, and what is held under a name, as the quick way's plan asks. */
  placeOf(log: MemoryLog): LogPlace
  lookUp(store: StoreState, id: Uint8Array): HeldName | null
  /** Most records of an author that wait, and most that are kept in the side table. */
  stagedMost: number
}

export const STORE_PARTS: StoreParts = {
  check: checkRun,
  holdsNamed: (isHeld, { header }) => namedBy(header).every((id) => isHeld(keyOf(id))),
  hasBody: ({ header, record }) => header.vis === 1 || record.body !== null,
  isInTime: ({ header }, wallMs) => header.at <= wallMs + AHEAD_MS,
  needsAdmission: ({ header }) => header.kind === 'identity.created',
  certifies: ({ seq, id }, { header, id: of }) => header.seq === seq && equalBytes(id, of),
  suspends: (log, seq) => log.certified <= seq,
  bulkFrom: Infinity,
  placeOf,
  lookUp,
  stagedMost: 10_000,
}
