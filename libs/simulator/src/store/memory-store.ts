// A node's store without a database: logs, what waits, the side table of forks and certificates, with the rules of
// acceptance of docs/storage.md. What it is told to do it does at once and as a whole; when that counts as written is the
// disk's business.

import {
  type Certificate,
  type Entry,
  equalBytes,
  type ForkProof,
  MAX_UNSIGNED,
  type PackedRun,
  type StoredRecord,
} from '#libs/record'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import { Accepting } from './accepting.js'
import { admissionsAside } from './admitted-aside.js'
import { applyFork, keepBranches, settleAll } from './disputes.js'
import { type Held, namedBy } from './held.js'
import { copyOf, entryOf, type LogRun, type Refused } from './memory-log.js'
import { placeRuns } from './placing.js'
import { QuickWay } from './quick-way.js'
import { StoreState } from './store-state.js'

/** Certificates of an author that are kept though their records are not accepted: the highest of them. */
const MOST_APART = 16

/** What changed in a store. */
export interface StoreChange {
  /** Logs that grew. */
  advanced: Entry[]
  accepted: Held[]
  refused: Refused[]
  /** Forks that became known. */
  forks: ForkProof[]
}

export class MemoryStore extends StoreState {
  private readonly quick = new QuickWay(this)

  /** Others' runs as they came. `wallMs`: this node's clock. */
  ingestPacked(runs: readonly PackedRun[], wallMs: number): StoreChange {
    const records = runs.reduce((sum, { count }) => sum + count, 0)
    if (records < this.parts.bulkFrom && !this.quick.isBusy) return this.ingest(runs, wallMs)
    const accepting = new Accepting(this, wallMs)
    const irregular = this.quick.ingest(accepting, runs, wallMs)
    return this.takeIn(accepting, irregular)
  }

  /** Runs that go the general way. */
  ingest(runs: readonly LogRun[], wallMs: number): StoreChange {
    return this.takeIn(new Accepting(this, wallMs), runs)
  }

  /** Records that wait in memory. */
  get isBusy(): boolean {
    return this.quick.isBusy
  }

  /** What waits in memory goes the general way. */
  flush(wallMs: number): StoreChange {
    return this.takeIn(new Accepting(this, wallMs), this.quick.flush())
  }

  /** The process ended: what was in memory only is gone. */
  restart(): void {
    this.quick.clear()
  }

  private takeIn(accepting: Accepting, runs: readonly LogRun[]): StoreChange {
    const forks = placeRuns(this, accepting, runs)
    accepting.settle()
    const fresh = forks.filter((proof) => applyFork(this, accepting, proof))
    if (fresh.length > 0) this.quick.forget()
    settleAll(this, accepting)
    return changeOf(accepting, fresh)
  }

  /** Takes up what waited for its time. */
  wake(wallMs: number): StoreChange {
    return this.ingest([], wallMs)
  }

  /** A fork proof that was checked. */
  suspend(proof: ForkProof, wallMs: number): StoreChange {
    const accepting = new Accepting(this, wallMs)
    const isFresh = applyFork(this, accepting, proof)
    if (isFresh) this.quick.forget()
    settleAll(this, accepting)
    return changeOf(accepting, isFresh ? [proof] : [])
  }

  /** Suspended headers that others rest on. */
  keepBranches(branches: Parameters<typeof keepBranches>[1], wallMs: number): StoreChange {
    const accepting = new Accepting(this, wallMs)
    keepBranches(this, branches)
    settleAll(this, accepting)
    accepting.settle()
    return changeOf(accepting, [])
  }

  /** A certificate that was checked; null when it, or one as new, is held. */
  certify(certificate: Certificate, wallMs: number): StoreChange | null {
    const { author, seq, id } = certificate
    const log = this.logToChange(author)
    const accepting = new Accepting(this, wallMs)
    const held = log.records[seq]
    if (held && this.parts.certifies(certificate, held)) {
      if (!accepting.fit(log, certificate)) return null
      settleAll(this, accepting)
      return changeOf(accepting, [])
    }
    const isKnown = log.apart.some((other) => equalBytes(other.id, id) && equalBytes(other.cfg, certificate.cfg))
    if (isKnown) return null
    log.apart = [...log.apart, certificate].sort((a, b) => b.seq - a.seq).slice(0, MOST_APART)
    settleAll(this, accepting)
    return changeOf(accepting, [])
  }

