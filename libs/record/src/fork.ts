// A fork proof: two signed runs of one log that part at one seq. Whoever holds it can convince anyone, without the log.

import { type Bytes, compareBytes, equalBytes } from './bytes.js'
import { decode, encode } from './codec.js'
import { isMap, type Value } from './value.js'
import { FormatError } from './format-error.js'
import { checkChain } from './run.js'

/** Header bytes, 1 to 64 of them, and the author's signature over the last. */
export type SignedChain = [headers: Uint8Array[], signature: Uint8Array]

/** Two chains of one (net, author) whose first records have the same seq and `prev` and different bytes. */
export interface ForkProof {
  type: 'fork'
  /** Ascending by first header. */
  runs: [SignedChain, SignedChain]
}

/** The proof of two chains, in their order. Whether it proves anything is `checkFork`'s to say. */
export function makeFork(one: SignedChain, other: SignedChain): ForkProof {
  const ordered = compareBytes(one[0][0] ?? new Uint8Array(), other[0][0] ?? new Uint8Array()) <= 0
  return { type: 'fork', runs: ordered ? [one, other] : [other, one] }
}

/**
 * Whether a proof shows that an author of this network forked, and at which seq. A genesis record counts under its own
 * id, so one key's two networks are no fork. Bodies and the log below play no part.
 * Reasons: those of a run, `chain_length`, `fork_author`, `fork_seq`, `fork_prev`, `fork_same`, `fork_order`.
 */
export function checkFork(
  proof: ForkProof,
  net: Bytes,
): { ok: true; author: Uint8Array; seq: number } | { ok: false; reason: string } {
  try {
    const [left, right] = proof.runs.map(([headers, signature]) => checkChain(headers, signature, net))
    const one = left![0]!.header
    const other = right![0]!.header
    if (!equalBytes(one.author, other.author)) throw new FormatError('fork_author')
    if (one.seq !== other.seq) throw new FormatError('fork_seq')
    if (one.prev !== null && !equalBytes(one.prev, other.prev!)) throw new FormatError('fork_prev')
    const order = compareBytes(proof.runs[0][0][0]!, proof.runs[1][0][0]!)
    if (order === 0) throw new FormatError('fork_same')
    if (order > 0) throw new FormatError('fork_order')
    return { ok: true, author: one.author, seq: one.seq }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return { ok: false, reason: error.reason }
  }
}

/** The bytes of `{type: "fork", runs}`. */
export function encodeFork(proof: ForkProof): Bytes {
  return encode({ type: proof.type, runs: proof.runs })
}

/** Reads a proof's form, not its truth. Throws FormatError `fork_form`, or what `decode` throws. */
export function decodeFork(bytes: Bytes): ForkProof {
  const map = decode(bytes)
  if (!isMap(map) || map['type'] !== 'fork' || Object.keys(map).length !== 2) throw new FormatError('fork_form')
  const runs = map['runs']
  if (!Array.isArray(runs) || runs.length !== 2) throw new FormatError('fork_form')
  return { type: 'fork', runs: [signedChain(runs[0]), signedChain(runs[1])] }
}

function signedChain(value: Value | undefined): SignedChain {
  if (!Array.isArray(value) || value.length !== 2) throw new FormatError('fork_form')
  const [headers, signature] = value
  if (!Array.isArray(headers) || !(signature instanceof Uint8Array)) throw new FormatError('fork_form')
  return [headers.map(headerBytes), signature]
}

function headerBytes(value: Value): Bytes {
  if (!(value instanceof Uint8Array)) throw new FormatError('fork_form')
  return value
}
