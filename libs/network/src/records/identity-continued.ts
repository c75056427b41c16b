/**
 * `identity.continued`: seq 0 of the log of an identity's next key. It names where the log before ends for everyone, and takes
 * effect when it is certified: from then on the new key speaks for the identity, and what the old log says beyond is void.
 */
import { type Effect, keyOfRecord, recordKind } from '#libs/fold'
import { fromText, sha256, toText } from '#libs/record'
import type { IdentityState } from '../identity.js'

/** `old`: the key whose log ends; `afterSeq`: its last record that counts, in `refs` unless that is the subject; `next`: SHA-256 of the key after this one. */
export interface IdentityContinuedBody {
  old: Uint8Array
  afterSeq: number
  next: Uint8Array
}

const identity: Effect<IdentityState, IdentityContinuedBody> = {
  judge(record, past) {
    if (toText(record.body.old) !== (past.continuations.at(-1)?.key ?? past.key)) return 'old_key_not_last'
    return toText(sha256(fromText(keyOfRecord(record)))) === past.next ? null : 'key_not_committed'
  },
  apply(state, record) {
    const { id, at, body } = record
    state.continuations.push({ record: id, key: keyOfRecord(record), at, afterSeq: body.afterSeq })
    state.next = toText(body.next)
  },
}

/** Void: after_not_one (`refs` must be one id, or none after the identity's first record, its `subj`), old_key_not_last, key_not_committed. */
export const identityContinued = recordKind<IdentityContinuedBody>({
  name: 'identity.continued',
  belongsTo: ['identity'],
  schema: {
    type: 'object',
    properties: {
      old: { bytes: 32 },
      afterSeq: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      next: { bytes: 32 },
    },
    required: ['old', 'afterSeq', 'next'],
    additionalProperties: false,
  },
  check: ({ refs, body }) => (refs.length === 1 || (refs.length === 0 && body.afterSeq === 0) ? null : 'after_not_one'),
  effects: { identity },
})
