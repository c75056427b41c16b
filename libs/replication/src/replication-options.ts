import type { NodeLimits } from './limits.js'

/** Provider token of `ReplicationOptions`. */
export const REPLICATION_OPTIONS = Symbol('replication options')

/** How other nodes are found: by the public DHT (or by the one that an invite names), by a private one, or not at all. */
export type Discovery =
  | { readonly kind: 'public' }
  | { readonly kind: 'private'; readonly bootstrap: readonly { host: string; port: number }[]; readonly host: string }
  | { readonly kind: 'none' }

/**
 * Relays, for nodes that can't reach each other directly: `offer` carries others' connections, `only` makes and takes no
 * direct one; absent, others' relays are taken when a direct connection fails.
 */
export type RelayUse = 'offer' | 'only'

export interface ReplicationOptions {
  readonly discovery: Discovery
  readonly relay?: RelayUse
  /** Those that differ from NODE_LIMITS. */
  readonly limits?: Partial<NodeLimits>
  /** 32 bytes: the node's Noise key is derived from it. */
  readonly nodeSeed: Uint8Array
  readonly version: string
  /** The data came back from a backup: none of the keys in it signs on where it was. */
  readonly restored?: boolean
  /** Where the node's faces are; filled in once they listen. */
  readonly addresses: { readonly web: string; readonly borrowerApi: string; readonly socket: string }
  /** Ends the process, once the answer is out. */
  stop(): void
}
