// Attestations and certificates of one network as they come in: checked against the witnesses of their configuration,
// collected, and kept in the store.

import type { Membership } from '#libs/network'
import { type Certificate, checkCertificate, rememberingVerifier } from '#libs/record'
import type { Records } from '#libs/store'
import { attestationFault, Collector, type WitnessSet } from './protocol/collector.js'
import type { Input } from './protocol/effects.js'
import { keyOf, RecentMap } from './protocol/keys.js'
import type { AttestationBatch } from './protocol/messages.js'

/** Certificates that are kept until the configuration that they name is in force here. */
const MOST_EARLY = 256

export class Finality {
  private readonly collector = new Collector()
  /** Who sent a certificate that is being stored, so that it isn't sent back. */
  private readonly senders = new RecentMap<string>(10_000)
  private readonly configurations = new RecentMap<WitnessSet>(64)
  private readonly inForce = new RecentMap<true>(64)
  /** Valid ones under configurations that are not in force here yet, by the peer that sent them; null: made here. */
  private early: { certificate: Certificate; peer: string | null }[] = []

  /** `finalLength`: up to where an author's log is certified here. `input` tells the machine what became of it. */
  constructor(
    private readonly options: {
      net: Uint8Array
      records: Pick<Records, 'saveCertificates'>
      membership: Pick<Membership, 'witnessConfig' | 'wasInForce'>
    },
    private readonly finalLength: (author: Uint8Array) => number,
    private readonly input: (input: Input) => void,
  ) {}

  /** Certificates by the peer that sent them; null for those that were made here. */
  bySender(certificates: readonly Certificate[]): Map<string | null, Certificate[]> {
    const bySender = new Map<string | null, Certificate[]>()
    for (const certificate of certificates) {
      const peer = this.senders.get(nameOf(certificate)) ?? null
      const of = bySender.get(peer)
      if (of) of.push(certificate)
      else bySender.set(peer, [certificate])
    }
    return bySender
  }

  /** Stores a peer's certificates; a forged one is a breach. */
  async certify(peer: string, certificates: readonly Certificate[]): Promise<void> {
    const { net } = this.options
    const valid: Certificate[] = []
    const verify = rememberingVerifier()
    for (const certificate of certificates) {
      const set = await this.witnesses(certificate.cfg)
      // A configuration that is not known here yet: it will be, and then the certificate comes again.
      if (!set) continue
      const check = checkCertificate(certificate, { net, quorum: set.quorum, witnesses: [...set.witnesses] }, verify)
      if (!check.ok) {
        this.input({ type: 'breach', peer, reason: `certificate_${check.reason}` })
        break
      }
      valid.push(certificate)
    }
    await this.keep(valid.map((certificate) => ({ certificate, peer })))
  }

  /** Takes a peer's attestation; a forged one is a breach. */
  async attest(peer: string, batch: AttestationBatch): Promise<void> {
    const set = await this.witnesses(batch.cfg)
    if (!set) return
    const fault = attestationFault(batch, this.options.net, set)
    if (fault !== null) return this.input({ type: 'breach', peer, reason: fault })
    await this.attested(batch, peer)
  }

  /** A valid attestation, `peer` null for this node's own: it goes round, and completes what it completes. */
  async attested(batch: AttestationBatch, peer: string | null): Promise<void> {
    this.input({ type: 'attested', batch, peer })
    const set = await this.witnesses(batch.cfg)
    if (!set) return
    const isNeeded = ({ author, seq }: { author: Uint8Array; seq: number }) => this.finalLength(author) <= seq
    const complete = this.collector.add(batch, set.quorum, isNeeded)
    await this.keep(complete.map((certificate) => ({ certificate, peer: null })))
  }

  /**
   * Stores certificates of configurations that are in force, or were. What an amendment names that is not certified itself is
   * nobody's quorum: those wait until it is, which may be by one of the same batch.
   */
  private async keep(batch: readonly { certificate: Certificate; peer: string | null }[]): Promise<void> {
    const { net, records } = this.options
    const waiting = [...this.early.splice(0), ...batch]
    while (waiting.length > 0) {
      const ready: typeof waiting = []
      const notYet = new Set<string>()
      for (const each of waiting.splice(0)) {
        const cfg = keyOf(each.certificate.cfg)
        if (!notYet.has(cfg) && !(await this.wasInForce(each.certificate.cfg))) notYet.add(cfg)
        ;(notYet.has(cfg) ? this.early : ready).push(each)
      }
      if (ready.length === 0) break
      for (const { certificate, peer } of ready) if (peer !== null) this.senders.set(nameOf(certificate), peer)
      const fresh = await records.saveCertificates(
        net,
        ready.map(({ certificate }) => certificate),
      )
      if (fresh.length > 0) waiting.push(...this.early.splice(0))
    }
    this.early = this.early.slice(-MOST_EARLY)
  }

  /** Once in force always known as such. */
  private async wasInForce(cfg: Uint8Array): Promise<boolean> {
    if (this.inForce.get(keyOf(cfg))) return true
    const isSo = await this.options.membership.wasInForce(this.options.net, cfg)
    if (isSo) this.inForce.set(keyOf(cfg), true)
    return isSo
  }

  /** The witnesses that a configuration names: what a record says never changes, so it is read once. */
  private async witnesses(cfg: Uint8Array): Promise<WitnessSet | null> {
    const known = this.configurations.get(keyOf(cfg))
    if (known) return known
    const set = await this.options.membership.witnessConfig(this.options.net, cfg)
    if (set) this.configurations.set(keyOf(cfg), set)
    return set
  }
}

function nameOf({ author, seq, id }: Certificate): string {
  return `${keyOf(author)}/${seq}/${keyOf(id)}`
}
