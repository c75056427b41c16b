// What the parts of a node know of it: what it is made of, what it is doing, and what it can be told to do.

import type { Certificate, EntryTree, PackedRun } from '#libs/record'
import type {
  AttestationBatch,
  Effect,
  FrozenNotice,
  Gossip,
  Input,
  RecallRequest,
  Recollection,
  Replica,
  SelfProof,
  StoppedNotice,
} from '../../../replication/src/testing/virtual-protocol.js'
import type { Held } from '../store/held.js'
import type { MemoryStore, StoreChange } from '../store/memory-store.js'
import type { Configuration, Configurations } from './configurations.js'
import type { Draft, Member } from './member.js'
import type { End, SimulatedNetwork } from './network.js'
import type { NodeParts } from './node-parts.js'
import type { answersTo } from './serving.js'

/** Who wants to know what a node did; it changes nothing. */
export interface NodeObserver {
  accepted?(node: LiveNode, records: readonly Held[]): void
  /** An own record is written and counts as said. */
  acknowledged?(node: LiveNode, held: Held): void
  /** A header was signed. */
  signed?(node: LiveNode, held: Held): void
  certified?(node: LiveNode, certificate: Certificate): void
  attested?(node: LiveNode, batch: AttestationBatch): void
  /** As a witness it froze a log. */
  froze?(node: LiveNode, notice: FrozenNotice): void
  effect?(node: LiveNode, effect: Effect): void
}

export interface NodeOptions {
  name: string
  member: Member
  /** The founder's key; null: not known before a peer says it. */
  genesis: Uint8Array | null
  store: MemoryStore
  network: SimulatedNetwork
  configurations: Configurations
  parts: NodeParts
  diskMs: () => number
  observer?: NodeObserver
  /** A tree of entries in place of the machine's own, of what the store holds. */
  tree?: () => EntryTree
  /** How it says hello until it is a member. */
  invited?: SelfProof
}

/** A node that runs, as its parts see it. */
export interface LiveNode {
  readonly name: string
  readonly member: Member
  readonly options: NodeOptions
  readonly peers: ReadonlyMap<string, End>
  readonly banned: Set<string>
  readonly store: MemoryStore
  readonly replica: Replica
  readonly finality: FinalityDuty
  readonly continuing: ContinuingDuty
  readonly answer: typeof answersTo
  readonly isUp: boolean
  readonly isLocked: boolean
  readonly wallMs: number
  input(input: Input): void
  tick(): void
  later(ms: number, work: () => void): void
  say(peer: string, bytes: Uint8Array): void
  write(write: () => void, fail?: () => void): void
  ingest(batch: number, runs: readonly PackedRun[]): void
  changed(change: StoreChange): void
  appendNow(drafted: Draft | null, salt: () => Uint8Array): boolean
  /** Begins a log that continues another of the member's; within a write. */
  appendFirst(first: FirstRecord): void
  becomeMember(): void
}

/** What a node does with what it hears of freezes. */
export interface ContinuingDuty {
  hear(peer: string, message: Gossip): void
  /** Says what is known of a key that is to continue a log. */
  recall(peer: string, request: RecallRequest): void
  hearRecalled(author: Uint8Array, answer: Recollection): void
}

/** The record that begins the log of a member's next key, after a record of the log before. */
export interface FirstRecord {
  of: Member
  after: Held
  draft: Draft
}

/** What a node does with what it hears of finality. */
export interface FinalityDuty {
  /** What the node witnesses under now; null when it is no witness. */
  readonly duty: Configuration | null
  certify(peer: string, certificates: readonly Certificate[]): void
  hearAttestation(peer: string, batch: AttestationBatch): void
  hearStop(peer: string, notice: StoppedNotice): void
  tellStops(peer: string): void
}
