import type { Actor, Message } from './envelope.js'

/** What one person says of another: that one can rely on them. */
export interface VouchView {
  /** Id of its `vouch.given`. */
  id: string
  /** Of whom it is said. */
  identity: string
  voucher: string
  voucherAlias: string | null
  /** Whether who says it is a member of the network. */
  isMember: boolean
  text: string
  sinceMs: number
  /** When it was taken back, and why; null while it stands. */
  withdrawnAtMs: number | null
  withdrawnBecause: string | null
}

export interface VouchMessages {
  /** Says of another that one can rely on them; `text`: one line of 280 characters at most. Refuses: no_network, no_identity, not_admitted, identity_not_found, own_identity, already_vouched, vouch_malformed {fields}. */
  'vouches.give': Message<{ actor: Actor; identity: string; text?: string }, VouchView>
  /** Takes the own word back. Refuses: no_network, no_identity, identity_not_found, vouch_not_found, vouch_malformed {fields}. */
  'vouches.withdraw': Message<{ actor: Actor; identity: string; reason?: string }, VouchView>
  /** About someone, by someone, or all; those that were taken back too. The oldest first. Refuses: no_network. */
  'vouches.list': Message<{ identity?: string; voucher?: string }, { items: VouchView[] }>
}
