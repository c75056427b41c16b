/** What networks need from parts above them, which provide it in the application. */
import type { Refusal } from '#libs/fold'

/** The keys of the identities that this node is home to, and the node's own. */
export abstract class IdentityKeys {
  /**
   * Makes a new identity's key, durably. `next` is the SHA-256 of the key that may continue it. Refuses: keys_locked.
   * Keys are 32 bytes.
   */
  abstract create(): Promise<{ key: Uint8Array; next: Uint8Array } | Refusal>
  /** The keys made here, in text form, oldest first; known while locked too. */
  abstract readonly here: readonly string[]
  /** The node's Noise public key. */
  abstract readonly nodeKey: Uint8Array
}

/** Which account of the node acts for which identity. */
export abstract class AccountIdentities {
  /** From now on the account acts for the identity (key in text form). */
  abstract bind(account: string, identity: string): Promise<void>
}
