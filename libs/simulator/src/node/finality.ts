// Attestations, certificates and stops at one node, and its own duty as a witness. What is not in its store is gone after a
// crash: then all that is not final is attested, and collected, anew.

import { attestationLeaf, attestationRoot, type Certificate, equalBytes, stoppedMessage, verify } from '#libs/record'
import {
  type AttestationBatch,
  Collector,
  encodeMessage,
  frame,
  keyOf,
  type StoppedNotice,
} from '../../../replication/src/testing/virtual-protocol.js'
import type { StoreState } from '../store/store-state.js'
import { attestationOf, headsToAttest, stopOf } from './attesting.js'
import type { Configuration } from './configurations.js'
import type { FinalityDuty, LiveNode } from './live-node.js'

/** Whether a node came back from a backup, whichever key its member had by then. */
export function isRestored({ closed }: Pick<StoreState, 'closed'>): boolean {
  return [...closed.values()].includes('restored')
}

/** Heads that come within so many ms are attested together. */
const ATTEST_MS = 3
/** What a full disk did not take is written again after so many ms. */
const AGAIN_MS = 500
/** Stops at unknown amendments that are remembered. */
const MOST_EARLY = 16

export class Finality implements FinalityDuty {
  private readonly collector = new Collector()
  private readonly toAttest = new Map<string, Uint8Array>()
  /** Stops at amendments that are not known here yet. */
  private early: { peer: string; notice: StoppedNotice }[] = []
  /** The configuration in force at the last look. */
  private cfg: string

  constructor(private readonly node: LiveNode) {
    this.cfg = this.cfgNow()
  }

  /** What this node witnesses under now; null when it is no witness. */
  get duty(): Configuration | null {
    const { node } = this
    const { configurations } = node.options
    if (node.isLocked || !node.isUp) return null
    // What it attested is in no backup: it may have said more than is known here.
    if (isRestored(node.store)) return null
    const configuration = configurations.inForce(node.store)
    return configuration?.witnesses.some((key) => equalBytes(key, node.member.key)) ? configuration : null
  }

  /** Others' certificates; a forged one is a breach. */
  certify(peer: string, certificates: readonly Certificate[]): void {
    const { node } = this
    const { configurations, parts } = node.options
    for (const certificate of certificates) {
      const set = parts.configurationOf(configurations, node.store, certificate.cfg)
      // Not known here yet: it will be, and then the certificate comes again.
      if (!set) continue
      const context = { net: node.store.net, quorum: parts.quorumOf(set), witnesses: [...set.witnesses] }
      const check = parts.checkCertificate(certificate, context)
      if (!check.ok) return node.input({ type: 'breach', peer, reason: `certificate_${check.reason}` })
      this.keep(certificate, peer)
    }
  }

  /** Another witness's attestation; a forged one is a breach. */
  hearAttestation(peer: string, batch: AttestationBatch): void {
    const { node } = this
    const { configurations, parts } = node.options
    const set = parts.configurationOf(configurations, node.store, batch.cfg)
    if (!set) return
    const fault = parts.attestationFault(batch, node.store.net, set)
    if (fault !== null) return node.input({ type: 'breach', peer, reason: fault })
    this.attested(batch, set, peer)
  }

  /** Another witness's stop; a forged one is a breach. */
  hearStop(peer: string, notice: StoppedNotice): void {
    const { node } = this
    const { configurations } = node.options
    const asked = configurations.asked(node.store, notice.amendment)
    const before = asked && configurations.byId(node.store, asked.was)
    if (!before) {
      // It may come before the amendment that it is about.
      this.early = [...this.early, { peer, notice }].slice(-MOST_EARLY)
      return
    }
    const { amendment, witness, heads, signature } = notice
    const message = stoppedMessage({
      net: node.store.net,
      amendment,
      root: attestationRoot(heads.map(attestationLeaf)),
    })
    if (!before.witnesses.some((key) => equalBytes(key, witness)))
      return node.input({ type: 'breach', peer, reason: 'witness_unknown' })
    if (!verify(signature, message, witness)) return node.input({ type: 'breach', peer, reason: 'signature_invalid' })
    const keep = () => {
      if (!this.keepNotice(notice)) return
      node.input({ type: 'stopped', notice, peer })
      this.attestAll()
    }
    // Nobody says it again as long as this connection lasts.
    node.write(keep, () => node.later(AGAIN_MS, () => this.hearStop(peer, notice)))
  }

