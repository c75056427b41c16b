/** A log that is written by hand with the record format alone: what a dishonest author can sign, and what it can spoil. */
import {
  encodeBody,
  encodeHeader,
  type Header,
  keyPairFromSeed,
  recordId,
  recordMessage,
  SALT_BYTES,
  sha256,
  sign,
  type StoredRecord,
  type Value,
} from '#libs/record'

/** A key with what it signs. */
export interface HandKey {
  /** 32 bytes. */
  readonly key: Uint8Array
  sign(message: Uint8Array): Uint8Array
}

/** The key of a 32-byte seed, or the one that goes with a name. */
export function handKey(of: Uint8Array | string): HandKey {
  const seed = typeof of === 'string' ? sha256(new TextEncoder().encode(of)) : of
  const { publicKey, secretKey } = keyPairFromSeed(seed)
  return { key: publicKey, sign: (message) => sign(message, secretKey) }
}

/** What a record says. `subj` null starts a subject. */
export interface Said {
  kind: string
  subj: Uint8Array | null
  refs?: Uint8Array[]
  body: { [field: string]: Value }
}

export class HandWrittenLog {
  private salts = 0

  /** `now`: ms; what it gives is written into the headers. */
  constructor(
    readonly author: HandKey,
    readonly net: Uint8Array,
    private readonly now: () => number,
    /** From seq 0 on. */
    readonly records: StoredRecord[] = [],
  ) {}

  get length(): number {
    return this.records.length
  }

  /** Id of the log's first record: the author's identity. */
  get identity(): Uint8Array {
    return recordId(this.records[0]!.header)
  }

  /** The record that would come next, or one in its place; each has another salt. The log stays as it is. */
  next(said: Said, place: Partial<Header> = {}): StoredRecord {
    const last = this.records.at(-1)
    const salt = new Uint8Array(SALT_BYTES).fill(++this.salts % 256)
    const body = encodeBody(salt, said.body)
    const header = encodeHeader({
      v: 1,
      at: this.now(),
      net: this.net,
      seq: this.length,
      vis: 0,
      body: sha256(body),
      kind: said.kind,
      prev: last ? recordId(last.header) : null,
      refs: said.refs ?? [],
      subj: said.subj,
      author: this.author.key,
      ...place,
    })
    return { header, signature: this.signed(header), body }
  }

  /** Adds a record to the end. */
  write(said: Said): StoredRecord {
    const record = this.next(said)
    this.records.push(record)
    return record
  }

  /** The first record of a newcomer. */
  begin(): StoredRecord {
    return this.write({ kind: 'identity.created', subj: null, body: { next: sha256(this.author.key) } })
  }

  /** What a profile says: the plainest record that there is. */
  profile(alias: string): Said {
    return { kind: 'profile.published', subj: this.identity, body: { alias } }
  }

  signed(header: Uint8Array): Uint8Array {
    return this.author.sign(recordMessage(header))
  }
}

/** The same bytes with one bit of the last byte turned over. */
export function flipped(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes)
  copy[copy.length - 1]! ^= 1
  return copy
}
