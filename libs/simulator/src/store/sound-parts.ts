// The parts of a store that keeps all rules.

import { checkRun, equalBytes } from '#libs/record'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import { namedBy } from './held.js'
import { lookUp, placeOf } from './quick-way.js'
import type { StoreParts } from './store-parts.js'

/** A record whose `at` is further ahead of a node's clock than this waits until it is not (ms). */
export const AHEAD_MS = 600_000

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
