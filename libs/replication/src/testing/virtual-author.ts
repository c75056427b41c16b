// Authors whose logs tests make by hand: every record signed, bodies empty, the same bytes in every run.

import {
  encodeBody,
  encodeHeader,
  keyPairFromSeed,
  makeFork,
  type ForkProof,
  recordId,
  sha256,
  signHeader,
  type StoredRecord,
  ZERO_32,
} from '#libs/record'

const seedOf = (number: number) => sha256(new TextEncoder().encode(`virtual author ${number}`))

export class VirtualAuthor {
  readonly keys: { publicKey: Uint8Array; secretKey: Uint8Array }
  readonly records: StoredRecord[] = []
  readonly ids: Uint8Array[] = []
  private net: Uint8Array | null

  /** `net` null: its first record makes the network. */
  constructor(
    readonly number: number,
    net: Uint8Array | null,
  ) {
    this.keys = keyPairFromSeed(seedOf(number))
    this.net = net
    this.write(net ? 'identity.created' : 'network.created')
    this.net ??= this.ids[0]!
  }

  get key(): Uint8Array {
    return this.keys.publicKey
  }

  /** The network: of a founder the id of its first record. */
  get network(): Uint8Array {
    return this.net!
  }

  /** Adds a record to the end of the log. `salt` makes records that say the same differ. */
  write(kind: string, refs: Uint8Array[] = [], salt = 0): StoredRecord {
    const record = this.record(this.records.length, kind, refs, salt)
    this.records.push(record)
    this.ids.push(recordId(record.header))
    return record
  }

  writeMany(count: number): void {
    for (let i = 0; i < count; i++) this.write('profile.published')
  }

  admit(newcomer: VirtualAuthor): void {
    this.write('member.admitted', [newcomer.ids[0]!])
  }

  /** Another record at a seq that is taken: a fork, with its proof. */
  fork(seq: number, salt = 1): { record: StoredRecord; proof: ForkProof } {
    const record = this.record(seq, 'profile.published', [], salt)
    const held = this.records[seq]!
    const proof = makeFork([[held.header], held.signature!], [[record.header], record.signature!])
    return { record, proof }
  }

  private record(seq: number, kind: string, refs: Uint8Array[], salt: number): StoredRecord {
    const body = encodeBody(new Uint8Array(16).fill(salt), {})
    const header = encodeHeader({
      v: 1,
      at: 1_000 + seq,
      net: this.net ?? ZERO_32,
      seq,
      vis: 0,
      body: sha256(body),
      kind,
      prev: seq === 0 ? null : this.ids[seq - 1]!,
      refs,
      subj: seq === 0 ? null : this.ids[0]!,
      author: this.key,
    })
    return { header, signature: signHeader(header, this.keys.secretKey), body }
  }
}
