/** Writes records for specs of folds, without keys or a database: ids are hashes of what is said, seqs count up. */
import type { Body, FoldRecord } from '#libs/fold'
import { encode, fromText, sha256, toText } from '#libs/record'

/** What a spec says of a record beyond its kind. */
export interface Said {
  subj?: FoldRecord | string | null
  refs?: (FoldRecord | string)[]
  body?: Body
  at?: number
}

/** The log of one author. `now` is the author's clock, ms: each record moves it on by a second. */
export class LogWriter {
  readonly author: string
  readonly records: FoldRecord[] = []

  constructor(
    readonly name: string,
    public now = Date.UTC(2026, 0, 1),
  ) {
    this.author = toText(sha256(new TextEncoder().encode(name)))
  }

  /** The author's key as bodies carry it. */
  get key(): Uint8Array {
    return fromText(this.author)
  }

  /** Appends a record; `subj` absent or null starts a subject. */
  write(kind: string, { subj = null, refs = [], body = {}, at = this.now }: Said = {}): FoldRecord {
    this.now = Math.max(this.now, at) + 1000
    const said = {
      kind,
      at,
      net: 'net',
      author: this.author,
      seq: this.records.length + 1,
      vis: 0 as const,
      subj: subj === null ? null : idOf(subj),
      refs: refs.map(idOf).sort(),
      body,
    }
    const record: FoldRecord = { id: toText(sha256(encode({ ...said }))), ...said }
    this.records.push(record)
    return record
  }
}

/** The id of a record, or the id itself. */
const idOf = (record: FoldRecord | string): string => (typeof record === 'string' ? record : record.id)
