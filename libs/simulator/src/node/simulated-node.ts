// A node on virtual time: the product's protocol machine over a store in memory and a disk that takes its time. What the
// daemon's session does with the machine's effects is done here, one after the other, so that a crash may come between any
// two of them.

import {
  type Certificate,
  decodeHeader,
  equalBytes,
  type EntryTree,
  type ForkProof,
  type Run,
  sha256,
  signHello,
} from '#libs/record'
import {
  type AttestationBatch,
  type Effect,
  type Input,
  keyOf,
  Replica,
  type SelfProof,
  type WitnessSet,
} from '../../../replication/src/testing/virtual-protocol.js'
import { type Held, heldOf } from '../store/held.js'
import type { MemoryStore, StoreChange } from '../store/memory-store.js'
import type { LogRun } from '../store/memory-log.js'
import type { Scheduler } from '../time/scheduler.js'
import { Disk } from './disk.js'
import type { Draft, Member } from './member.js'
import type { End, Endpoint, SimulatedNetwork } from './network.js'
import type { NodeParts } from './node-parts.js'
import { answersTo } from './serving.js'
import { attestationOf, Collecting, headsToAttest } from './witnessing.js'

/** Heads that come within so many ms are attested together. */
const ATTEST_MS = 3
/** Virtual time begins on 2026-01-01 (ms since the Unix epoch). */
export const EPOCH_MS = Date.UTC(2026, 0, 1)

/** Who wants to know what a node did; it changes nothing. */
export interface NodeObserver {
  accepted?(node: SimulatedNode, records: readonly Held[]): void
  /** An own record is written and counts as said. */
  acknowledged?(node: SimulatedNode, held: Held): void
  /** A header was signed. */
  signed?(node: SimulatedNode, held: Held): void
  certified?(node: SimulatedNode, certificate: Certificate): void
  attested?(node: SimulatedNode, batch: AttestationBatch): void
  effect?(node: SimulatedNode, effect: Effect): void
}

export interface NodeOptions {
  name: string
  member: Member
  genesis: Uint8Array
  store: MemoryStore
  network: SimulatedNetwork
  witnesses: WitnessSet & { cfg: Uint8Array }
  parts: NodeParts
  diskMs: () => number
  observer?: NodeObserver
  /** A tree of entries in place of the machine's own, of what the store holds. */
  tree?: () => EntryTree
}

export class SimulatedNode implements Endpoint {
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
  /** Its operator locked its keys: it witnesses nothing. */
  isLocked = false
  /** It came back from a backup: its keys are not to be used again. */
  isRestored = false
  /** How far this node's clock is ahead of the true time (ms). */
  clockMs = 0
  /** After so many more effects it crashes; null: it does not. */
  effectsLeft: number | null = null
  onCrash: () => void = () => undefined
  /** What it answers to what peers ask for. */
  answer: typeof answersTo = answersTo
  collecting: Collecting
  private durable: MemoryStore | null = null
  private readonly toAttest = new Map<string, Uint8Array>()
  private readonly senders = new Map<string, string>()
  private readonly scheduler: Scheduler

  constructor(readonly options: NodeOptions) {
    this.name = options.name
    this.noiseKey = sha256(new TextEncoder().encode(options.name))
    this.member = options.member
    this.store = options.store
    this.scheduler = options.network.scheduler
    this.disk = new Disk(this.scheduler, options.diskMs)
    this.collecting = new Collecting(options.witnesses, options.parts)
    this.replica = this.machine()
  }

  get parts(): NodeParts {
    return this.options.parts
  }

  /** This node's clock, ms since the Unix epoch. */
  get wallMs(): number {
    return EPOCH_MS + Math.floor(this.scheduler.nowMs) + this.clockMs
  }

