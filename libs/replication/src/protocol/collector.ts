// Attestations become certificates here: as soon as a quorum of the witnesses of one configuration has attested one head,
// whoever collected them has the certificate.

import {
  attestationLeaf,
  AttestationTree,
  type Certificate,
  type CertificateAttestation,
  compareBytes,
  MAX_TREE_SIZE,
  verifyAttestation,
} from '#libs/record'
import { keyOf } from './keys.js'
import type { AttestationBatch } from './messages.js'

/** Witnesses and quorum of one configuration. */
export interface WitnessSet {
  witnesses: readonly Uint8Array[]
  quorum: number
}

/** At most this many heads wait for their quorum; the oldest are forgotten, and heard of again with the next head. */
const MOST_WAITING = 65_536

/**
 * Why a batch proves nothing; null when it is valid. `attestation_form`: no or too many heads, not ascending by author.
 * `witness_unknown`, `signature_invalid`.
 */
export function attestationFault(batch: AttestationBatch, net: Uint8Array, set: WitnessSet): string | null {
  const { heads, cfg, atMs, witness, signature } = batch
  if (heads.length === 0 || heads.length > MAX_TREE_SIZE) return 'attestation_form'
  for (let i = 1; i < heads.length; i++) {
    if (compareBytes(heads[i - 1]!.author, heads[i]!.author) >= 0) return 'attestation_form'
  }
  if (!set.witnesses.some((known) => compareBytes(known, witness) === 0)) return 'witness_unknown'
  const root = new AttestationTree(heads.map(attestationLeaf)).root()
  return verifyAttestation(signature, { net, cfg, atMs, root }, witness) ? null : 'signature_invalid'
}

export class Collector {
  private readonly waiting = new Map<string, CertificateAttestation[]>()

  /** Takes a valid batch and returns the certificates that it completes. `isNeeded`: not certified so far yet. */
  add(
    batch: AttestationBatch,
    quorum: number,
    isNeeded: (head: AttestationBatch['heads'][number]) => boolean,
  ): Certificate[] {
    const { cfg, witness, atMs, heads, signature } = batch
    const tree = new AttestationTree(heads.map(attestationLeaf))
    const complete: Certificate[] = []
    heads.forEach((head, index) => {
      if (!isNeeded(head)) return
      const key = `${keyOf(cfg)}${keyOf(head.author)}${head.seq}/${keyOf(head.id)}`
      const attestations = this.waiting.get(key) ?? []
      if (attestations.some(([by]) => compareBytes(by, witness) === 0)) return
      attestations.push([witness, atMs, heads.length, index, tree.path(index), signature])
      this.waiting.delete(key)
      if (attestations.length < quorum) {
        this.waiting.set(key, attestations)
        if (this.waiting.size > MOST_WAITING) this.waiting.delete(this.waiting.keys().next().value!)
        return
      }
      attestations.sort(([a], [b]) => compareBytes(a, b))
      complete.push({ type: 'certificate', cfg, author: head.author, seq: head.seq, id: head.id, attestations })
    })
    return complete
  }
}
