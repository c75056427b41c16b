/**
 * Vouching: a person says of another that one can rely on them. It binds to nothing and counts for what the one who says it is worth: so it is
 * shown with since when, and members' words are counted apart.
 */
import type { VoidReason } from '#libs/fold'
import type { VouchView } from '#libs/messages'
import type { IdentityState } from '#libs/network'

/** Whether `author` may vouch for an identity: for another, once at a time. */
export function vouchFault(past: IdentityState, author: string): VoidReason | null {
  if (past.key === author) return 'own_identity'
  return standingVouchBy(past, author) === null ? null : 'already_vouched'
}

/** Whether `author` may take a vouch back: the own one, once. */
export function withdrawalFault(past: IdentityState, author: string, vouch: string): VoidReason | null {
  const given = past.vouches?.[vouch]
  if (!given) return 'vouch_not_found'
  if (given.by !== author) return 'not_your_vouch'
  return given.withdrawn ? 'vouch_withdrawn' : null
}

/** The record of someone's word that stands; null without. */
export function standingVouchBy({ vouches = {} }: IdentityState, voucher: string): string | null {
  const found = Object.entries(vouches).find(([, { by, withdrawn }]) => by === voucher && !withdrawn)
  return found?.[0] ?? null
}

/** Words that stand: members' first, the oldest first. */
export function standing(vouches: readonly VouchView[]): VouchView[] {
  return vouches
    .filter(({ withdrawnAtMs }) => withdrawnAtMs === null)
    .sort((a, b) => Number(b.isMember) - Number(a.isMember) || a.sinceMs - b.sinceMs)
}
