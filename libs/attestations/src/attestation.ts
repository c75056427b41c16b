/**
 * Attestations: a verifier looked at something (an identity, an income, a membership) and says what it found, to which level and
 * until when, and no more. Who relies on it decides whose word counts: an offer may name its verifiers.
 */
import type { SubjectType, VoidReason } from '#libs/fold'
import type { AttestationView, AttestedFact, RequiredAttestation } from '#libs/messages'
import type { PlainDate } from '#libs/money'

/** Every fact that can be attested. */
export const FACTS: readonly AttestedFact[] = ['identity', 'incomeBand', 'membership']
/** Levels 1 (known) to 3 (checked at the source). */
export const HIGHEST_LEVEL = 3

/** What an attestation says. `until`: the last day on which it holds. */
export interface Attested {
  /** Key of the identity that it is about. */
  about: string
  verifier: string
  what: AttestedFact
  level: number
  value: string
  until: PlainDate
  at: number
}

/** One attestation after its records; `id` is empty until a valid first one was applied. */
export interface AttestationState extends Attested {
  id: string
  revoked: { record: string; reason: string; at: number } | null
}

/** The type `attestation`: rank 2, after identities, which judge whom it is about. */
export const attestationType: SubjectType<AttestationState> = {
  name: 'attestation',
  rank: 2,
  initial: () => ({
    ...{ id: '', about: '', verifier: '', what: 'identity', level: 0, value: '', until: '', at: 0 },
    revoked: null,
  }),
}

/** Whether `author` may revoke an attestation: the verifier, once. */
export function judgeRevocation({ verifier, revoked }: AttestationState, author: string): VoidReason | null {
  if (verifier !== author) return 'not_your_attestation'
  return revoked === null ? null : 'attestation_revoked'
}

/** What of an attestation decides whether it holds. */
type Holding = Pick<AttestationState, 'until' | 'revoked'>

/** How it stands on a day: revoked wins over expired. */
export function statusOn({ until, revoked }: Holding, day: PlainDate): AttestationView['status'] {
  if (revoked !== null) return 'revoked'
  return day <= until ? 'valid' : 'expired'
}

/** An attestation that is valid on the day it is asked for, as far as a requirement reads it. */
export type ValidAttestation = Pick<Attested, 'verifier' | 'what' | 'level'>

/** The requirements that none of these attestations meets. Only members' words count; whoever gives them leaves others out. */
export function unmet(
  required: readonly RequiredAttestation[],
  held: readonly ValidAttestation[],
): RequiredAttestation[] {
  return required.filter(
    ({ what, level, from }) =>
      !held.some(
        (each) => each.what === what && each.level >= level && (from === undefined || from.includes(each.verifier)),
      ),
  )
}
