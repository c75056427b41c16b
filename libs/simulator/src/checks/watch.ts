// What must hold at every moment of a run, whatever fails: looked at when nodes sign, accept and certify, and now and then.

import { type Certificate, checkCertificate, checkConflict, equalBytes, makeConflict } from '#libs/record'
import { type AttestationBatch, type FrozenNotice, keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import type { Community } from '../community/founding.js'
import type { NodeObserver } from '../node/live-node.js'
import type { SimulatedNode } from '../node/simulated-node.js'
import { continuationOf } from '../store/continuing.js'
import { type Held, namedBy } from '../store/held.js'
import { AHEAD_MS } from '../store/sound-parts.js'
import { finalsOf } from './finals.js'
import { placeOf, Registry } from './registry.js'
import { WitnessWatch } from './witnesses.js'

/** A broken promise. `rule` is a stable name. */
export interface Violation {
  rule: string
  atMs: number
  detail: string
}

/** The kinds of records that name witnesses. */
const CONFIGURING: ReadonlySet<string> = new Set(['network.created', 'network.amended'])
/** Bounds of what a node may have in memory. */
const MOST_UNDER_WAY_BYTES = 4_194_304
const MOST_WRITES_WAITING = 2_000

export class Watch implements NodeObserver {
  readonly registry = new Registry()
  readonly violations: Violation[] = []
  /** Records whose authors' nodes said that they are written. */
  readonly written: { node: SimulatedNode; held: Held }[] = []
  /** Members who do not keep to the rules; of the witnesses among them some sign twice. */
  readonly dishonest = new Set<string>()
  readonly doubleSigners = new Set<string>()
  /** Logs whose key somebody else has, too. */
  readonly stolen = new Set<string>()
  /** Records that were lost with a machine before anyone else had them. */
  readonly excused = new Set<string>()
  /** Loans that were concluded, and records without effect, on the node that knows of most at the end. */
  loans = 0
  voids = 0
  /** By author, the different certificates that honest nodes held. */
  readonly certificates = new Map<string, Certificate[]>()
  /** Authors two of whose branches honest nodes accepted. */
  readonly forkSeen = new Set<string>()
  /** Places at which members signed themselves: with a stolen key a thief signs, too. */
  private readonly signedAt = new Map<string, string>()
  private readonly acceptedAt = new Map<string, string>()
  private readonly finals = new Map<SimulatedNode, Set<string>>()
  private readonly finalAt = new Map<string, string>()
  private readonly checked = new Set<string>()
  private readonly witnesses = new WitnessWatch(this.registry, (rule, detail) => this.broken(rule, detail))

  constructor(
    private readonly community: Community,
    private readonly nowMs: () => number,
  ) {
    for (const held of community.store.records()) this.registry.note(held)
  }

  isHonest(node: SimulatedNode): boolean {
    return !this.dishonest.has(node.member.text)
  }

  /** Notes a broken promise, each rule once a run. */
  broken(rule: string, detail: string): void {
    if (this.violations.some((other) => other.rule === rule)) return
    this.violations.push({ rule, atMs: this.nowMs(), detail })
  }

  signed(node: SimulatedNode, held: Held): void {
    this.registry.note(held)
    const place = placeOf(held)
    const before = this.signedAt.get(place) ?? held.key
    if (before !== held.key && this.isHonest(node))
      this.broken('signed_twice', `${node.name} at seq ${held.header.seq}`)
    this.signedAt.set(place, held.key)
  }

  acknowledged(node: SimulatedNode, held: Held): void {
    this.written.push({ node, held })
  }

  accepted(node: SimulatedNode, records: readonly Held[]): void {
    if (!this.isHonest(node)) return
    for (const held of records) {
      const { header, record } = held
      const what = `${node.name} accepted ${header.kind} ${header.seq}`
      if (!this.registry.isGenuine(held)) this.broken('accepted_forgery', what)
      if (header.vis === 0 && record.body === null) this.broken('accepted_without_body', what)
      if (header.at > node.wallMs + AHEAD_MS) this.broken('accepted_from_the_future', what)
      // What a certificate took out of the side table in the same write may still wait for its body.
      const isHere = (name: string) => node.store.isHeld(name) || node.store.isWaiting(name)
      if (!namedBy(header).map(keyOf).every(isHere)) this.broken('accepted_before_refs', what)
      if (header.seq === 0 && !this.isAdmitted(node, held)) this.broken('accepted_stranger', what)
      const place = placeOf(held)
      const other = this.acceptedAt.get(place)
      if (other !== undefined && other !== held.key) this.forkSeen.add(keyOf(header.author))
      this.acceptedAt.set(place, held.key)
    }
  }

  certified(node: SimulatedNode, certificate: Certificate): void {
    if (!this.isHonest(node)) return
    const log = node.store.log(certificate.author)
    const isCounted = log?.certificates.get(keyOf(certificate.cfg)) === certificate
    if (isCounted && log.records[certificate.seq]?.key !== keyOf(certificate.id))
      this.broken('certificate_of_another', `${node.name} at seq ${certificate.seq}`)
    const name = `${keyOf(certificate.author)}/${certificate.seq}/${keyOf(certificate.id)}/${keyOf(certificate.cfg)}`
    const key = `${name}/${certificate.attestations.map(([witness]) => keyOf(witness)).join()}`
    if (this.checked.has(key)) return
    this.checked.add(key)
    const witnesses = this.witnessesOf(certificate.cfg)
    const check = witnesses && checkCertificate(certificate, { net: this.community.net, ...witnesses })
    if (!check?.ok) this.broken('certificate_unsound', `${node.name}: ${check ? check.reason : 'cfg_unknown'}`)
    if (!this.registry.get(keyOf(certificate.id))) this.broken('certified_what_nobody_wrote', node.name)
    this.compareWithOthers(certificate)
  }

  /** The witnesses that a record names, whoever wrote it. */
  witnessesOf(cfg: Uint8Array): { witnesses: Uint8Array[]; quorum: number } | null {
    const held = this.registry.get(keyOf(cfg))
    if (!held || !CONFIGURING.has(held.header.kind)) return null
    return held.fold.body as { witnesses: Uint8Array[]; quorum: number }
  }

  /** Whether so many witnesses of some configuration lie that conflicting records may become final. */
  get mayPart(): boolean {
    return [...this.registry.ofKinds(CONFIGURING)].some(({ id }) => {
      const { witnesses, quorum } = this.witnessesOf(id)!
      const lying = witnesses.filter((key) => this.doubleSigners.has(keyOf(key)))
      return lying.length > 2 * quorum - witnesses.length - 1
    })
  }

  attested(node: SimulatedNode, batch: AttestationBatch): void {
    if (this.isHonest(node)) this.witnesses.attested(node, batch)
  }

  froze(node: SimulatedNode, notice: FrozenNotice): void {
    this.witnesses.froze(node, notice)
  }

  /** Looks at what a node holds now. */
  look(node: SimulatedNode): void {
    if (!this.isHonest(node) || !node.isUp) return
    this.lookAtFinals(node)
    for (const [peer, { underWay, stalled }] of node.peers) {
      const bytes = underWay + stalled.reduce((sum, { length }) => sum + length, 0)
      if (bytes > MOST_UNDER_WAY_BYTES) this.broken('send_queue_unbounded', `${node.name} to ${peer}: ${bytes} bytes`)
    }
    if (node.disk.waiting > MOST_WRITES_WAITING)
      this.broken('write_queue_unbounded', `${node.name}: ${node.disk.waiting}`)
    const most = this.community.members.length * STAGED_MOST
    if (node.store.stagedCount > most) this.broken('staging_unbounded', `${node.name}: ${node.store.stagedCount}`)
    if (node.replica.peers.size > 2 * this.community.members.length + 8) this.broken('peers_unbounded', node.name)
  }

  /** The most records that a node held as final at its last look. */
  get finalCount(): number {
    return Math.max(0, ...[...this.finals.values()].map(({ size }) => size))
  }

  /** A node's machine is lost: what nobody else has of its member is gone for good. */
  lost(node: SimulatedNode, others: readonly SimulatedNode[]): void {
    for (const { node: by, held } of this.written) {
      const isKept = others.some((other) => other !== node && other.store.byId.has(held.key))
      if (by === node && !isKept) this.excused.add(held.key)
    }
  }

  /** After a node came back from a backup it may hold less than before, but nothing else. */
  forget(node: SimulatedNode): void {
    this.finals.delete(node)
  }

  private isAdmitted(node: SimulatedNode, held: Held): boolean {
    const { key, header } = held
    if (header.kind === 'network.created' || continuationOf(held)) return true
    return [...node.store.records(), ...node.store.side.values()].some(
      (other) => other.header.kind === 'member.admitted' && other.header.refs.some((ref) => keyOf(ref) === key),
    )
  }

  private lookAtFinals(node: SimulatedNode): void {
    const { store } = node
    const finals = finalsOf(store, node.parts.closesOverRefs)
    const allowed = node.parts.closesOverRefs ? finals : finalsOf(store, true)
    for (const key of finals) {
      if (!allowed.has(key)) this.broken('final_rests_on_what_is_not', `${node.name}: ${key}`)
      const held = store.byId.get(key)!
      const place = placeOf(held)
      const other = this.finalAt.get(place)
      if (other !== undefined && other !== key)
        this.conflict(`${node.name}: ${held.header.kind} at seq ${held.header.seq}`)
      this.finalAt.set(place, key)
    }
    for (const key of this.finals.get(node) ?? []) {
      if (!finals.has(key))
        this.broken('final_regressed', `${node.name}: ${this.registry.get(key)?.header.kind ?? key}`)
    }
    this.finals.set(node, finals)
  }

  private conflict(detail: string): void {
    if (!this.mayPart) this.broken('finals_conflict', detail)
  }

  /** Two certificates that no one log can have: too few liars for that, or they are named by it. */
  private compareWithOthers(certificate: Certificate): void {
    const author = keyOf(certificate.author)
    const known = this.certificates.get(author) ?? []
    this.certificates.set(author, [...known, certificate])
    const id = keyOf(certificate.id)
    for (const other of known) {
      const otherId = keyOf(other.id)
      if (this.registry.extends(id, otherId) || this.registry.extends(otherId, id)) continue
      this.conflict(`certificates of ${author} at ${certificate.seq} and ${other.seq}`)
      this.lookForProof(certificate, other)
    }
  }

  /** Whoever has both certificates can show who lied, and nobody who did not. */
  private lookForProof(one: Certificate, other: Certificate): void {
    const from = this.registry.partingOf(keyOf(one.id), keyOf(other.id))
    const branch = (certificate: Certificate) => {
      return { certificate, headers: this.registry.headers(keyOf(certificate.id), from) }
    }
    const conflict = makeConflict(branch(one), branch(other))
    const check = checkConflict(conflict, this.community.net, (cfg) => this.witnessesOf(cfg))
    if (!check.ok) return this.broken('liars_not_named', check.reason)
    if (!equalBytes(one.cfg, other.cfg)) return
    const { witnesses, quorum } = this.witnessesOf(one.cfg)!
    const liars = check.witnesses.filter((key) => this.doubleSigners.has(keyOf(key)))
    const isProof = check.witnesses.length >= 2 * quorum - witnesses.length && liars.length === check.witnesses.length
    if (!isProof) this.broken('liars_not_named', `${check.witnesses.length} in both, ${liars.length} of them lied`)
  }
}

/** Most records of one author that wait, in simulations. */
export const STAGED_MOST = 48
