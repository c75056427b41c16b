// A member: one key, one log. What it writes is signed for good.

import {
  encodeBody,
  encodeHeader,
  type Header,
  keyPairFromSeed,
  sha256,
  signHeader,
  type StoredRecord,
  toText,
  ZERO_32,
} from '#libs/record'
import type { Body } from '#libs/fold'

/** A record to be. */
export interface Draft {
  kind: string
  subj: Uint8Array | null
  refs: readonly Uint8Array[]
  body: Body
}

/** Where a record goes in its log. */
export interface LogPlace {
  net: Uint8Array | null
  seq: number
  prev: Uint8Array | null
  atMs: number
}

export class Member {
  private following: Member | null = null
  readonly key: Uint8Array
  readonly secretKey: Uint8Array
  /** The key in text form, as folds have it. */
  readonly text: string

  /** `number`: how many keys this person had before. */
  constructor(
    readonly name: string,
    private readonly number = 0,
  ) {
    const { publicKey, secretKey } = keyPairFromSeed(
      sha256(new TextEncoder().encode(number === 0 ? `member ${name}` : `member ${name} ${number}`)),
    )
    this.key = publicKey
    this.secretKey = secretKey
    this.text = toText(publicKey)
  }

  /** The same person under the next key. */
  get successor(): Member {
    return (this.following ??= new Member(this.name, this.number + 1))
  }

  /** What commits to the next key. */
  get next(): Uint8Array {
    return sha256(this.successor.key)
  }

  /** Makes and signs a record. `salt`: 16 bytes. */
  sign({ kind, subj, refs, body }: Draft, { net, seq, prev, atMs }: LogPlace, salt: Uint8Array): StoredRecord {
    const block = encodeBody(salt, body)
    const header: Header = {
      ...{ v: 1, at: atMs, net: net ?? ZERO_32, seq, vis: 0, body: sha256(block), kind, prev },
      ...{ refs: [...refs], subj, author: this.key },
    }
    const bytes = encodeHeader(header)
    return { header: bytes, signature: signHeader(bytes, this.secretKey), body: block }
  }
}
