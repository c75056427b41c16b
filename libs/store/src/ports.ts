/**
 * What the store asks of others and offers to them, as types: the clock, the signer, drafts of own records, the view that
 * a decision reads, and projections. Ids and keys are text (z-base-32) unless a name or type says bytes.
 */
import type { Body, Folded, FoldRecord, Refusal, Rules } from '#libs/fold'
import type { Certificate, Entry, ForkProof, StoredRecord } from '#libs/record'
import type { RefusedRun } from './ingest/verified.js'
import type { EntityManager, EntitySchema, MigrationInterface } from 'typeorm'

/** Business time, ms since the Unix epoch. Timeouts don't use it: it can be moved. */
export interface Clock {
  now(): number
}
/** Provider token of the Clock. */
export const CLOCK = Symbol('clock')

/** Signs for the identities that this node is home to. */
export interface Signer {
  /** Ed25519 signature (64 bytes) of a ready message; null when the author's key is not here or is locked. */
  sign(author: string, message: Uint8Array): Uint8Array | null
  /** Whether nobody but this node signs with a key: records of its log that come from elsewhere were lost here. */
  holds?(author: string): boolean
}
/** Provider token of the Signer. */
export const SIGNER = Symbol('signer')

export type { RefusedRun }

/** Who an author is, as it is shown beside the key: what they want to be called, and the operator who signs for them, if one does. */
export interface Person {
  alias: string | null
  heldBy: string | null
}

/** Who stands behind keys; the store knows nobody itself. */
export type PeopleOf = (manager: EntityManager, authors: readonly string[]) => Promise<ReadonlyMap<string, Person>>

/** An own record to be. The store adds net, seq, prev, at, the salt and the signature. */
export interface Draft {
  kind: string
  /** The subject's first record; null when this one starts a subject; `{ draft: i }`: the i-th draft of the same append. */
  subj: string | { draft: number } | null
  /** Records of other authors that it rests on, in any order; `subj` and duplicates are dropped, own records refused. */
  refs: string[]
  body: Body
  /** 1: private. Its kind and body are for the parties alone; others keep its header. Default 0. */
  vis?: 0 | 1
}

/** Consistent reads inside the append's transaction: everything accepted before, earlier appends of the batch included. */
export interface StoreView {
  /** The clock at the beginning of this decision, ms. */
  readonly now: number
  /** Null when there is no such subject of this type. */
  fold<S>(type: string, subject: string): Promise<Folded<S> | null>
  /** Accepted records only. */
  record(id: string): Promise<FoldRecord | null>
  /** For projections' tables. They may lag behind what `fold` sees: decide by `fold`. int8 columns come as numbers. */
  readonly manager: EntityManager
}

/** Decides what to append. May be called again when another append of the batch failed: no side effects. */
export type Decide = (view: StoreView) => Promise<Draft[] | Refusal> | Draft[] | Refusal

/** What became of runs that were ingested. */
export interface IngestResult {
  accepted: number
  /** Records that were held before, accepted or staged. */
  known: number
  /** Records that wait for something that they name, for admission or for their time. */
  staged: number
  /** Logs that grew, those woken by these runs included. */
  advanced: Entry[]
  refused: RefusedRun[]
  /** Conflicts with what is held, signed by both sides; already stored and applied (suspended). */
  forks: ForkProof[]
}

/** Limits of the staging area, in records. */
export interface StagingLimits {
  perAuthor: number
  total: number
}

/** A subject as it was folded, for a projection to write down. */
export interface Projected {
  readonly net: string
  readonly subject: string
  readonly type: string
  readonly state: unknown
  /** All records of the subject, in canonical order; void and suspended ones included. */
  readonly records: FoldRecord[]
  readonly voids: ReadonlyMap<string, string>
  /** Ids of the records that have effect, in canonical order. Without the first record among them: write no rows. */
  readonly applied: readonly string[]
}

/**
 * Rows that a fold writes for reading. `project` replaces all rows of each subject, batched, in multi-row SQL; the rows
 * are a pure function of the subject (no serial numbers, no clock), so that a rebuild brings back the same ones.
 */
export interface Projection {
  /** The subject type whose folds it writes. */
  readonly type: string
  readonly tables: readonly string[]
  project(manager: EntityManager, subjects: readonly Projected[]): Promise<void>
}

/** A check that another part adds to `verify`. `checked` counts since the last item. */
export interface VerifyStep {
  readonly name: string
  run(manager: EntityManager): AsyncIterable<{ checked: number } | { problem: string }>
}

/** A migration class, plain SQL inside. Names end in a timestamp of 13 digits, which orders them across features. */
export type Migration = new () => MigrationInterface

/** Where the database is: an embedded Postgres in a directory, or one that runs elsewhere. */
export type DatabaseOptions = { dataDir: string } | { url: string }

/** How a node's store is put together. */
export interface StoreOptions {
  database: DatabaseOptions
  rules: Rules
  projections: readonly Projection[]
  /** Of the features; the store's own come first. */
  migrations: readonly Migration[]
  entities?: readonly (EntitySchema | (new () => object))[]
  verifySteps?: readonly VerifyStep[]
  signer: Signer
  clock: Clock
  peopleOf?: PeopleOf
  staging?: Partial<StagingLimits>
  /** Threads that verify others' records, by default one less than there are cores, at most 2; 0: on the event loop. */
  verifyingThreads?: number
  /** From so many records in one `ingestPacked` on they are taken in in bulk (256). */
  bulkFrom?: number
  /** Whether a certificate from a file is valid under its `cfg`; without it none is taken from files. */
  checkCertificate?(net: Uint8Array, certificate: Certificate): Promise<boolean>
}

/** Logs that grew. */
export interface Advanced {
  net: Uint8Array
  entries: Entry[]
  /** Written on this node by `append`. */
  own: boolean
  /** What was appended to own logs. */
  runs: OwnRun[]
}

/** Records that were appended to a log of this node, from a seq on: as they are stored, private bodies included. */
export interface OwnRun {
  author: Uint8Array
  from: number
  records: StoredRecord[]
}

/** Certificates that are new here, and entries of their logs as they stand then. */
export interface Certified {
  net: Uint8Array
  certificates: Certificate[]
  entries: Entry[]
}

/** Subjects whose projection, or whose finality, changed. */
export interface ProjectedSubjects {
  subjects: { subject: string; type: string }[]
}

/** Progress of `verify`; `checked` counts since the last item of this step. */
export type VerifyProgress =
  { step: string; checked: number } | { done: true; ok: boolean; records: number; subjects: number; problems: string[] }

/** Progress of `rebuild`. */
export type RebuildProgress = { step: string; done: number; total: number } | { done: true; subjects: number }

/** Digests of folded states, as text (z-base-32), ascending by subject, then type. */
export interface Digests {
  digest: string
  subjects: { subject: string; type: string; digest: string }[]
}

/** What became of a book that was imported. `staged`: records of its network that wait now. */
export interface BookImport {
  accepted: number
  known: number
  staged: number
  refused: { author: Uint8Array; reason: string }[]
}
