import type { Folded, FoldRecord, Refusal } from '#libs/fold'
import type { Certificate, Entry, ForkProof, Run, StoredRecord } from '#libs/record'
import type { Observable } from 'rxjs'
import type { Advanced, Decide, IngestResult, ProjectedSubjects } from './ports.js'

/** The records of this node: the one way in (own and others') and the ways to read them. */
export abstract class Records {
  /**
   * Decides and appends own records, in one transaction with other appends of the moment; resolves after the commit, when
   * the touched subjects are projected. `net` null: the draft is a `network.created`. A first `identity.created` of a log
   * that nobody has admitted yet is staged (see `newcomer`) and accepted together with the `member.admitted` that refs it.
   * Refuses: what `decide` refuses, key_unavailable, not_admitted, log_forked, clock_behind {id}, record_unknown {id},
   * reference_own {id}, record_malformed {reason}.
   */
  abstract append(net: string | null, author: string, decide: Decide): Promise<{ records: FoldRecord[] } | Refusal>

  /** Others' records, from peers or files: verified, accepted in causal order or staged. Idempotent. */
  abstract ingest(net: Uint8Array, runs: Run[]): Promise<IngestResult>

  /** Outside of a transaction. Null when there is no such subject of this type. */
  abstract fold<S>(type: string, subject: string): Promise<Folded<S> | null>
  abstract record(id: string): Promise<FoldRecord | null>
  /** Every record of a subject in canonical order; empty when there is none. */
  abstract timeline(subject: string): Promise<FoldRecord[]>

  /** Accepted records of a log from a seq on: at most `count` and about `maxBytes`, then on to the next signed one. */
  abstract readRange(
    net: Uint8Array,
    author: Uint8Array,
    from: number,
    count: number,
    maxBytes: number,
  ): Promise<StoredRecord[]>
  /** Runs that must travel with records: the seq 0 of every log that they admit. */
  abstract companions(records: readonly StoredRecord[]): Promise<Run[]>
  /** The staged seq 0 of a log that waits for admission; null when there is none. */
  abstract newcomer(net: Uint8Array, author: Uint8Array): Promise<StoredRecord | null>
  abstract entries(net: Uint8Array): Promise<Entry[]>
  /** Null when no record of the log is accepted. */
  abstract head(net: Uint8Array, author: Uint8Array): Promise<Entry | null>
  /** The networks of which records are held: ids. */
  abstract networks(): Promise<Uint8Array[]>

  /** Logs that grew, after the commit. */
  abstract readonly advanced: Observable<Advanced>
  /** Subjects that were projected, or became final, after the commit. */
  abstract readonly projected: Observable<ProjectedSubjects>
  /** Forks that became known here, by ingest or `suspend`: to be gossiped. */
  abstract readonly forked: Observable<{ net: Uint8Array; proof: ForkProof }>
  /** Certificates that are new here. */
  abstract readonly certified: Observable<{ net: Uint8Array; certificate: Certificate; entry: Entry | null }>

  /** Applies a fork proof: checks it, keeps it, truncates the log to the undisputed prefix. Refuses: fork_invalid {reason}. */
  abstract suspend(net: Uint8Array, proof: ForkProof): Promise<{ known: boolean } | Refusal>
  abstract forks(net: Uint8Array, author?: Uint8Array): Promise<ForkProof[]>

  /**
   * Keeps a certificate that the caller has verified against its `cfg`; raises the log's final length once the log is
   * accepted so far. Settles a fork when it is at or above it. False when a newer one is held.
   */
  abstract saveCertificate(net: Uint8Array, certificate: Certificate): Promise<boolean>
  abstract certificates(net: Uint8Array, author?: Uint8Array): Promise<Certificate[]>
  /** Certified at or above it, and all that it rests on is final. */
  abstract isFinal(id: string): Promise<boolean>
  /** Of the given ids those that are final. */
  abstract finalOf(ids: readonly string[]): Promise<Set<string>>

  /** Re-checks hashes, signatures, chains, folds, projections, and the steps that other parts added. */
  abstract verify(): AsyncGenerator<
    | { step: string; checked: number }
    | { done: true; ok: boolean; records: number; subjects: number; problems: string[] }
  >
  /** Drops and rebuilds all that is derived from records, in one transaction. */
  abstract rebuild(): AsyncGenerator<{ step: string; done: number; total: number } | { done: true; subjects: number }>
  /** Per subject, ascending, the digest of its state, and of all. Digests as text (z-base-32). */
  abstract digests(): Promise<{ digest: string; subjects: { subject: string; type: string; digest: string }[] }>
}
