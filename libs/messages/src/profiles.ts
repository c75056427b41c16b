import type { Actor, Message } from './envelope.js'
import type { VouchView } from './vouches.js'

/** Public facts that a person chose to publish. No names, no contacts: an alias is a pseudonym. */
export interface ProfileFacts {
  alias?: string
  /** ISO 3166-1 alpha-2. */
  country?: string
  /** Yearly income in bands, as the person states it. */
  incomeBand?: 'under-10k' | '10k-25k' | '25k-50k' | '50k-100k' | 'over-100k'
  occupation?: string
  about?: string
}

export interface ProfileView {
  identity: string
  createdAtMs: number
  /** The identity of the operator who signs for this person, who has no phone; null for everyone else. */
  heldBy: string | null
  admitted: boolean
  facts: ProfileFacts
  publishedAtMs: number | null
  /** What others say of it now, members first, and how many of them are members. */
  vouches: VouchView[]
  vouchedByMembers: number
  /** Whether this node holds the identity's key. */
  here: boolean
}

export interface ProfileMessages {
  /** Makes an identity for the actor's account on this node and admits it to the network. Refuses: no_network, not_admitted, identity_exists. */
  'identities.create': Message<{ actor: Actor }, ProfileView>
  /**
   * Operator: makes an identity for a person without a phone, whose every record says that the operator's identity holds it, and admits
   * it. The operator acts for that person from then on. Refuses: no_network, no_identity, not_admitted, profile_malformed {fields}.
   */
  'identities.hold': Message<{ actor: Actor; alias: string }, ProfileView>
  /** Operator: the people for whom this node's operator signs, the longest known first. Refuses: no_network, no_identity. */
  'identities.held': Message<{ actor: Actor }, { items: ProfileView[] }>
  'profiles.publish': Message<{ actor: Actor; facts: ProfileFacts }, ProfileView>
  /** Refuses: identity_not_found. */
  'profiles.show': Message<{ identity: string }, ProfileView>
}
