// What a node is made of, part by part, so that a simulation can put a broken one in: the only way in which a rule is broken
// on purpose.

import { journalOf } from '#libs/payments'
import { type Certificate, type CertificateContext, checkCertificate } from '#libs/record'
import {
  attestationFault,
  type AttestationBatch,
  type Effect,
  type ProtocolLimits,
  type WitnessSet,
} from '../../../replication/src/testing/virtual-protocol.js'
import { STORE_PARTS, type StoreParts } from '../store/store-parts.js'

export interface NodeParts {
  store: StoreParts
  limits: Partial<ProtocolLimits>
  /** How many attestations make a certificate. */
  quorumOf(set: WitnessSet): number
  checkCertificate(certificate: Certificate, context: CertificateContext): { ok: true } | { ok: false; reason: string }
  attestationFault(batch: AttestationBatch, net: Uint8Array, set: WitnessSet): string | null
  /** Whether an effect of the protocol is carried out. */
  passes(effect: Effect): boolean
  /** Whether a write counts as written before it is on the disk. */
  acknowledgesFirst: boolean
  /** Whether a node that came back from a backup signs nothing more with its old keys. */
  retiresRestoredKeys: boolean
  journalOf: typeof journalOf
  /** Whether a record is final only when all that it rests on is. */
  closesOverRefs: boolean
}

export const NODE_PARTS: NodeParts = {
  store: STORE_PARTS,
  limits: {},
  quorumOf: ({ quorum }) => quorum,
  checkCertificate,
  attestationFault,
  passes: () => true,
  acknowledgesFirst: false,
  retiresRestoredKeys: true,
  journalOf,
  closesOverRefs: true,
}
