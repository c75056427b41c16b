// A node on virtual time: the product's protocol machine over a store in memory and a disk that takes its time. It may crash
// between any two effects of the machine, start again, and come back from a backup.

import { decodeHeader, equalBytes, type ForkProof, type PackedRun, type Run, sha256, signHello } from '#libs/record'
import { type Input, keyOf, Replica, type SelfProof } from '../../../replication/src/testing/virtual-protocol.js'
import { aheadOfHere } from '../../../store/src/testing/planned-ingest.js'
import { type Held, heldOf } from '../store/held.js'
import type { MemoryStore, StoreChange } from '../store/memory-store.js'
import type { ClosedBecause } from '../store/store-state.js'
import type { Scheduler } from '../time/scheduler.js'
import { act } from './acting.js'
import { Continuing, currentOf } from './continuing.js'
import { Disk } from './disk.js'
import { Finality } from './finality.js'
import type { Draft, Member } from './member.js'
import type { FirstRecord, LiveNode, NodeOptions } from './live-node.js'
import type { End, Endpoint } from './network.js'
import type { NodeParts } from './node-parts.js'
import { answersTo } from './serving.js'

/** Virtual time begins on 2026-01-01 (ms since the Unix epoch). */
export const EPOCH_MS = Date.UTC(2026, 0, 1)

/** Records wait in memory for so long (ms). */
const PATIENCE_MS = 1_000

export class SimulatedNode implements Endpoint, LiveNode {
  readonly name: string
  noiseKey: Uint8Array
  readonly member: Member
  readonly disk: Disk
  readonly peers = new Map<string, End>()
  /** Noise keys that broke the protocol. */
  readonly banned = new Set<string>()
  store: MemoryStore
  replica: Replica
  isUp = true
  /** Its operator locked its keys: it signs nothing, no record, no hello, no attestation. */
  isLocked = false
  /** How far this node's clock is ahead of the true time (ms). */
  clockMs = 0
  /** After so many more effects it crashes; null: it does not. */
  effectsLeft: number | null = null
  onCrash: () => void = () => undefined
  /** It crashes when it has signed with its next key, before anybody hears of that. */
  failsAtNextKey = false
  /** What it answers to what peers ask for. */
  answer: typeof answersTo = answersTo
  finality: Finality
  continuing: Continuing
  private durable: MemoryStore | null = null
  private isFlushing = false
  private self: SelfProof
  /** Goes up with each crash: what was planned before it no longer happens. */
  private life = 0
  private readonly scheduler: Scheduler

  constructor(readonly options: NodeOptions) {
    this.name = options.name
    this.noiseKey = sha256(new TextEncoder().encode(options.name))
    this.member = options.member
    this.store = options.store
    this.scheduler = options.network.scheduler
    this.disk = new Disk(this.scheduler, options.diskMs)
    this.self = this.proof()
    this.replica = this.machine()
    this.finality = new Finality(this)
    this.continuing = new Continuing(this)
  }

  get parts(): NodeParts {
    return this.options.parts
  }

  /** This node's clock, ms since the Unix epoch. */
  get wallMs(): number {
    return EPOCH_MS + Math.floor(this.scheduler.nowMs) + this.clockMs
  }

  get isWitness(): boolean {
    return this.finality.duty !== null
  }

  attach(peer: string, end: End): void {
    this.peers.set(peer, end)
  }

  detach(peer: string): void {
    this.peers.delete(peer)
  }

  input(input: Input): void {
    if (!this.isUp) return
    for (const effect of this.replica.handle(input, this.scheduler.nowMs)) {
      if (!this.isUp) return
      if (this.effectsLeft !== null && this.effectsLeft-- <= 0) return this.crash()
      if (!this.parts.passes(effect)) continue
      this.options.observer?.effect?.(this, effect)
      act(this, effect)
    }
  }

  tick(): void {
    this.input({ type: 'tick' })
  }

  /** Takes up records that waited for their time, and attests all that is not final. */
  sweep(): void {
    if (!this.isUp) return
    this.disk.write(() => this.changed(this.store.wake(this.wallMs)))
    this.finality.attestAll()
  }

  /** Does something later, unless it crashes before. */
  later(ms: number, work: () => void): void {
    const { life } = this
    this.scheduler.after(ms, () => {
      if (life === this.life && this.isUp) work()
    })
  }

