/** Records made by hand, beside any store: what an author with other software, or with bad intent, could send. */
import {
  compareBytes,
  encodeBody,
  encodeHeader,
  fromText,
  recordId,
  sha256,
  signHeader,
  type StoredRecord,
  toText,
} from '#libs/record'
import type { Draft } from './ports.js'
import type { TestStore } from './testing.shell.js'

/** Where a record goes: after `prev` (null: at seq 0). */
export interface Place {
  net: string
  author: string
  seq: number
  prev: string | null
  at?: number
}

/** A signed record. `salt` tells two of the same content apart. */
export function handMade(store: TestStore, place: Place, draft: Draft, salt = 0): { id: string; stored: StoredRecord } {
  const { net, author, seq, prev, at = store.clock.now() } = place
  const body = encodeBody(new Uint8Array(16).fill(salt), draft.body)
  const header = encodeHeader({
    v: 1,
    at,
    net: fromText(net),
    seq,
    vis: 0,
    body: sha256(body),
    kind: draft.kind,
    prev: prev === null ? null : fromText(prev),
    refs: draft.refs.map(fromText).sort(compareBytes),
    subj: typeof draft.subj === 'string' ? fromText(draft.subj) : null,
    author: fromText(author),
  })
  const signature = signHeader(header, store.keys.secretKey(author))
  return { id: toText(recordId(header)), stored: { header, signature, body } }
}
