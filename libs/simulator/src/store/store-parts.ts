// What a store is made of, part by part, so that a simulation can put a broken one in.

import type { Certificate, LogPosition, Run, RunCheck } from '#libs/record'
import type { Held } from './held.js'
import type { HeldName, LogPlace } from '../../../store/src/testing/planned-ingest.js'
import type { MemoryLog } from './memory-log.js'

/** What is asked under a name: accepted records, and the side table. */
export interface Names {
  readonly byId: { get(id: string): Held | undefined }
  readonly side: { get(id: string): Held | undefined }
  readonly suspended: { has(id: string): boolean }
}

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
  lookUp(names: Names, id: Uint8Array): HeldName | null
  /** Most records of an author that wait, and most that are kept in the side table. */
  stagedMost: number
}