  get isWitness(): boolean {
    if (this.isLocked) return false
    return this.collecting.isWitness(this.member) && !(this.isRestored && this.parts.retiresRestoredKeys)
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
      if (this.parts.passes(effect)) this.act(effect)
    }
  }

  tick(): void {
    this.input({ type: 'tick' })
  }

  /** Takes up records that waited for their time, and attests all that is not final. */
  sweep(): void {
    if (!this.isUp) return
    this.disk.write(() => this.changed(this.store.wake(this.wallMs), false))
    this.attestSoon(this.store.entries().map(({ author }) => author))
  }

  /** The process ends at once: all that was not on the disk is gone. */
  crash(): void {
    if (!this.isUp) return
    this.isUp = false
    this.effectsLeft = null
    this.disk.crash()
    this.toAttest.clear()
    this.senders.clear()
    if (this.durable) this.store = this.durable.copy()
    for (const end of [...this.peers.values()]) this.options.network.break(end)
    this.onCrash()
  }

  /** The process starts again on what the disk holds. */
  start(): void {
    this.isUp = true
    this.collecting = new Collecting(this.options.witnesses, this.parts)
    this.replica = this.machine()
    this.attestSoon(this.store.entries().map(({ author }) => author))
  }

  /** Goes back to what an old backup holds; the node is down. */
  restore(backup: MemoryStore): void {
    this.store = backup.copy()
    if (this.durable) this.durable = this.store.copy()
    this.isRestored = true
  }

  /** It comes back as another machine; the node is down. */
  renewNoiseKey(key: Uint8Array): void {
    this.noiseKey = key
  }

  /** Whether its member may write now. */
  get mayWrite(): boolean {
    const log = this.store.log(this.member.key)
    if (!this.isUp || (this.isRestored && this.parts.retiresRestoredKeys)) return false
    return log === undefined || (log.disputedFrom === null && log.staged.size === 0)
  }

  /** Decides, signs and writes an own record, in one write. `draft` sees the store as it then is; null: nothing to say. */
  append(draft: (node: SimulatedNode) => Draft | null, salt: () => Uint8Array): void {
    this.write(() => {
      if (!this.mayWrite) return
      const drafted = draft(this)
      if (!drafted) return
      const records = this.store.log(this.member.key)?.records ?? []
      const last = records.at(-1)
      const atMs = Math.max(this.wallMs, last?.header.at ?? 0)
      const place = { net: this.store.net, seq: records.length, prev: last?.id ?? null, atMs }
      const record = this.member.sign(drafted, place, salt())
      const held = heldOf(record)
      this.options.observer?.signed?.(this, held)
      const run: Run = { net: this.store.net, author: this.member.key, records: [record] }
      const change = this.store.ingest([run], this.wallMs)
      if (change.accepted.some(({ key }) => key === held.key)) this.options.observer?.acknowledged?.(this, held)
      this.changed(change, true, run, place.seq)
    })
  }

  /** Writes records that its member signed elsewhere, and pushes them as its own. */
  takeOwn(records: readonly Held[]): void {
    this.write(() => {
      const run = { net: this.store.net, author: this.member.key, records: records.map(({ record }) => record) }
      this.changed(this.store.ingest([run], this.wallMs), true, run, records[0]!.header.seq)
    })
  }

  /** Sends bytes to a peer as a node that does not keep to the protocol would. */
  say(peer: string, bytes: Uint8Array): void {
    const end = this.peers.get(peer)
    if (end) this.options.network.send(end, bytes)
  }

  private machine(): Replica {
    const { options } = this
    const self: SelfProof = {
      as: 'member',
      key: this.member.key,
      sign: (statement) => signHello(statement, this.member.secretKey),
    }
    const replica = new Replica({
      net: this.store.net,
      noiseKey: this.noiseKey,
      genesis: options.genesis,
      entries: options.tree ? [] : this.store.entries(),
      self: () => self,
      limits: this.parts.limits,
    })
    return options.tree ? Object.assign(replica, { tree: options.tree() }) : replica
  }

  private write(write: () => void, fail?: () => void): void {
    if (!this.parts.acknowledgesFirst) return this.disk.write(write, fail)
    write()
    this.durable ??= this.store.copy()
    this.disk.write(() => (this.durable = this.store.copy()))
  }

  private act(effect: Effect): void {
    this.options.observer?.effect?.(this, effect)
    const { store } = this
    switch (effect.type) {
      case 'send':
        return this.say(effect.peer, effect.bytes)
      case 'close': {
        const end = this.peers.get(effect.peer)
        if (effect.ban && end) this.banned.add(keyOf(end.other.owner.noiseKey))
        if (end) this.options.network.close(end)
        return
      }
      case 'serve':
      case 'serveIds':
      case 'serveForks':
      case 'serveCertificates':
        for (const bytes of this.answer(effect, store, this.replica)) this.say(effect.peer, bytes)
        return
      case 'readIds':
        return this.input({ ...effect, type: 'ownIds', ids: store.ids(effect.author, effect.seqs) })
      case 'ingest':
        return this.ingest(effect.batch, effect.runs)
      case 'suspend':
        return this.write(() => this.changed(this.store.suspend(effect.proof, this.wallMs), false))
      case 'keepBranches':
        return this.write(() => this.changed(this.store.keepBranches(effect.branches, this.wallMs), false))
      case 'certify':
        return this.certify(effect.peer, effect.certificates)
      case 'attest':
        return this.hearAttestation(effect.peer, effect.batch)
      case 'admit':
        return this.input({ type: 'admitted', peer: effect.peer, refused: 'invite_unknown' })
      case 'wake':
        return this.scheduler.after(effect.afterMs, () => this.tick())
      default:
        return
    }
  }

  private ingest(batch: number, runs: readonly LogRun[]): void {
    const write = () => {
      const change = this.store.ingest(runs, this.wallMs)
      this.changed(change, false)
      this.input({ type: 'ingested', batch, refused: change.refused })
    }
    this.write(write, () => this.input({ type: 'ingested', batch, refused: [] }))
  }

  private changed(change: StoreChange, own: boolean, run?: Run, from = 0): void {
    const { advanced, accepted, forks } = change
    this.options.observer?.accepted?.(this, accepted)
    for (const proof of forks) this.forked(proof)
    const isOwn = own && run !== undefined && accepted.length > 0
    if (isOwn) this.input({ type: 'advanced', entries: advanced, own: true, runs: [run], from: [from] })
    else if (advanced.length > 0) this.input({ type: 'advanced', entries: advanced, own: false })
    this.attestSoon(advanced.map(({ author }) => author))
  }

  private forked(proof: ForkProof): void {
    const { author } = decodeHeader(proof.runs[0][0][0]!)
    this.input({ type: 'forked', proof, author, entry: this.store.entry(author) })
  }

  private certify(peer: string, certificates: readonly Certificate[]): void {
    for (const certificate of certificates) {
      const fault = this.collecting.certificateFault(certificate, this.store.net)
      if (fault !== null) return this.input({ type: 'breach', peer, reason: `certificate_${fault}` })
      this.keepCertificate(certificate, peer)
    }
  }

  private keepCertificate(certificate: Certificate, peer: string | null): void {
    this.write(() => {
      const change = this.store.certify(certificate, this.wallMs)
      if (!change) return
      this.options.observer?.certified?.(this, certificate)
      this.changed(change, false)
      const entry = this.store.entry(certificate.author)
      this.input({ type: 'certified', certificates: [certificate], entries: entry ? [entry] : [], peer })
    })
  }

  private hearAttestation(peer: string, batch: AttestationBatch): void {
    if (!equalBytes(batch.cfg, this.options.witnesses.cfg)) return
    const fault = this.collecting.fault(batch, this.store.net)
    if (fault !== null) return this.input({ type: 'breach', peer, reason: fault })
    this.attestedBy(batch, peer)
  }

  private attestedBy(batch: AttestationBatch, peer: string | null): void {
    this.input({ type: 'attested', batch, peer })
    for (const certificate of this.collecting.add(batch, this.store)) this.keepCertificate(certificate, null)
  }

  private attestSoon(authors: readonly Uint8Array[]): void {
    if (!this.isWitness || !this.isUp || authors.length === 0) return
    const isFirst = this.toAttest.size === 0
    for (const author of authors) this.toAttest.set(keyOf(author), author)
    if (isFirst) this.scheduler.after(ATTEST_MS, () => this.attestNow())
  }

  private attestNow(): void {
    if (!this.isUp || !this.isWitness) return this.toAttest.clear()
    const authors = [...this.toAttest.values()]
    this.toAttest.clear()
    const attest = () => {
      const entries = authors.flatMap((author) => this.store.entry(author) ?? [])
      const heads = headsToAttest(this.store, entries)
      if (heads.length === 0) return
      const { cfg } = this.options.witnesses
      const batch = attestationOf(this.member, this.store.net, cfg, heads, Math.max(0, this.wallMs))
      this.options.observer?.attested?.(this, batch)
      this.attestedBy(batch, null)
    }
    this.write(attest)
  }
}
