/** Provider token of `ReplicationOptions`. */
export const REPLICATION_OPTIONS = Symbol('replication options')

/** How other nodes are found: by the public DHT (or by the one that an invite names), by a private one, or not at all. */
export type Discovery =
  | { readonly kind: 'public' }
  | { readonly kind: 'private'; readonly bootstrap: readonly { host: string; port: number }[]; readonly host: string }
  | { readonly kind: 'none' }

export interface ReplicationOptions {
  readonly discovery: Discovery
  /** 32 bytes: the node's Noise key is derived from it. */
  readonly nodeSeed: Uint8Array
  readonly version: string
  /** Where the node's faces are; filled in once they listen. */
  readonly addresses: { readonly web: string; readonly borrowerApi: string; readonly socket: string }
  /** Ends the process, once the answer is out. */
  stop(): void
}
