/** Records for tests of folds: logs without bytes, signatures and a store, but with real ids and the real order. */
import type { Body, FoldRecord } from '#libs/fold'
import { encode, keyPairFromSeed, sha256, toText, type Value } from '#libs/record'

/** A stand-in for any 32 bytes, the same for the same name. */
export const bytesNamed = (name: string): Uint8Array => sha256(new TextEncoder().encode(name))

/** One author's log. `at` of each record is what the test says, or one second after the one before. */
export class TestLog {
  readonly keys: { publicKey: Uint8Array; secretKey: Uint8Array }
  readonly author: string
  readonly records: FoldRecord[] = []

  constructor(
    name: string,
    private net = '',
  ) {
    this.keys = keyPairFromSeed(bytesNamed(name))
    this.author = toText(this.keys.publicKey)
  }

  /** The first record's id: the identity. */
  get identity(): string {
    return this.records[0]!.id
  }

  write(kind: string, subj: string | null, body: Body, { at, refs = [] }: { at?: number; refs?: string[] } = {}) {
    const last = this.records.at(-1)
    const seq = this.records.length
    const envelope = { author: this.author, seq, at: at ?? (last?.at ?? 0) + 1_000, kind, vis: 0 as const, subj, refs }
    const id = toText(sha256(encode({ ...envelope, body } as Value)))
    this.net ||= id
    const record: FoldRecord = { id, net: this.net, ...envelope, body }
    this.records.push(record)
    return record
  }
}