  /** The process ends at once: all that was not on the disk is gone. */
  crash(): void {
    if (!this.isUp) return
    this.isUp = false
    this.effectsLeft = null
    this.life++
    this.isFlushing = false
    this.disk.crash()
    this.store.restart()
    if (this.durable) this.store = this.durable.copy()
    for (const end of [...this.peers.values()]) this.options.network.break(end)
    this.onCrash()
  }

  /** The process starts again on what the disk holds. */
  start(): void {
    this.isUp = true
    this.self = this.proof()
    this.replica = this.machine()
    this.finality = new Finality(this)
    this.continuing = new Continuing(this)
    this.finality.attestAll()
  }

  /** Goes back to what an old backup holds; the node is down. */
  restore(backup: MemoryStore): void {
    this.store = backup.copy()
    if (this.parts.retiresRestoredKeys) {
      this.close('restored')
      this.store.unusedKeys.clear()
    }
    if (this.durable) this.durable = this.store.copy()
  }

  /** It comes back as another machine; the node is down. */
  renewNoiseKey(key: Uint8Array): void {
    this.noiseKey = key
  }

  /** Signs nothing more in the log that its member writes now; within a write, or while the node is down. */
  close(reason: ClosedBecause): void {
    this.closeLog(keyOf(currentOf(this).current.key), reason)
  }

  /** The first reason stays, unless more was signed there than is known. */
  private closeLog(key: string, reason: ClosedBecause): void {
    const { store, options } = this
    if (reason === 'restored') store.restoredSince ??= options.configurations.inForce(store)?.cfg ?? store.net
    if (reason === 'restored' || !store.closed.has(key)) store.closed.set(key, reason)
  }

  /** The key with which its member writes now; null while none may be used. */
  get writer(): Member | null {
    const { current, isInEffect } = currentOf(this)
    return isInEffect && !this.store.closed.has(keyOf(current.key)) ? current : null
  }

  /** Whether its member may write now. */
  get mayWrite(): boolean {
    const { writer } = this
    const log = writer && this.store.log(writer.key)
    if (!log || !this.isUp || this.isLocked) return false
    return log.records.length > 0 && log.disputedFrom === null && log.staged.size === 0
  }

  /** Whether its member's log is accepted here. */
  get isMember(): boolean {
    return (this.store.log(this.member.key)?.records.length ?? 0) > 0
  }

  /** Decides, signs and writes an own record, in one write. `draft` sees the store as it then is; null: nothing to say. */
  append(draft: (node: SimulatedNode) => Draft | null, salt: () => Uint8Array): void {
    this.write(() => this.appendNow(draft(this), salt))
  }

  /** Signs and accepts an own record within a write; false when it may not, or has nothing to say. */
  appendNow(drafted: Draft | null, salt: () => Uint8Array): boolean {
    const { writer } = this
    if (!drafted || !writer || !this.mayWrite) return false
    const records = this.store.log(writer.key)?.records ?? []
    const last = records.at(-1)
    const atMs = Math.max(this.wallMs, last?.header.at ?? 0)
    const place = { net: this.store.net, seq: records.length, prev: last?.id ?? null, atMs }
    return this.takeSigned(heldOf(writer.sign(drafted, place, salt())))
  }

  /** Begins the log of its member's next key; within a write. */
  appendFirst({ of, after, draft }: FirstRecord): void {
    const { store, wallMs } = this
    const place = { net: store.net, seq: 0, prev: null, atMs: Math.max(wallMs, after.header.at) }
    if (this.failsAtNextKey) this.effectsLeft = 0
    this.failsAtNextKey = false
    this.takeSigned(heldOf(of.sign(draft, place, after.id.slice(0, 16))))
  }

  /** Accepts what its member signed just now; false when it can't be. */
  private takeSigned(held: Held): boolean {
    const { header, record } = held
    this.options.observer?.signed?.(this, held)
    const run: Run = { net: this.store.net, author: header.author, records: [record] }
    const change = this.store.ingest([run], this.wallMs)
    const isIn = change.accepted.some(({ key }) => key === held.key)
    if (isIn) this.options.observer?.acknowledged?.(this, held)
    this.changed(change, { run, from: header.seq })
    return isIn
  }

  /** Writes records that its member signed elsewhere, and pushes them as its own or not. */
  takeOwn(records: readonly Held[], isPushed: boolean): void {
    this.write(() => {
      const { author, seq } = records[0]!.header
      const run = { net: this.store.net, author, records: records.map(({ record }) => record) }
      const own = isPushed ? { run, from: seq } : undefined
      this.changed(this.store.ingest([run], this.wallMs), own)
    })
  }

