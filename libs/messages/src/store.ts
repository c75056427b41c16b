import type { Actor, Message, Page, PageRequest, StreamMessage } from './envelope.js'

export type Finality = 'stored' | 'final'

/** A record as a person reads it. */
export interface RecordView {
  id: string
  author: string
  authorAlias: string | null
  /** The identity of the operator who signs for the author, who has no phone; null for everyone else. */
  authorHeldBy: string | null
  seq: number
  kind: string
  atMs: number
  subject: string
  refs: string[]
  /** The body with byte strings in text form (ids, keys) or hex; null when not held, and of a private record. */
  body: unknown
  /** Signed itself, or covered by a later signature of its run. */
  signed: 'itself' | 'by_later'
  /** Why it is void; null when it is valid. */
  void: string | null
  suspended: boolean
  finality: Finality
}

/** A change that a face may want to show: subjects whose projection changed. */
export interface ChangeEvent {
  seq: number
  subjects: { subject: string; type: string }[]
}

export interface StoreMessages {
  /** Refuses: record_not_found. `headerHex`, `signatureHex`: the bytes themselves. */
  'records.show': Message<
    { id: string },
    RecordView & { headerHex: string; signatureHex: string | null; bodyHex: string | null }
  >
  /** A proof that a record is final, base64 of a file that `mutuo verify --proof` reads. Refuses: record_not_found, not_final, proof_too_large. */
  'records.prove': Message<{ id: string; bodies?: boolean }, { proof: string }>
  /** Every record of a subject, in canonical order. Refuses: subject_not_found. */
  'records.timeline': Message<{ subject: string }, { items: RecordView[] }>
  'records.log': Message<{ author: string } & PageRequest, Page<RecordView>>
  /** Re-checks every hash, signature, chain, fold, projection and ledger row; ends with `done`. */
  'store.verify': StreamMessage<
    { actor: Actor },
    | { step: string; checked: number }
    | { done: true; ok: boolean; records: number; subjects: number; problems: string[] }
  >
  /** Drops and rebuilds every projection from the records; ends with `done`. */
  'store.rebuild': StreamMessage<
    { actor: Actor },
    { step: string; done: number; total: number } | { done: true; subjects: number }
  >
  /** Writes a CAR file on the node's machine: the whole network, or what belongs to one loan. Refuses: path_exists, path_not_writable, loan_not_found. */
  'store.export': Message<
    { actor: Actor; path: string; loan?: string },
    { path: string; records: number; bytes: number; certificates: number }
  >
  /** Ingests a CAR file from the node's machine as if peers had sent it. Refuses: path_not_found, car_malformed {reason}, network_other {network}. */
  'store.import': Message<
    { actor: Actor; path: string },
    { accepted: number; known: number; staged: number; refused: { author: string; reason: string }[] }
  >
  /** Per subject the digest of its folded state, and of all of them. */
  'store.digests': Message<
    Record<string, never>,
    { digest: string; subjects: { subject: string; type: string; digest: string }[] }
  >
  'events.watch': StreamMessage<{ actor: Actor }, ChangeEvent>
}
