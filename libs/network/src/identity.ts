/**
 * An identity: a person or organisation that signs, started by the first record of its key's log. Who admitted it and what it
 * says of itself belong to it.
 */
import type { SubjectType } from '#libs/fold'
import type { ProfileFacts } from '#libs/messages'

/** The state of an identity's fold. Empty `key`: no valid first record. */
export interface IdentityState {
  /** The id of its first record. */
  id: string
  /** Its first key, in text form: what authority and titles compare. */
  key: string
  createdAt: number
  /** SHA-256 of the key that may continue this identity, in text form. */
  next: string
  /** The identity of the operator who signs for it, for a person without a phone; null for one's own. */
  heldBy: string | null
  /** The keys that continued it, in their order; `at` is each one's own clock. Which are in effect the certificates say. */
  continuations: { record: string; key: string; at: number; afterSeq: number }[]
  /** The founder started the network with the same record and needs no admission. */
  founder: boolean
  /** By the admission's record id: the inviter's key and when. */
  admissions: { [record: string]: { by: string; at: number } }
  /** What was published last; null before. */
  profile: { record: string; at: number; facts: ProfileFacts } | null
  /** What others say of it, by record; from the first one on. */
  vouches?: { [record: string]: { by: string; text: string; at: number; withdrawn?: WithdrawnVouch } }
}

/** A word that was taken back. */
export interface WithdrawnVouch {
  record: string
  reason: string
  at: number
}

/** The type `identity`: rank 1, after the network has judged the admissions. */
export const identityType: SubjectType<IdentityState> = {
  name: 'identity',
  rank: 1,
  initial: () => ({
    ...{ id: '', key: '', createdAt: 0, next: '', heldBy: null, continuations: [] },
    ...{ founder: false, admissions: {}, profile: null },
  }),
}
