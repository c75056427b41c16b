// What a store is made of, part by part, so that a simulation can put a broken one in.

import { checkRun, type LogPosition, type Run, type RunCheck } from '#libs/record'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import { type Held, namedBy } from './held.js'
import type { MemoryLog } from './memory-log.js'

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
  /** Whether a proof at a seq suspends a log from there on. */
  suspends(log: MemoryLog, seq: number): boolean
  /** Most records of an author that wait, and most that are kept in the side table. */
  stagedMost: number
}

export const STORE_PARTS: StoreParts = {
  check: checkRun,
  holdsNamed: (isHeld, { header }) => namedBy(header).every((id) => isHeld(keyOf(id))),
  hasBody: ({ header, record }) => header.vis === 1 || record.body !== null,
  isInTime: ({ header }, wallMs) => header.at <= wallMs + AHEAD_MS,
  needsAdmission: ({ header }) => header.kind === 'identity.created',
  suspends: (log, seq) => log.certified <= seq,
  stagedMost: 10_000,
}
