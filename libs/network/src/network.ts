/**
 * A network: a lending community with a steward, witnesses, rules and members. Its fold reads the genesis record, the
 * steward's amendments, and each inviter's invites and admissions. All that one judgement compares stands in one log, so
 * concurrent records never disagree.
 */
import type { SubjectType } from '#libs/fold'
import type { NewcomerPolicy } from '#libs/messages'

/** Limits that all nodes of a network apply alike; they never make a record void. */
export interface NetworkPolicy {
  /** First day past due of each arrears bucket, ascending: [1, 31, 61, 91] makes 1–30, 31–60, 61–90 and over 90. */
  arrearsFromDays: number[]
  /** Records that an author may add in 24 hours. */
  recordsPerDay: number
  /** Bytes of headers and bodies that an author may add in all. */
  bytesPerAuthor: number
  /** What newcomers may borrow; absent: as everyone. */
  newcomer?: NewcomerPolicy
}

/** What a network starts with. */
export const DEFAULT_POLICY = {
  arrearsFromDays: [1, 31, 61, 91],
  recordsPerDay: 10_000,
  bytesPerAuthor: 268_435_456,
} satisfies NetworkPolicy

/** A configuration: the genesis or a valid amendment. `id` is that record's, keys are in text form, ascending by bytes. */
export interface NetworkConfig {
  id: string
  witnesses: string[]
  quorum: number
  /** The version of the folds that the network judges by. */
  rules: number
  policy: NetworkPolicy
  /** The head that counts in a log that had forked, by the steward's word; it does once this configuration is in force. */
  settle?: { author: string; seq: number; id: string }
}

/** An invite: `keyHash` is the SHA-256 of its one-time public key in text form, `by` the inviter's key. */
export interface Invite {
  by: string
  keyHash: string
  at: number
  expiresAt: number
  revoked: boolean
  /** The admission that used it. */
  usedBy: string | null
  /** The identity that it admitted. */
  admitted: string | null
}

/** A member, as its admissions and removals by record id have it. The founder has neither. */
export interface MemberState {
  admissions: { [record: string]: { by: string; at: number } }
  /**
   * Asked removals: each takes effect when it is final. Of those by one author the last counts (`place`: in all that the
   * author wrote), of several authors' the lowest head.
   */
  removals: { [record: string]: { by: string; at: number; place: number; seq: number; head: string } }
}

/** The state of a network's fold. Empty `steward`: no valid genesis. */
export interface NetworkState {
  name: string
  /** The one key that may amend: the genesis author's. */
  steward: string
  createdAt: number
  /** The genesis, then every valid amendment in the order of the steward's log. */
  configs: NetworkConfig[]
  invites: { [record: string]: Invite }
  /** By identity: the id of the member's first record. */
  members: { [identity: string]: MemberState }
}

/** The type `network`: rank 0, because whose records count is known before what they say. */
export const networkType: SubjectType<NetworkState> = {
  name: 'network',
  rank: 0,
  initial: () => ({ name: '', steward: '', createdAt: 0, configs: [], invites: {}, members: {} }),
}

/** The most witnesses of a configuration. */
export const MAX_WITNESSES = 64

/**
 * Whether a quorum of `quorum` out of `witnesses` can decide: 1 ≤ Q ≤ W, and any two quorums share a witness (2Q > W), so that
 * two heads at one place can only both be certified when a witness signs twice.
 */
export function isQuorumSafe(witnesses: number, quorum: number): boolean {
  return Number.isInteger(quorum) && quorum >= 1 && quorum <= witnesses && 2 * quorum > witnesses
}

/**
 * The configuration in force, of a genesis and its valid amendments in order: the last amendment such that it and each one before
 * it is certified under the configuration before it; the genesis when there is none. `isCertified(amendment, cfg)` says
 * whether a certificate of `cfg` covers that record. Throws without a genesis.
 */
export function configInForce<Config extends Pick<NetworkConfig, 'id'>>(
  configs: readonly Config[],
  isCertified: (amendment: string, cfg: string) => boolean,
): Config {
  let inForce = configs[0]
  if (!inForce) throw new Error('a network without a genesis has no configuration')
  for (const amendment of configs.slice(1)) {
    if (!isCertified(amendment.id, inForce.id)) break
    inForce = amendment
  }
  return inForce
}

/** Whether the identity (id of its first record) is the founder or was validly admitted. Logs of others are not stored. */
export function isAdmitted(state: NetworkState, identity: string): boolean {
  return Object.hasOwn(state.members, identity)
}

/** Who admitted a member and when, by the earliest admission (ties: the smaller record id); null for the founder. */
export function firstAdmission(membership: MemberState): { record: string; by: string; at: number } | null {
  const admissions = Object.entries(membership.admissions).map(([record, { by, at }]) => ({ record, by, at }))
  return admissions.sort((a, b) => a.at - b.at || (a.record < b.record ? -1 : 1))[0] ?? null
}

/** How an invite stands at a time (ms): the first of revoked, used and expired that holds, else open. */
export function inviteStanding(invite: Invite, now: number): 'open' | 'used' | 'expired' | 'revoked' {
  if (invite.usedBy !== null) return 'used'
  if (invite.revoked) return 'revoked'
  return now > invite.expiresAt ? 'expired' : 'open'
}