  /** A peer that was away may have missed the stops at the amendment in force, and at the one that would end it. */
  tellStops(peer: string): void {
    const { store, options } = this.node
    const inForce = options.configurations.inForce(store)
    const pending = inForce && options.configurations.amendmentOf(store, inForce.cfg)
    const amendments = [...(inForce ? [inForce.cfg] : []), ...(pending ? [pending.id] : [])]
    for (const notice of amendments.flatMap((id) => store.notices.get(keyOf(id)) ?? []))
      this.node.say(peer, frame(encodeMessage('stopped', notice)))
  }

  /** Logs grew or were certified: what may be attested of them is, and of all of them when other witnesses are in force. */
  changed(authors: readonly Uint8Array[]): void {
    const cfg = this.cfgNow()
    if (cfg !== this.cfg) {
      this.cfg = cfg
      return this.attestAll()
    }
    this.attestSoon(authors)
  }

  attestAll(): void {
    for (const { peer, notice } of this.early.splice(0)) this.hearStop(peer, notice)
    this.attestSoon(this.node.store.entries().map(({ author }) => author))
  }

  private attestSoon(authors: readonly Uint8Array[]): void {
    if (authors.length === 0 || this.duty === null) return
    const isFirst = this.toAttest.size === 0
    for (const author of authors) this.toAttest.set(keyOf(author), author)
    if (isFirst) this.node.later(ATTEST_MS, () => this.attestNow())
  }

  private attestNow(): void {
    const { node } = this
    const authors = [...this.toAttest.values()]
    this.toAttest.clear()
    if (this.duty === null) return
    node.write(() => {
      const configuration = this.duty
      if (configuration === null) return
      const { store, member, options, wallMs } = node
      const { cfg } = configuration
      const entries = authors.flatMap((author) => store.entry(author) ?? [])
      const { configurations, parts } = options
      const heads = headsToAttest({ member, store, configurations, configuration, parts }, entries)
      if (heads.length > 0) {
        const batch = attestationOf(member, store.net, cfg, heads, Math.max(0, wallMs))
        options.observer?.attested?.(node, batch)
        this.attested(batch, configuration, null)
      }
      this.stop(cfg)
    })
  }

  /** Says that this witness stopped, if it did. */
  private stop(cfg: Uint8Array): void {
    const { node } = this
    const amendment = node.store.stopped.get(keyOf(cfg))
    if (!amendment) return
    const isSaid = node.store.notices.get(keyOf(amendment))?.some(({ witness }) => equalBytes(witness, node.member.key))
    if (isSaid) return
    const notice = stopOf(node.member, node.store, amendment)
    this.keepNotice(notice)
    node.input({ type: 'stopped', notice, peer: null })
    this.attestAll()
  }

  private keepNotice(notice: StoppedNotice): boolean {
    const { notices } = this.node.store
    const key = keyOf(notice.amendment)
    const known = notices.get(key) ?? []
    if (known.some(({ witness }) => equalBytes(witness, notice.witness))) return false
    notices.set(key, [...known, notice])
    return true
  }

  /** A valid attestation, `peer` null for this node's own: it goes round, and completes what it completes. */
  private attested(batch: AttestationBatch, set: Configuration, peer: string | null): void {
    const { node } = this
    node.input({ type: 'attested', batch, peer })
    const isNeeded = ({ author, seq }: { author: Uint8Array; seq: number }) =>
      (node.store.entry(author)?.finalLength ?? 0) <= seq
    for (const certificate of this.collector.add(batch, node.options.parts.quorumOf(set), isNeeded))
      this.keep(certificate, null)
  }

  private keep(certificate: Certificate, peer: string | null): void {
    const { node } = this
    node.write(() => {
      const change = node.store.certify(certificate, node.wallMs)
      if (!change) return
      node.options.observer?.certified?.(node, certificate)
      node.changed(change)
      const entry = node.store.entry(certificate.author)
      node.input({ type: 'certified', certificates: [certificate], entries: entry ? [entry] : [], peer })
      this.changed([])
    })
  }

  private cfgNow(): string {
    const { store, options } = this.node
    const configuration = options.configurations.inForce(store)
    return configuration ? keyOf(configuration.cfg) : ''
  }
}
