// A record in memory: its bytes, its header, and the view of it that folds take.

import type { Body, FoldRecord } from '#libs/fold'
import {
  decodeBody,
  decodeHeader,
  FormatError,
  type Header,
  isGenesis,
  recordId,
  type StoredRecord,
  toText,
} from '#libs/record'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'

export interface Held {
  id: Uint8Array
  /** The id in hexadecimal, as a key of maps. */
  key: string
  header: Header
  record: StoredRecord
  fold: FoldRecord
}

/** Reads a record whose run was checked. */
export function heldOf(record: StoredRecord): Held {
  const id = recordId(record.header)
  const header = decodeHeader(record.header)
  return { id, key: keyOf(id), header, record, fold: foldRecordOf(id, header, record.body) }
}

/** Ids of what a record names: its subject's first record and those that it rests on. */
export function namedBy({ subj, refs }: Header): Uint8Array[] {
  return subj === null ? refs : [subj, ...refs]
}

function foldRecordOf(id: Uint8Array, header: Header, block: Uint8Array | null): FoldRecord {
  const text = toText(id)
  return {
    id: text,
    net: isGenesis(header) ? text : toText(header.net),
    author: toText(header.author),
    seq: header.seq,
    at: header.at,
    kind: header.kind,
    vis: header.vis,
    subj: header.subj === null ? null : toText(header.subj),
    refs: header.refs.map((ref) => toText(ref)),
    body: (block === null ? null : bodyOf(block, header.vis)) as Body,
  }
}

/** Null for a block that is no body: rules call what needs it malformed. */
function bodyOf(block: Uint8Array, vis: 0 | 1): Body | null {
  try {
    return decodeBody(block, vis).body
  } catch (error) {
    if (error instanceof FormatError) return null
    throw error
  }
}
