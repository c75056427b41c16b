/** What networks need from parts above them, which provide it in the application. */
import type { Refusal } from '#libs/fold'

/** The keys of the identities that this node is home to, and the node's own. */
export abstract class IdentityKeys {
  /**
   * Makes a new identity's key, durably. `next` is the SHA-256 of the key that may continue it. Refuses: keys_locked.
   * Keys are 32 bytes.
   */
  abstract create(): Promise<{ key: Uint8Array; next: Uint8Array } | Refusal>
  /**
   * The key that continues an identity made here for the `number`th time (from 1), durably, and what it commits to in turn.
   * Refuses: keys_locked, identity_not_here.
   */
  abstract next(identity: string, number: number): Promise<{ key: Uint8Array; next: Uint8Array } | Refusal>
  /** The identities made here, by their first keys in text form, oldest first; known while locked too. */
  abstract readonly here: readonly string[]
  /** Whether a key (text form) is one of those made here, first or later. */
  abstract holds(key: string): boolean
  /** The node's Noise public key. */
  abstract readonly nodeKey: Uint8Array
}

/** Which account of the node acts for which identity. */
export abstract class AccountIdentities {
  /** From now on the account acts for the identity (key in text form). */
  abstract bind(account: string, identity: string): Promise<void>
}