  /** Sends bytes to a peer as a node that does not keep to the protocol would. */
  say(peer: string, bytes: Uint8Array): void {
    const end = this.peers.get(peer)
    if (end) this.options.network.send(end, bytes)
  }

  /** Carries out a write when its turn comes; `fail` instead, when the disk is full then. */
  write(write: () => void, fail?: () => void): void {
    if (!this.parts.acknowledgesFirst) return this.disk.write(write, fail)
    write()
    this.durable ??= this.store.copy()
    this.disk.write(() => (this.durable = this.store.copy()))
  }

  /** Takes others' records in. */
  ingest(batch: number, runs: readonly PackedRun[]): void {
    const write = () => {
      const change = this.store.ingestPacked(runs, this.wallMs)
      this.noteOwn(change)
      this.changed(change)
      this.input({ type: 'ingested', batch, refused: change.refused })
      this.flushLater()
    }
    this.write(write, () => this.input({ type: 'ingested', batch, refused: [] }))
  }

  /** Own records that others knew more of: what was signed there is lost here, and more of it may be under way. */
  private noteOwn({ advanced }: StoreChange): void {
    if (!this.parts.retiresRestoredKeys) return
    const { closed, continuations } = this.store
    const olds = new Map([...continuations.values()].map(({ key, old }) => [key, old]))
    const grown = advanced.map(({ author, length }) => ({ key: keyOf(author), length }))
    const isOwn = (key: string) => key === keyOf(this.member.key) || closed.has(key)
    for (const key of aheadOfHere(grown, olds, isOwn)) this.closeLog(key, 'restored')
  }

  /** What waits in memory for too long goes the general way. */
  private flushLater(): void {
    if (this.isFlushing || !this.store.isBusy) return
    this.isFlushing = true
    this.later(PATIENCE_MS, () => {
      this.isFlushing = false
      this.write(() => {
        const change = this.store.flush(this.wallMs)
        this.noteOwn(change)
        this.changed(change)
      })
    })
  }

  /** Tells of what a write changed; `own`: records of its own member that are to be pushed. */
  changed({ advanced, accepted, forks }: StoreChange, own?: { run: Run; from: number }): void {
    this.options.observer?.accepted?.(this, accepted)
    for (const proof of forks) this.forked(proof)
    const isOwn = own !== undefined && accepted.length > 0
    if (isOwn) this.input({ type: 'advanced', entries: advanced, own: true, runs: [own.run], from: [own.from] })
    else if (advanced.length > 0) this.input({ type: 'advanced', entries: advanced, own: false })
    if (this.isKnownOtherwise) this.becomeMember()
    this.finality.changed(advanced.map(({ author }) => author))
  }

  /** Whether it is a member by now, or under another key. */
  private get isKnownOtherwise(): boolean {
    if (this.self.as === 'invite') return this.isMember
    return this.store.speakers.size > 0 && !equalBytes(this.self.key, this.speaker.key)
  }

  /** The key that speaks for its member. */
  private get speaker(): Member {
    let speaker = this.member
    while (this.store.continuations.get(keyOf(speaker.successor.key))?.isInEffect) speaker = speaker.successor
    return speaker
  }

  /** Says hello as a member from now on. */
  becomeMember(): void {
    this.self = this.memberProof()
    this.input({ type: 'identity' })
  }

  private forked(proof: ForkProof): void {
    const { author } = decodeHeader(proof.runs[0][0][0]!)
    this.input({ type: 'forked', proof, author, entry: this.store.entry(author) })
  }

  private machine(): Replica {
    const { options } = this
    const replica = new Replica({
      net: this.store.net,
      noiseKey: this.noiseKey,
      genesis: options.genesis,
      entries: options.tree ? [] : this.store.entries(),
      self: () => this.self,
      limits: this.parts.limits,
    })
    return options.tree ? Object.assign(replica, { tree: options.tree() }) : replica
  }

  private proof(): SelfProof {
    const { invited } = this.options
    return invited && !this.isMember ? invited : this.memberProof()
  }

  private memberProof(): SelfProof {
    const { key, secretKey } = this.speaker
    return { as: 'member', key, sign: (statement) => (this.isLocked ? null : signHello(statement, secretKey)) }
  }
}
