// Attestations and certificates of one network as they come in: checked against the witnesses of their configuration,
// collected, and kept in the store.

import type { Membership } from '#libs/network'
import { type Certificate, checkCertificate } from '#libs/record'
import type { Records } from '#libs/store'
import { attestationFault, Collector, type WitnessSet } from './protocol/collector.js'
import type { Input } from './protocol/effects.js'
import { keyOf, RecentMap } from './protocol/keys.js'
import type { AttestationBatch } from './protocol/messages.js'

export class Finality {
  private readonly collector = new Collector()
  /** Who sent a certificate that is being stored, so that it isn't sent back. */
  private readonly senders = new RecentMap<string>(10_000)
  private readonly configurations = new RecentMap<WitnessSet>(64)

  /** `finalLength`: up to where an author's log is certified here. `input` tells the machine what became of it. */
  constructor(
    private readonly options: {
      net: Uint8Array
      records: Pick<Records, 'saveCertificates'>
      membership: Pick<Membership, 'witnessConfig'>
    },
    private readonly finalLength: (author: Uint8Array) => number,
    private readonly input: (input: Input) => void,
  ) {}

  /** Certificates by the peer that sent them; null for those that were made here. */
  bySender(certificates: readonly Certificate[]): Map<string | null, Certificate[]> {
    const bySender = new Map<string | null, Certificate[]>()
    for (const certificate of certificates) {
      const peer = this.senders.get(nameOf(certificate)) ?? null
      bySender.set(peer, [...(bySender.get(peer) ?? []), certificate])
    }
    return bySender
  }

  /** Stores a peer's certificates; a forged one is a breach. */
  async certify(peer: string, certificates: readonly Certificate[]): Promise<void> {
    const { net, records } = this.options
    const valid: Certificate[] = []
    for (const certificate of certificates) {
      const set = await this.witnesses(certificate.cfg)
      // A configuration that is not known here yet: it will be, and then the certificate comes again.
      if (!set) continue
      const check = checkCertificate(certificate, { net, quorum: set.quorum, witnesses: [...set.witnesses] })
      if (!check.ok) {
        this.input({ type: 'breach', peer, reason: `certificate_${check.reason}` })
        break
      }
      this.senders.set(nameOf(certificate), peer)
      valid.push(certificate)
    }
    if (valid.length > 0) await records.saveCertificates(net, valid)
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
    if (complete.length > 0) await this.options.records.saveCertificates(this.options.net, complete)
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