  /** Records of a log, on to a signed one; what no signature that is held covers is left out. */
  readRange(author: Uint8Array, from: number, count: number): StoredRecord[] {
    const log = this.log(author)
    if (!log || from >= log.records.length) return []
    const range: StoredRecord[] = []
    for (let seq = from; range.length < count + MAX_UNSIGNED; seq++) {
      const held = log.records[seq] ?? log.staged.get(seq)
      if (!held || (range.length >= count && range.at(-1)!.signature !== null)) break
      range.push(held.record)
    }
    return range.slice(0, range.findLastIndex(({ signature }) => signature !== null) + 1)
  }

  ids(author: Uint8Array, seqs: readonly number[]): { seq: number; id: Uint8Array }[] {
    const records = this.log(author)?.records ?? []
    return seqs.flatMap((seq) => (records[seq] ? [{ seq, id: records[seq].id }] : []))
  }

  /** The first records of those whom these admit. */
  companions(author: Uint8Array, from: number, count: number): { author: Uint8Array; record: StoredRecord }[] {
    const admissions = (this.log(author)?.records ?? [])
      .slice(from, from + count)
      .filter(({ header }) => header.kind === 'member.admitted')
    return admissions.flatMap(({ header }) =>
      header.refs.flatMap((ref) => {
        const first = this.byId.get(keyOf(ref))
        return first?.header.seq === 0 ? [{ author: first.header.author, record: first.record }] : []
      }),
    )
  }

  /** The suspended records that some records of a log name, or that let it in. */
  suspendedUnder(author: Uint8Array, from: number, count: number): Held[] {
    if (this.side.size === 0) return []
    const records = (this.log(author)?.records ?? []).slice(from, from + count)
    const named = records.flatMap(({ header }) => namedBy(header)).flatMap((id) => this.side.get(keyOf(id)) ?? [])
    return [...records.flatMap((held) => admissionsAside(this, held)), ...named]
  }

  /** How many records wait in all. */
  get stagedCount(): number {
    let count = this.quick.waiting
    for (const log of this.waiting) count += log.staged.size
    return count
  }

  /** A copy of all of it: what a backup holds, or what a disk holds after a crash. */
  copy(): MemoryStore {
    const copy = new MemoryStore(this.net, this.parts)
    for (const log of this.logs.values()) {
      const copied = copyOf(log)
      copy.logs.set(log.key, copied)
      if (this.waiting.has(log)) copy.waiting.add(copied)
    }
    for (const held of this.byId.values()) copy.byId.set(held.key, held)
    for (const [key, held] of this.side) copy.side.set(key, held)
    for (const key of this.suspended) copy.suspended.add(key)
    for (const key of this.disputed) copy.disputed.add(key)
    for (const [author, head] of this.attested) copy.attested.set(author, head)
    for (const [cfg, amendment] of this.stopped) copy.stopped.set(cfg, amendment)
    for (const [amendment, notices] of this.notices) copy.notices.set(amendment, [...notices])
    for (const [key, continuation] of this.continuations) copy.continuations.set(key, { ...continuation })
    copy.speakers = this.speakers
    for (const key of this.frozen) copy.frozen.add(key)
    for (const [key, notices] of this.freezes) copy.freezes.set(key, [...notices])
    for (const [key, reason] of this.closed) copy.closed.set(key, reason)
    for (const key of this.unusedKeys) copy.unusedKeys.add(key)
    copy.restoredSince = this.restoredSince
    return copy
  }
}

function changeOf(accepting: Accepting, forks: ForkProof[]): StoreChange {
  accepting.bound()
  const { accepted, refused } = accepting
  const advanced = [...accepting.grown].flatMap((log) => entryOf(log) ?? [])
  return { advanced, accepted, refused, forks }
}
