// The header of a record: what everyone keeps for ever, and what an id and a signature cover. Its keys stand in one
// order, so it is read by a fixed layout, several times as fast as by the general decoder.

import { sha256 } from '#primitives'
import { areAscending, type Bytes, equalBytes, MAX_TIME_MS, requireLength, view, ZERO_32 } from './bytes.js'
import { encode } from './codec.js'
import { INTEGER, LIST, MAP } from './value.js'
import { Reader } from './value-reader.js'
import { FormatError } from './format-error.js'
import { FIRST_KINDS, isKind, PRIVATE_KIND } from './kind.js'

/** A header. Bytes are 32 long throughout. */
export interface Header {
  /** Format version. */
  v: 1
  /** The author's clock, ms since the Unix epoch. */
  at: number
  /** The network: the id of its `network.created`; 32 zero bytes in exactly that record. */
  net: Uint8Array
  /** Position in the log (net, author): 0, 1, 2 … */
  seq: number
  /** 0 public: the body travels with the header. 1: the body goes to the parties only. */
  vis: 0 | 1
  /** SHA-256 of the body block. */
  body: Uint8Array
  /** `area.done`; exactly `private` when vis is 1. */
  kind: string
  /** Id of the log's previous record; null exactly at seq 0. */
  prev: Uint8Array | null
  /** Ids of records of other logs of the network that this one rests on: ascending, at most 64. */
  refs: Uint8Array[]
  /** Id of the record that started the subject; null exactly when this one starts one. */
  subj: Uint8Array | null
  /** Ed25519 public key. */
  author: Uint8Array
}

/** Largest header, inclusive. */
export const MAX_HEADER_BYTES = 4096
/** Most ids in `refs`, inclusive. */
export const MAX_REFS = 64

/** The bytes of a header. Throws FormatError with the names of `decodeHeader` for what one header can show. */
export function encodeHeader(header: Header): Bytes {
  const { v, at, net, seq, vis, body, kind, prev, refs, subj, author } = header
  requireLength(net, 32, 'net')
  requireLength(body, 32, 'body')
  requireLength(author, 32, 'author')
  if (prev !== null) requireLength(prev, 32, 'prev')
  if (subj !== null) requireLength(subj, 32, 'subj')
  for (const ref of refs) requireLength(ref, 32, 'ref')
  checkHeader(header)
  return encode({ v, at, net, seq, vis, body, kind, prev, refs, subj, author })
}

/**
 * Reads a header; its byte fields are views into `bytes`. Throws FormatError: `header_oversize`, `version_unknown`,
 * `header_layout` (other keys, order or types), the codec's names, `at_range`, `vis_range`, `kind_grammar`,
 * `kind_visibility`, `refs_too_many`, `refs_order`, `ref_is_subject`, `ref_own_record`, `seq_prev`, `first_kind`,
 * `genesis_form`, `net_zero`.
 */
export function decodeHeader(bytes: Bytes): Header {
  if (bytes.length > MAX_HEADER_BYTES) throw new FormatError('header_oversize')
  const reader = new Reader(bytes)
  expectVersion(reader)
  expectKey(reader, KEY.at)
  const at = reader.head(INTEGER)
  expectKey(reader, KEY.net)
  const net = bytes32(reader)
  expectKey(reader, KEY.seq)
  const seq = reader.head(INTEGER)
  expectKey(reader, KEY.vis)
  const vis = reader.head(INTEGER)
  if (vis !== 0 && vis !== 1) throw new FormatError('vis_range')
  expectKey(reader, KEY.body)
  const body = bytes32(reader)
  expectKey(reader, KEY.kind)
  const kind = kindText(reader)
  expectKey(reader, KEY.prev)
  const prev = bytes32OrNull(reader)
  expectKey(reader, KEY.refs)
  const refs = idList(reader)
  expectKey(reader, KEY.subj)
  const subj = bytes32OrNull(reader)
  expectKey(reader, KEY.author)
  const author = bytes32(reader)
  reader.end()
  const header: Header = { v: 1, at, net, seq, vis, body, kind, prev, refs, subj, author }
  checkHeader(header)
  return header
}

