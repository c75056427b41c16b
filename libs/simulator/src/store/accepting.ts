// How records become accepted: in causal order, each log up to its first record that names something that is not held.

import { type Certificate, equalBytes } from '#libs/record'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import { continuationOf, problemOf } from './continuing.js'
import { type Held, namedBy } from './held.js'
import { admissionsAside } from './admitted-aside.js'
import type { MemoryLog, Refused } from './memory-log.js'
import type { StoreState } from './store-state.js'

const ADMISSION = 'member.admitted'

export class Accepting {
  readonly grown = new Set<MemoryLog>()
  readonly accepted: Held[] = []
  readonly refused: Refused[] = []
  /** What is staged by this write, by log. */
  private readonly fresh = new Map<MemoryLog, Set<number>>()

  constructor(
    private readonly store: StoreState,
    private readonly wallMs: number,
  ) {}

  /** Puts a record of a log up for acceptance. */
  offer(log: MemoryLog, held: Held): void {
    log.staged.set(held.header.seq, held)
    this.store.waiting.add(log)
    const fresh = this.fresh.get(log)
    if (fresh) fresh.add(held.header.seq)
    else this.fresh.set(log, new Set([held.header.seq]))
  }

  /** Turns down what came just now, could not be accepted, and is more than an author may have waiting. */
  bound(): void {
    for (const [log, fresh] of this.fresh) {
      const seqs = [...log.staged.keys()].sort((a, b) => a - b)
      let beyond = seqs.findIndex((seq, index) => index >= this.store.parts.stagedMost && fresh.has(seq))
      if (beyond < 0) continue
      // What is kept must be authentic by itself, or no fork could be proven with it.
      while (beyond > 0 && fresh.has(seqs[beyond - 1]!) && !log.staged.get(seqs[beyond - 1]!)!.record.signature)
        beyond--
      this.refuse(log, 'staging_full')
      this.drop(log, seqs[beyond]!)
    }
  }

  /** Says once that a log's records were turned down by nobody's fault. */
  refuse({ author }: MemoryLog, reason: string): void {
    const isKnown = this.refused.some((other) => other.reason === reason && other.author === author)
    if (!isKnown) this.refused.push({ author, reason, provable: false })
  }

  /** Accepts all that can be, until every log that waits is blocked. */
  settle(): void {
    const { store } = this
    for (let before = -1; before !== this.accepted.length;) {
      before = this.accepted.length
      for (const log of store.waiting) this.advance(log)
    }
    for (const log of store.waiting) if (log.staged.size === 0) store.waiting.delete(log)
  }

  /** Drops what waits of a log from a seq on. */
  drop(log: MemoryLog, from: number): Held[] {
    const dropped = [...log.staged.values()].filter(({ header }) => header.seq >= from)
    for (const { header } of dropped) log.staged.delete(header.seq)
    if (log.staged.size === 0) this.store.waiting.delete(log)
    return dropped
  }

  /** Certificates may be here before what they certify. */
  raiseCertified(log: MemoryLog): void {
    if (log.apart.length === 0) return
    const fitting = log.apart.filter((certificate) => {
      const held = log.records[certificate.seq]
      return held !== undefined && this.store.parts.certifies(certificate, held)
    })
    if (fitting.length === 0) return
    log.apart = log.apart.filter((certificate) => !fitting.includes(certificate))
    for (const certificate of fitting) this.fit(log, certificate)
  }

  /** A certificate of an accepted record; false when one as new is held. */
  fit(log: MemoryLog, certificate: Certificate): boolean {
    const cfg = keyOf(certificate.cfg)
    const isNew = (log.certificates.get(cfg)?.seq ?? -1) < certificate.seq
    if (isNew) log.certificates.set(cfg, certificate)
    if (log.certified <= certificate.seq) {
      log.certified = certificate.seq + 1
      this.grown.add(log)
    }
    return isNew
  }

  private advance(log: MemoryLog): void {
    for (let next = log.staged.get(log.records.length); next; next = log.staged.get(log.records.length)) {
      const breach = this.breach(log, next)
      if (breach) {
        this.refused.push({ author: log.author, ...breach })
        this.drop(log, log.records.length)
        return
      }
      if (log.disputedFrom !== null && next.header.seq >= log.disputedFrom) return
      this.letIn(next)
      if (this.isBlocked(next) || this.needsAdmission(next)) return
      this.accept(log, next)
    }
  }

  /** Why a record can't follow its log's head, though it is authentic in itself. */
  private breach(log: MemoryLog, next: Held): Omit<Refused, 'author'> | null {
    const { header } = next
    const head = log.records.at(-1)
    if (head && !equalBytes(header.prev!, head.id)) return { reason: 'prev_mismatch', provable: false }
    if (head && header.at < head.header.at) return { reason: 'at_backwards', provable: true }
    const isOwn = header.refs.some((ref) => {
      const named = this.store.byId.get(keyOf(ref))
      return named !== undefined && equalBytes(named.header.author, header.author)
    })
    if (isOwn) return { reason: 'ref_own_record', provable: true }
    const problem = problemOf(this.store, next)
    return problem === null ? null : { reason: problem, provable: false }
  }

  private isBlocked(held: Held): boolean {
    const { parts } = this.store
    return (
      !parts.isInTime(held, this.wallMs) ||
      !parts.hasBody(held) ||
      !parts.holdsNamed((id) => this.store.isHeld(id), held)
    )
  }

  /** A newcomer whose admission is on a branch beside its log is let in all the same: others took it in before they knew. */
  private needsAdmission(held: Held): boolean {
    return this.store.parts.needsAdmission(held) && admissionsAside(this.store, held).length === 0
  }

  /** An admission that lacks nothing but the first records of newcomers lets them in before it. */
  private letIn({ header }: Held): void {
    if (header.kind !== ADMISSION || !this.store.parts.isInTime({ header } as Held, this.wallMs)) return
    const absent = header.refs.filter((ref) => !this.store.byId.has(keyOf(ref)))
    const newcomers = absent.map((id) => this.newcomer(keyOf(id)))
    if (newcomers.some((newcomer) => newcomer === null)) return
    for (const newcomer of newcomers) if (newcomer) this.accept(newcomer.log, newcomer.held)
  }

  private newcomer(id: string): { log: MemoryLog; held: Held } | null {
    for (const log of this.store.waiting) {
      const held = log.records.length === 0 ? log.staged.get(0) : undefined
      if (held?.key === id) return this.isBlocked(held) ? null : { log, held }
    }
    return null
  }

  /** Accepts a record whose place in its log, and whose names, are checked. */
  accept(log: MemoryLog, held: Held): void {
    const { store } = this
    log.staged.delete(held.header.seq)
    log.records.push(held)
    store.byId.set(held.key, held)
    const rests = namedBy(held.header).map(keyOf)
    if (rests.some((id) => store.side.has(id) || store.suspended.has(id))) store.suspended.add(held.key)
    const continuation = continuationOf(held)
    if (continuation && !store.continuations.has(log.key)) store.continuations.set(log.key, continuation)
    this.accepted.push(held)
    this.grown.add(log)
    this.raiseCertified(log)
  }
}
