import type { Actor, Message, Page, PageRequest } from './envelope.js'

/** What can be attested of a person: who they are, how much they earn, to what they belong. */
export type AttestedFact = 'identity' | 'incomeBand' | 'membership'

/** What an offer asks for: a valid attestation of a fact, at least of a level, by one of these verifiers (any member when left out). */
export interface RequiredAttestation {
  what: AttestedFact
  level: number
  from?: string[]
}

/** A verifier's word that it looked at something, and what it found; never the document behind it. */
export interface AttestationView {
  /** Id of its `attestation.issued`. */
  id: string
  /** Of whom it is said. */
  identity: string
  verifier: string
  verifierAlias: string | null
  /** Whether the verifier is a member of the network. */
  isMember: boolean
  what: AttestedFact
  /** 1: said by people whom the verifier knows; 2: seen in documents; 3: checked at the source. */
  level: number
  /** The band, or to what someone belongs; empty for an identity. */
  value: string
  issuedAtMs: number
  /** The last day on which it holds. */
  until: string
  status: 'valid' | 'expired' | 'revoked'
  /** When it was revoked, and why; null while it was not. */
  revoked: { record: string; reason: string; atMs: number } | null
}

export interface AttestationMessages {
  /**
   * Says what the actor's identity verified of another. `value`: one line of 80 characters at most. Refuses: no_network, no_identity,
   * not_admitted, identity_not_found, own_identity, attestation_malformed {fields}, expiry_in_the_past.
   */
  'attestations.issue': Message<
    { actor: Actor; identity: string; what: AttestedFact; level: number; until: string; value?: string },
    AttestationView
  >
  /** Takes the own attestation back. Refuses: no_network, no_identity, attestation_not_found, not_your_attestation, attestation_revoked, attestation_malformed {fields}. */
  'attestations.revoke': Message<{ actor: Actor; attestation: string; reason?: string }, AttestationView>
  /** Refuses: attestation_not_found. */
  'attestations.show': Message<{ attestation: string }, AttestationView>
  /** Of someone, by someone, or all; the newest first; expired and revoked ones unless `status` says otherwise. Refuses: no_network, cursor_malformed. */
  'attestations.list': Message<
    { actor: Actor; identity?: string; verifier?: string; status?: AttestationView['status'] } & PageRequest,
    Page<AttestationView>
  >
}
