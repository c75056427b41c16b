// An entry: what a node says of one author's log in 81 bytes. Nodes compare sets of entries to find what differs.

import { type Bytes, readU64, requireLength, view, writeU64 } from './bytes.js'
import { FormatError } from './format-error.js'

/** What a node holds of one author. */
export interface Entry {
  /** Ed25519 public key, 32 bytes. */
  author: Uint8Array
  /** Records accepted, at least 1; of a forked log those of the undisputed prefix or of the certified branch. */
  length: number
  /** Id of the record at length − 1. */
  head: Uint8Array
  /** 1 + seq of the highest certificate at or below `length`; 0 if none. */
  finalLength: number
  /** Whether a fork proof is known, settled or not. */
  forked: boolean
}

/** author 32 ‖ length 8 ‖ head 32 ‖ final length 8 ‖ forked 1. */
export const ENTRY_BYTES = 81

const LENGTH_AT = 32
const HEAD_AT = 40
const FINAL_AT = 72
const FORKED_AT = 80

/** The 81 bytes of an entry. Throws FormatError `length`, `integer_range`, `entry_empty`, `entry_final`. */
export function encodeEntry(entry: Entry): Bytes {
  requireLength(entry.author, 32, 'author')
  requireLength(entry.head, 32, 'head')
  checkLengths(entry.length, entry.finalLength)
  const bytes = new Uint8Array(ENTRY_BYTES)
  bytes.set(entry.author)
  writeU64(bytes, LENGTH_AT, entry.length)
  bytes.set(entry.head, HEAD_AT)
  writeU64(bytes, FINAL_AT, entry.finalLength)
  bytes[FORKED_AT] = entry.forked ? 1 : 0
  return bytes
}

/**
 * Reads 81 bytes; keys and ids are views. Throws FormatError `length`, `integer_range`, `entry_empty` (length 0: such
 * an author has no entry), `entry_final` (more final than accepted), `entry_forked` (neither 0 nor 1).
 */
export function decodeEntry(bytes: Bytes): Entry {
  requireLength(bytes, ENTRY_BYTES, 'entry')
  const length = readU64(bytes, LENGTH_AT)
  const finalLength = readU64(bytes, FINAL_AT)
  checkLengths(length, finalLength)
  const forked = bytes[FORKED_AT]!
  if (forked > 1) throw new FormatError('entry_forked')
  return {
    author: view(bytes, 0, LENGTH_AT),
    length,
    head: view(bytes, HEAD_AT, FINAL_AT),
    finalLength,
    forked: forked === 1,
  }
}

function checkLengths(length: number, finalLength: number): void {
  if (length === 0) throw new FormatError('entry_empty')
  if (finalLength > length) throw new FormatError('entry_final')
}