/** A record's id: SHA-256 of its header's bytes. The signature is no part of it. */
export function recordId(headerBytes: Bytes): Bytes {
  return sha256(headerBytes)
}

/** Whether a header is a network's first record, whose `net` is zero because its id is the network's. */
export function isGenesis(header: Header): boolean {
  return header.kind === 'network.created'
}

function checkHeader(header: Header): void {
  const { v, at, net, seq, vis, kind, prev, refs, subj } = header
  if (v !== 1) throw new FormatError('version_unknown')
  if (!Number.isSafeInteger(at) || at < 0 || at > MAX_TIME_MS) throw new FormatError('at_range')
  if (!Number.isSafeInteger(seq) || seq < 0) throw new FormatError('integer_range', 'seq')
  if (vis !== 0 && vis !== 1) throw new FormatError('vis_range')
  if ((vis === 1) !== (kind === PRIVATE_KIND)) throw new FormatError('kind_visibility')
  if (vis === 0 && !isKind(kind)) throw new FormatError('kind_grammar')
  if ((seq === 0) !== (prev === null)) throw new FormatError('seq_prev')
  if ((seq === 0) !== FIRST_KINDS.has(kind)) throw new FormatError('first_kind')
  if (refs.length > MAX_REFS) throw new FormatError('refs_too_many')
  if (!areAscending(refs)) throw new FormatError('refs_order')
  for (const ref of refs) {
    if (subj !== null && equalBytes(ref, subj)) throw new FormatError('ref_is_subject')
    if (prev !== null && equalBytes(ref, prev)) throw new FormatError('ref_own_record')
  }
  if (isGenesis(header) !== equalBytes(net, ZERO_32)) {
    throw new FormatError(isGenesis(header) ? 'genesis_form' : 'net_zero')
  }
  if (isGenesis(header) && (subj !== null || refs.length > 0)) throw new FormatError('genesis_form')
}

const MAP_OF_11 = 0xab
const VERSION = encode('v')
// Every key as it stands in the bytes.
const KEY = {
  at: encode('at'),
  net: encode('net'),
  seq: encode('seq'),
  vis: encode('vis'),
  body: encode('body'),
  kind: encode('kind'),
  prev: encode('prev'),
  refs: encode('refs'),
  subj: encode('subj'),
  author: encode('author'),
}

function expectVersion(reader: Reader): void {
  const { bytes } = reader
  // Another version may have more or fewer keys, but a map with `v` first is a header of some version.
  if (bytes[0] === undefined || bytes[0] >> 5 !== MAP || !startsWith(bytes, 1, VERSION)) {
    throw new FormatError('header_layout')
  }
  reader.offset = 1 + VERSION.length
  if (reader.head(INTEGER) !== 1) throw new FormatError('version_unknown')
  if (bytes[0] !== MAP_OF_11) throw new FormatError('header_layout')
}

function expectKey(reader: Reader, item: Bytes): void {
  if (!startsWith(reader.bytes, reader.offset, item)) throw new FormatError('header_layout')
  reader.offset += item.length
}

function startsWith(bytes: Bytes, offset: number, item: Bytes): boolean {
  for (let i = 0; i < item.length; i++) if (bytes[offset + i] !== item[i]) return false
  return true
}

function bytes32(reader: Reader): Bytes {
  if (reader.byte() !== 0x58 || reader.byte() !== 32) throw new FormatError('header_layout')
  const start = reader.skip(32)
  return view(reader.bytes, start, start + 32)
}

function bytes32OrNull(reader: Reader): Bytes | null {
  if (reader.bytes[reader.offset] !== 0xf6) return bytes32(reader)
  reader.offset++
  return null
}

function kindText(reader: Reader): string {
  const kind = reader.value(0, true)
  if (typeof kind !== 'string') throw new FormatError('header_layout')
  return kind
}

function idList(reader: Reader): Bytes[] {
  const count = reader.head(LIST)
  if (count > MAX_REFS) throw new FormatError('refs_too_many')
  const ids: Bytes[] = []
  for (let i = 0; i < count; i++) ids.push(bytes32(reader))
  return ids
}
