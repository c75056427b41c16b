import type { Actor, Message } from './envelope.js'

/** What newcomers may borrow. Amounts in minor units. */
export interface NewcomerPolicy {
  /** The most that may be open at once, of each currency that is named; others are not limited. Ascending by currency. */
  maxPrincipal: [currency: string, amount: number][]
  /** Until so many loans were repaid in good order. */
  untilRepaidLoans: number
}

/** Where a borrower stands against it. */
export interface NewcomerView {
  untilRepaidLoans: number
  repaidLoans: number
  /** Loans to repay until nothing is limited any more; 0: nothing is. */
  missing: number
  /** None once nothing is missing. `open`: principal of loans that are not repaid. Minor units. */
  limits: { currency: string; maxPrincipal: number; open: number; left: number }[]
}

/** Limits that all nodes of a network apply alike. */
export interface NetworkPolicyView {
  /** First day past due of each arrears bucket. */
  arrearsFromDays: number[]
  recordsPerDay: number
  bytesPerAuthor: number
  /** Null: newcomers borrow as everyone does. */
  newcomer: NewcomerPolicy | null
}

/** The network as its records have it. Ids and keys are in text form. */
export interface NetworkView {
  id: string
  name: string
  steward: string
  /** The configuration in force: genesis, or the last valid certified amendment. */
  cfg: string
  witnesses: string[]
  quorum: number
  rules: number
  /** Of the configuration in force; null while that is not known here. */
  policy: NetworkPolicyView | null
  createdAtMs: number
  members: number
  /** This node's own standing: `joining` until an inviter's admission is known here. */
  self: {
    identity: string | null
    admitted: boolean
    waitingFor: string | null
    /** Why the inviter's node does not admit this one, as it said last: invite_used, invite_revoked, invite_expired, … */
    refused: string | null
    witness: boolean
  }
}

export interface InviteView {
  id: string
  createdAtMs: number
  expiresAtMs: number
  state: 'open' | 'used' | 'expired' | 'revoked'
  usedBy: string | null
}

export interface MemberView {
  identity: string
  alias: string | null
  /** The operator who signs for them, if they have no phone. */
  heldBy: string | null
  admittedBy: string | null
  admittedAtMs: number
  /** Records accepted here of that member's log, and how many of them are certified. */
  records: number
  certified: number
  forked: boolean
  /** Somebody's removal that was asked for, by an identity; `inEffect` once it is final: what the member starts from then on is void. */
  removed: { by: string; atMs: number; inEffect: boolean } | null
  witness: boolean
  here: boolean
}

export interface NetworkMessages {
  /** Makes a network with this node's new identity as steward and only witness. Refuses: already_in_network, network_name_invalid, network_other (records of another one are held). */
  'network.create': Message<{ actor: Actor; name: string; alias?: string }, NetworkView>
  /** Begins to join with an invite text; the answer comes at once, admission when the inviter's node is met. Refuses: invite_malformed, invite_expired, already_in_network, network_other. */
  'network.join': Message<{ actor: Actor; invite: string; alias?: string }, NetworkView>
  /** Refuses: no_network. */
  'network.show': Message<Record<string, never>, NetworkView>
  /**
   * Steward: a new set of witnesses; `settle` says which record counts in a log that had forked. Refuses: not_steward,
   * witness_not_member, quorum_unsafe, settle_unknown (no record of a disputed log), settle_certified.
   */
  'network.amend': Message<
    { actor: Actor; witnesses: string[]; quorum: number; settle?: { author: string; record: string } },
    NetworkView
  >
  /** Steward: other limits for newcomers, null for none; in force once certified. Refuses: not_steward, newcomer_limits_not_ascending. */
  'network.amendPolicy': Message<{ actor: Actor; newcomer: NewcomerPolicy | null }, NetworkView>
  'invites.create': Message<{ actor: Actor; validHours?: number }, { invite: string; view: InviteView }>
  'invites.list': Message<{ actor: Actor }, { items: InviteView[] }>
  'invites.revoke': Message<{ actor: Actor; invite: string }, InviteView>
  /**
   * Asks for a member's removal after all that is held here of its log; it takes effect when final. Refuses: no_network,
   * no_identity, member_unknown, founder_stays, not_admitter_nor_steward, member_removed, log_forked.
   */
  'members.remove': Message<{ actor: Actor; member: string }, { member: string; record: string; seq: number }>
  'members.list': Message<Record<string, never>, { items: MemberView[] }>
}
