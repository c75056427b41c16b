// What a node is made of, part by part, so that a simulation can put a broken one in: the only way in which a rule is broken
// on purpose.

import type { journalOf } from '#libs/payments'
import type { Certificate, CertificateContext } from '#libs/record'
import type {
  AttestationBatch,
  Effect,
  ProtocolLimits,
  WitnessSet,
} from '../../../replication/src/testing/virtual-protocol.js'
import type { Continuation } from '../store/continuation.js'
import type { spokenIn } from '../store/continuing.js'
import type { StoreParts } from '../store/store-parts.js'
import type { AttestedHead, StoreState } from '../store/store-state.js'
import type { Configuration, Configurations } from './configurations.js'

export interface NodeParts {
  store: StoreParts
  limits: Partial<ProtocolLimits>
  /** The witnesses of the configuration that an attestation or a certificate names; null when it doesn't count here. */
  configurationOf(configurations: Configurations, store: StoreState, cfg: Uint8Array): Configuration | null
  /** Whether a witness may attest a head after what it attested before. */
  mayAttest(store: StoreState, head: AttestedHead): boolean
  /** Whether a witness stops at an amendment, and hears of the stops of those before. */
  heedsAmendments: boolean
  hearsStops: boolean
  /** Whether a witness attests nothing of a log that it froze. */
  heedsFreezes: boolean
  /** Whether a witness may attest a log that goes on after a record of another one. */
  mayContinue(
    store: StoreState,
    continuation: Continuation,
    attested: readonly Pick<AttestedHead, 'seq' | 'id'>[],
  ): boolean
  /** What a record counts as: said by its identity, or not at all. */
  speaks: typeof spokenIn
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
  /** Whether such a node asks whether its next key was used, before it signs with it. */
  asksBeforeNextKey: boolean
  journalOf: typeof journalOf
  /** Whether a record is final only when all that it rests on is. */
  closesOverRefs: boolean
}
