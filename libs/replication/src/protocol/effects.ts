// What goes into the protocol's machine and what comes out: it has no socket, timer, database, key or clock of its own.

import type { Branch, Certificate, Entry, ForkProof, PackedRun, Run, StoredRecord } from '#libs/record'
import type { AttestationBatch, Gossip, Range, RecallRequest, Recollection, StoppedNotice } from './messages.js'

/** What happened outside. Peers are named by the shell; a name is never used again. */
export type Input =
  /** An encrypted connection is there. `remoteKey` and `handshakeHash` are the Noise session's. */
  | { type: 'connected'; peer: string; remoteKey: Uint8Array; handshakeHash: Uint8Array; initiator: boolean }
  | { type: 'bytes'; peer: string; bytes: Uint8Array }
  | { type: 'disconnected'; peer: string }
  /** Time passed. Comes every second, and when asked for by `wake`. */
  | { type: 'tick' }
  /** This node's own proof changed: it became a member, or its key was unlocked. */
  | { type: 'identity' }
  /** Logs are accepted so far. `runs`: own records, to be pushed. */
  | { type: 'advanced'; entries: Entry[]; own: boolean; runs?: Run[]; from?: number[] }
  | { type: 'ingested'; batch: number; refused: { author: Uint8Array; reason: string; provable: boolean }[] }
  /** A fork became known here; `entry` is what is left of the log, null when nothing is. */
  | { type: 'forked'; proof: ForkProof; author: Uint8Array; entry: Entry | null }
  /** Certificates are stored; `entries`: their logs now. */
  | { type: 'certified'; certificates: Certificate[]; entries: Entry[]; peer: string | null }
  /** A peer's certificates or attestation proved to be forged. */
  | { type: 'breach'; peer: string; reason: string }
  /** From now on exactly these keys are turned away: their connections end. */
  | { type: 'turned_away'; keys: readonly Uint8Array[] }
  /** A newcomer's first record was looked at. `refused` names why it was turned down. */
  | { type: 'admitted'; peer: string; refused: string | null }
  | { type: 'ownIds'; peer: string; author: Uint8Array; ids: { seq: number; id: Uint8Array }[] }
  /** This node, a witness, attested heads, or heard another's attestation that is valid. */
  | { type: 'attested'; batch: AttestationBatch; peer: string | null }
  | { type: 'stopped'; notice: StoppedNotice; peer: string | null }
  /** What was heard and is valid, or is said here (`peer` null), makes the round. */
  | { type: 'gossiped'; message: Gossip; peer: string | null }

/** What to do outside, in order. */
export type Effect =
  /** `canWait`: when the peer does not take what it is sent this is left out; the next reconciliation makes up for it. */
  | { type: 'send'; peer: string; bytes: Uint8Array; canWait: boolean }
  /** End the connection after what was sent. `ban`: a provable breach. */
  | { type: 'close'; peer: string; reason: string; ban: boolean }
  /** The peer proved that it belongs here. `author`: the member's key; null for a newcomer. */
  | { type: 'proven'; peer: string; author: Uint8Array | null }
  /** Both sides know each other as members now. */
  | { type: 'mutual'; peer: string }
  /** Read ranges and send them with `Replica.recordsMessage`, as fast as the peer takes them. */
  | { type: 'serve'; peer: string; request: number; ranges: Range[] }
  | { type: 'serveIds'; peer: string; author: Uint8Array; seqs: number[] }
  | { type: 'serveCertificates'; peer: string; authors: Uint8Array[] }
  | { type: 'serveForks'; peer: string; authors: Uint8Array[] }
  /** Read the ids that this node holds and give them back as `ownIds`. */
  | { type: 'readIds'; peer: string; author: Uint8Array; seqs: number[] }
  | { type: 'ingest'; batch: number; runs: PackedRun[] }
  | { type: 'suspend'; proof: ForkProof }
  /** Keep suspended records that others rest on; they are authentic. */
  | { type: 'keepBranches'; branches: Branch[] }
  /** Check against the witnesses of their `cfg`, store what is valid, answer with `certified` or `breach`. */
  | { type: 'certify'; peer: string; certificates: Certificate[] }
  /** Check against the witnesses of its `cfg`, then collect; answer with `attested` or `breach`. */
  | { type: 'attest'; peer: string; batch: AttestationBatch }
  | { type: 'stop'; peer: string; notice: StoppedNotice }
  /** Check it, act on it, answer with `gossiped` or `breach`. */
  | { type: 'gossip'; peer: string; message: Gossip }
  /** Say to this member what is known of a key; what a member (`author`) said of one is to be counted. */
  | { type: 'recall'; peer: string; request: RecallRequest }
  | { type: 'recalled'; author: Uint8Array; answer: Recollection }
  | { type: 'admit'; peer: string; inviteKey: Uint8Array; record: StoredRecord }
  /** This node was admitted by a peer: from now on it can say hello as a member. */
  | { type: 'welcomed'; peer: string }
  /** This node was turned down by a peer. */
  | { type: 'turnedDown'; peer: string; reason: string }
  /** Relays that a member offers or heard of. */
  | { type: 'relays'; peer: string; keys: Uint8Array[] }
  /** Others have had more for minutes and nothing came: look for peers anew. */
  | { type: 'stale' }
  /** Tick again after so many ms. */
  | { type: 'wake'; afterMs: number }

/** Limits of one node. All can be configured. */
export interface ProtocolLimits {
  helloMs: number
  /** A peer that is no member here is let go after so long; one to whom this node is a member, and may serve it, later. */
  probationMs: number
  servingProbationMs: number
  pingMs: number
  silenceMs: number
  reconcileMs: number
  /** A peer's records that were not asked for: so many at once, and so many more a second. */
  pushBurst: number
  pushPerSecond: number
  /** Most ranges of a peer that are asked for and not served yet. */
  rangesInFlight: number
  /** One walk of a peer at a time: for so long (ms), and of so many bytes in that time. */
  walkMs: number
  walkBytes: number
  /** Most bytes that wait to be sent to a peer. */
  unsentBytes: number
  /** Most bytes of records that are served in a second, to all peers together. */
  servedBytesPerSecond: number
  /** Nothing new for so long (ms) while peers claim more: discovery begins anew. */
  staleMs: number
  /** New records are announced together when they come within so many ms. */
  announceMs: number
  /** Most records of one ingest, and most that wait for one. */
  ingestRecords: number
  ingestWaiting: number
}

/** Starting values, most of them Bitcoin Core's or measured. */
export const PROTOCOL_LIMITS: ProtocolLimits = {
  helloMs: 10_000,
  probationMs: 60_000,
  servingProbationMs: 600_000,
  pingMs: 30_000,
  silenceMs: 120_000,
  reconcileMs: 60_000,
  pushBurst: 2_000,
  pushPerSecond: 200,
  rangesInFlight: 256,
  walkMs: 10_000,
  walkBytes: 4_194_304,
  unsentBytes: 4_194_304,
  servedBytesPerSecond: 1_000_000_000,
  staleMs: 300_000,
  announceMs: 3,
  ingestRecords: 4_096,
  ingestWaiting: 16_384,
}
