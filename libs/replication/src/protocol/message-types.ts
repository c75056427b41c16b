// What the messages of the protocol say. Their numbers and bytes are in message-codecs.ts.

import { type Entry, PackedRun, type StoredRecord } from '#libs/record'

/** The protocol's version. A node says a clear goodbye to one that speaks another. */
export const PROTOCOL_VERSION = 1

/** Records of one log, consecutive from a seq on, as they are written. What is read is a PackedRun. */
export interface SentRun {
  readonly author: Uint8Array
  readonly from: number
  readonly records: readonly StoredRecord[]
}

/** How many records a run has. */
export const lengthOf = (run: SentRun): number => (run instanceof PackedRun ? run.count : run.records.length)

/** Records of one log that are asked for: `count` from seq `from` on. */
export interface Range {
  author: Uint8Array
  from: number
  count: number
}

/** What a peer says it holds of a log. */
export interface Claim {
  author: Uint8Array
  length: number
  head: Uint8Array
}

/** What matters of an entry to a side that holds nothing of its log. */
export type BriefEntry = Omit<Entry, 'head'>

/** One part of a walk along the tree of entries; `prefix` is a list of nibbles. */
export type WalkStep =
  | { kind: 'root'; hash: Uint8Array }
  /** Bit i of `bitmap`: the child with nibble i has entries; `tags` of those, lowest first (see `tagOf`). */
  | { kind: 'children'; prefix: number[]; bitmap: number; tags: Uint8Array[] }
  /** All entries under a prefix; wants an answer. */
  | { kind: 'list'; prefix: number[]; entries: Entry[] }
  /** Entries under a prefix that the other side lacks or has otherwise; ends the walk there. */
  | { kind: 'answer'; prefix: number[]; entries: Entry[] }
  /** All entries under a prefix where the other side has nothing; ends the walk there. */
  | { kind: 'brief'; prefix: number[]; entries: BriefEntry[] }

export type Standing = 'stranger' | 'newcomer' | 'admitted' | 'member' | 'refused'

/** A witness's signature over the heads of a few milliseconds, with all of them. */
export interface AttestationBatch {
  cfg: Uint8Array
  witness: Uint8Array
  atMs: number
  /** Ascending by author, 1 to 4,096. */
  heads: { author: Uint8Array; seq: number; id: Uint8Array }[]
  signature: Uint8Array
}

/** A witness's last word under a configuration: it attested an amendment and stops. `heads` is all that it attested last. */
export interface StoppedNotice {
  amendment: Uint8Array
  witness: Uint8Array
  heads: { author: Uint8Array; seq: number; id: Uint8Array }[]
  signature: Uint8Array
}

/** A new key asks witnesses to stop attesting the log that it is to continue. */
export interface FreezeRequest {
  oldKey: Uint8Array
  newKey: Uint8Array
  signature: Uint8Array
}

/** A witness's answer: it attests nothing more of the old log, and the highest record that it attested. */
export interface FrozenNotice {
  oldKey: Uint8Array
  newKey: Uint8Array
  witness: Uint8Array
  attested: { seq: number; id: Uint8Array } | null
  signature: Uint8Array
}

/** Whoever came back from a backup asks what is known of the key that is to continue a log of its own. */
export interface RecallRequest {
  oldKey: Uint8Array
  newKey: Uint8Array
}

/** The answer of one that was no part of that: `isKnown` when it knows a record of the new key, or a freeze for it. */
export interface Recollection extends RecallRequest {
  /** The last configuration that the speaker knows of: in force, or the amendment at which it stopped. */
  cfg: Uint8Array
  isKnown: boolean
}

/** A tree that a witness signed, and where some heads stand in it. */
export interface AttestedTree {
  witness: Uint8Array
  atMs: number
  /** Leaves of the tree, 1 to 4,096. */
  size: number
  signature: Uint8Array
  /** Of heads of the message by their number, ascending in both. */
  leaves: { head: number; index: number }[]
  /** What the leaves don't give themselves of their audit paths (see `hashesBeside`). */
  hashes: Uint8Array[]
}

/** Certificates of one configuration. */
export interface CertifiedHeads {
  cfg: Uint8Array
  heads: { author: Uint8Array; seq: number; id: Uint8Array }[]
  trees: AttestedTree[]
}

/** What makes the round beside records, each once: of `conflicts` the blocks. */
export type Gossip =
  | ({ name: 'freeze' } & FreezeRequest)
  | ({ name: 'frozen' } & FrozenNotice)
  | { name: 'conflicts'; conflicts: Uint8Array[] }

/** Every message by name, as it is said. */
export interface Messages {
  hello: {
    version: number
    net: Uint8Array
    as: 'member' | 'invite'
    key: Uint8Array
    /** Author of the network's genesis record, where a node that holds nothing begins; 32 zero bytes if unknown. */
    genesis: Uint8Array
    signature: Uint8Array
  }
  /** What the other side is to the speaker. `reason` is a refusal's name or empty. */
  standing: { standing: Standing; reason: string }
  offer: { record: StoredRecord }
  walk: { steps: WalkStep[] }
  announce: { claims: Claim[] }
  want: { request: number; ranges: Range[] }
  /** `last`: nothing more comes for this request; ranges that got no run are not held. */
  records: { request: number; last: boolean; runs: readonly SentRun[] }
  push: { runs: readonly SentRun[] }
  forks: { proofs: Uint8Array[] }
  certificatesWanted: { authors: Uint8Array[] }
  certificates: { certificates: Uint8Array[] }
  attestation: AttestationBatch
  idsWanted: { author: Uint8Array; seqs: number[] }
  ids: { author: Uint8Array; ids: { seq: number; id: Uint8Array }[] }
  ping: { nonce: number }
  pong: { nonce: number }
  bye: { reason: string }
  stopped: StoppedNotice
  /** Suspended records that records of other logs rest on. */
  branches: { branches: Uint8Array[] }
  /** Relays on offer, by their keys: the speaker's own first, then those that it heard of. */
  relays: { keys: Uint8Array[] }
  freeze: FreezeRequest
  frozen: FrozenNotice
  /** Evidence that two heads of one log were both certified. */
  conflicts: { conflicts: Uint8Array[] }
  certified: CertifiedHeads
  recall: RecallRequest
  recalled: Recollection
}

/** Every message by name, as it is heard: runs stay packed. */
export interface Heard extends Omit<Messages, 'records' | 'push'> {
  records: { request: number; last: boolean; runs: PackedRun[] }
  push: { runs: PackedRun[] }
}

export type MessageName = keyof Messages
/** A message that was heard, with its name. */
export type ProtocolMessage = { [Name in MessageName]: { name: Name } & Heard[Name] }[MessageName]
