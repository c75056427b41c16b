/** Records as they are stored and as folds see them. */
import type { Body, FoldRecord } from '#libs/fold'
import { decodeBody, decodeHeader, FormatError, type Header, isGenesis, recordId, toText } from '#libs/record'

/** A record in memory: its bytes, its header read, and the view of it that folds take. */
export interface KnownRecord {
  readonly id: Uint8Array
  readonly header: Header
  readonly headerBytes: Uint8Array
  readonly signature: Uint8Array | null
  readonly body: Uint8Array | null
  readonly fold: FoldRecord
}

/** The bytes of a record as a row holds them. */
export interface RecordBytes {
  header: Uint8Array
  signature: Uint8Array | null
  body: Uint8Array | null
}

/** Reads stored bytes. Throws FormatError when they are no header. */
export function knownRecord(bytes: RecordBytes): KnownRecord {
  return knownRecordOf(recordId(bytes.header), bytes)
}

/** Reads the bytes of a record whose id is known. */
export function knownRecordOf(id: Uint8Array, { header: headerBytes, signature, body }: RecordBytes): KnownRecord {
  const header = decodeHeader(headerBytes)
  return { id, header, headerBytes, signature, body, fold: foldRecord(id, header, body) }
}

/**
 * The view that folds take. A private record whose body is held shows its own kind; a body that is not held, or that is
 * no body block, is null: rules call what needs it malformed.
 */
export function foldRecord(id: Uint8Array, header: Header, block: Uint8Array | null): FoldRecord {
  const textId = toText(id)
  const opened = block === null ? null : open(block, header.vis)
  return {
    id: textId,
    net: isGenesis(header) ? textId : toText(header.net),
    author: toText(header.author),
    seq: header.seq,
    at: header.at,
    kind: opened?.kind ?? header.kind,
    vis: header.vis,
    subj: header.subj === null ? null : toText(header.subj),
    refs: header.refs.map((ref) => toText(ref)),
    body: (opened?.body ?? null) as Body,
  }
}

function open(block: Uint8Array, vis: 0 | 1): { kind?: string; body: Body } | null {
  try {
    return decodeBody(block, vis)
  } catch (error) {
    if (error instanceof FormatError) return null
    throw error
  }
}

/** Bytes without a Buffer's behaviour: what comes from the database, as the format library wants it. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
