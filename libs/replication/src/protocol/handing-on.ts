// Handing what arrived to the store: in batches, two at a time, so that a slow database slows the asking down.

import { decodeHeader, equalBytes, FormatError, PackedRun } from '#libs/record'
import { keyOf } from './keys.js'
import type { Machine } from './machine.js'
import type { ArrivedRun } from './wanted-log.js'

/** Batches that the store has in hand at a time. */
const BATCHES_UNDER_WAY = 2
/** A log whose records were handed to the store and are not accepted after so long is fetched anew (ms). */
const STALLED_MS = 60_000

export class HandingOn {
  private readonly waiting: ArrivedRun[] = []
  /** Records that arrived and that the store has not been given. */
  waitingRecords = 0
  /** What the store has in hand: who sent which log, by number of the batch. */
  private readonly batches = new Map<number, Map<string, string>>()
  private readonly recordsOf = new Map<number, number>()
  private nextBatch = 0
  private readonly atMs = new Map<string, number>()

  constructor(private readonly machine: Machine) {}

  /** Records that the store has in hand. */
  get inHand(): number {
    return [...this.recordsOf.values()].reduce((sum, records) => sum + records, 0)
  }

  /** Nothing waits, and the store has nothing in hand. */
  get isQuiet(): boolean {
    return this.batches.size === 0 && this.waiting.length === 0
  }

  /** Whether nothing came of what was handed on of a log. */
  isStalled(author: Uint8Array): boolean {
    const { nowMs } = this.machine
    return nowMs - (this.atMs.get(keyOf(author)) ?? nowMs) > STALLED_MS
  }

  /** The store is done with a batch: who sent which log; null for one that is not known. */
  done(batch: number): ReadonlyMap<string, string> | null {
    const senders = this.batches.get(batch) ?? null
    this.batches.delete(batch)
    this.recordsOf.delete(batch)
    return senders
  }

  /** A log is accepted up to here: whoever sent it gave something new. */
  accepted(author: Uint8Array, length: number): void {
    const { machine } = this
    const key = keyOf(author)
    for (const senders of this.batches.values()) {
      const giver = machine.peers.get(senders.get(key) ?? '')
      if (giver) giver.figures.gaveAtMs = machine.nowMs
    }
    // What was handed on beyond it may be lost: it is asked for anew when nothing comes of it.
    const isAllAccepted = (machine.download.handedOn(author) ?? 0) <= length
    if (isAllAccepted) this.atMs.delete(key)
    else this.atMs.set(key, machine.nowMs)
  }

  /** Takes up what arrived. */
  put(runs: ArrivedRun[]): void {
    const { machine } = this
    for (const arrived of runs) {
      const { peer, run } = arrived
      if (isMisplaced(run)) {
        // Handed on, it would pass for what comes next in this log and keep that out.
        machine.download.refused(run.author, machine.tree.get(run.author)?.length ?? 0, machine.nowMs)
        machine.peers.get(peer)?.close('seq_unexpected', true)
        continue
      }
      this.waiting.push(arrived)
      this.waitingRecords += run.count
      this.atMs.set(keyOf(run.author), this.machine.nowMs)
    }
    this.next()
  }

  /**
   * Two batches at a time, so that one is verified while the other is written; meanwhile the next one fills. At most one
   * sender per log and batch, so that blame is certain.
   */
  next(): void {
    if (this.batches.size >= BATCHES_UNDER_WAY || this.waiting.length === 0) return
    const { machine } = this
    const senders = new Map<string, string>()
    const runs = new Map<string, PackedRun[]>()
    let records = 0
    let repeated = 0
    let taken = 0
    for (const { peer, run } of this.waiting) {
      const key = keyOf(run.author)
      const sender = senders.get(key)
      const isAnother = sender !== undefined && sender !== peer
      // A record may come twice, pushed and fetched: put behind one another the two would look like a broken run.
      const isApart = sender !== undefined && runs.get(key)!.at(-1)!.end !== run.from
      // Ranges overlap where the first goes on to a signature: an admission there brings its newcomer twice.
      if (isApart && !isAnother && runs.get(key)!.some((known) => isSame(known, run))) {
        repeated += run.count
        taken++
        continue
      }
      if (isAnother || isApart || (records > 0 && records + run.count > machine.limits.ingestRecords)) break
      senders.set(key, peer)
      runs.set(key, [...(runs.get(key) ?? []), run])
      records += run.count
      taken++
    }
    this.waiting.splice(0, taken)
    this.waitingRecords -= records + repeated
    const batch = this.nextBatch++
    this.batches.set(batch, senders)
    this.recordsOf.set(batch, records)
    machine.effects.push({ type: 'ingest', batch, runs: [...runs.values()].map(PackedRun.joined) })
  }
}

const isSame = (a: PackedRun, b: PackedRun): boolean => a.from === b.from && equalBytes(a.bytes, b.bytes)

/** Whether a run begins at another place than its sender says. A header that can't be read is the store's to name. */
function isMisplaced({ from, firstHeader }: PackedRun): boolean {
  try {
    return decodeHeader(firstHeader).seq !== from
  } catch (error) {
    if (error instanceof FormatError) return false
    throw error
  }
}
