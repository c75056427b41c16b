// What a node holds, without a database: logs, what waits, and the side table of forks.

import type { Speaker } from '#libs/fold'
import type { Entry } from '#libs/record'
import {
  type AttestationBatch,
  type FrozenNotice,
  keyOf,
  type StoppedNotice,
} from '../../../replication/src/testing/virtual-protocol.js'
import type { Continuation } from './continuation.js'
import type { Held } from './held.js'
import { Layered } from './layered.js'
import { copyOf, entryOf, type MemoryLog, newLog } from './memory-log.js'
import type { StoreParts } from './store-parts.js'

/** A head that a witness attested. */
export type AttestedHead = AttestationBatch['heads'][number]

/** Why a log is closed: in good order, since its key may be in other hands, or since more was written than is known. */
export type ClosedBecause = 'rotation' | 'continuation' | 'restored'

export class StoreState {
  readonly logs: Layered<MemoryLog>
  /** Accepted records by id. */
  readonly byId: Layered<Held>
  /** Suspended records by id. */
  readonly side = new Map<string, Held>()
  /** Accepted records that rest on suspended ones, by id. */
  readonly suspended = new Set<string>()
  /** Keys of logs with an unsettled fork. */
  readonly disputed = new Set<string>()
  /** Logs with records that wait. */
  readonly waiting = new Set<MemoryLog>()
  /** What this node attested last as a witness, by author. */
  readonly attested = new Map<string, AttestedHead>()
  /** The amendments at which this node stopped to witness, by the configuration that they end. */
  readonly stopped = new Map<string, Uint8Array>()
  /** What witnesses said when they stopped, by amendment. */
  readonly notices = new Map<string, StoppedNotice[]>()
  /** Logs that continue others, by their keys. */
  readonly continuations = new Map<string, Continuation>()
  /** For whom logs speak that were continued or continue others, by key in text form. */
  speakers: ReadonlyMap<string, Speaker> = new Map()
  /** Logs that this node, as a witness, attests no more. */
  readonly frozen = new Set<string>()
  /** What witnesses said when they froze a log, by its key. */
  readonly freezes = new Map<string, FrozenNotice[]>()
  /** Logs of this node's own that it signs no more in, and why. */
  readonly closed = new Map<string, ClosedBecause>()

  /** Own logs whose next key was never used: known since this node came back from a backup, which does not know that. */
  readonly unusedKeys = new Set<string>()
  /** The configuration in force when it came back, as its backup knows it; null: it never did. */
  restoredSince: Uint8Array | null = null

  /** `shared`: a store that no longer changes and that this one goes on from. */
  constructor(
    readonly net: Uint8Array,
    readonly parts: StoreParts,
    shared: StoreState | null = null,
  ) {
    this.logs = new Layered(shared?.logs)
    this.byId = new Layered(shared?.byId)
  }

  entries(): Entry[] {
    return [...this.logs.values()].flatMap((log) => entryOf(log) ?? [])
  }

  entry(author: Uint8Array): Entry | null {
    const log = this.logs.get(keyOf(author))
    return log ? entryOf(log) : null
  }

  log(author: Uint8Array): MemoryLog | undefined {
    return this.logs.get(keyOf(author))
  }

  /** The log of an author, to be changed. */
  logToChange(author: Uint8Array): MemoryLog {
    const key = keyOf(author)
    const own = this.logs.getOwn(key)
    if (own) return own
    const shared = this.logs.get(key)
    const log = shared ? copyOf(shared) : newLog(author, key)
    this.logs.set(key, log)
    return log
  }

  /** All that is accepted. */
  *records(): Generator<Held> {
    for (const log of this.logs.values()) yield* log.records
  }

  /** Whether a record waits to be accepted. */
  isWaiting(key: string): boolean {
    return [...this.waiting].some(({ staged }) => [...staged.values()].some((held) => held.key === key))
  }

  /** Whether a record may be named: accepted, or in the side table. */
  isHeld(key: string): boolean {
    return this.byId.has(key) || this.side.has(key)
  }
}
