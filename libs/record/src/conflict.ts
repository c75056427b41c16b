// A conflict: certificates of two heads of one log that can't both stand. Whoever holds it can convince anyone, and it names
// the witnesses that signed twice.

import { type Bytes, compareBytes, equalBytes } from './bytes.js'
import {
  type Certificate,
  type CertificateContext,
  checkCertificate,
  decodeCertificate,
  encodeCertificate,
} from './certificate.js'
import { decode, encode } from './codec.js'
import { FormatError } from './format-error.js'
import { decodeHeader, type Header, isGenesis, recordId } from './header.js'
import { isMap, type Value } from './value.js'

/** Most headers of one chain, inclusive. */
export const MAX_CONFLICT_HEADERS = 1024

/**
 * Two certificates of one author and, of each, the header bytes from the place where the two part up to the certified record;
 * no headers at all where both certify one seq, which needs none.
 */
export interface Conflict {
  type: 'conflict'
  /** Ascending by the id that they certify. */
  certificates: [Certificate, Certificate]
  /** In the order of the certificates. */
  chains: [Uint8Array[], Uint8Array[]]
}

/** A certificate, and the headers that lead from the fork to its record. */
export interface CertifiedBranch {
  certificate: Certificate
  headers: Uint8Array[]
}

/** The conflict of two certified branches, in its order. Whether it proves anything is `checkConflict`'s to say. */
export function makeConflict(one: CertifiedBranch, other: CertifiedBranch): Conflict {
  const ordered = compareBytes(one.certificate.id, other.certificate.id) <= 0 ? [one, other] : [other, one]
  const [first, second] = ordered as [CertifiedBranch, CertifiedBranch]
  const needsNone = first.certificate.seq === second.certificate.seq
  return {
    type: 'conflict',
    certificates: [first.certificate, second.certificate],
    chains: needsNone ? [[], []] : [first.headers, second.headers],
  }
}

/** What a conflict shows: whose log, the first seq at which the heads differ for certain, and who signed for both. */
export type ConflictCheck =
  { ok: true; author: Uint8Array; seq: number; witnesses: Uint8Array[] } | { ok: false; reason: string }

/**
 * Whether a conflict shows that two heads of one log were both certified. `contextOf` answers the witnesses of a `cfg`; null
 * when it is not known. `witnesses`: those whose attestations stand in both, ascending; under one `cfg` at least 2Q − W.
 * Reasons: those of `checkCertificate` and `decodeHeader`, `cfg_unknown`, `conflict_author`, `conflict_order`,
 * `conflict_same`, `conflict_chain`, `chain_length`, `net_mismatch`.
 */
export function checkConflict(
  { certificates: [one, other], chains }: Conflict,
  net: Bytes,
  contextOf: (cfg: Uint8Array) => Omit<CertificateContext, 'net'> | null,
): ConflictCheck {
  try {
    if (!equalBytes(one.author, other.author)) throw new FormatError('conflict_author')
    const order = compareBytes(one.id, other.id)
    if (order === 0) throw new FormatError('conflict_same')
    if (order > 0) throw new FormatError('conflict_order')
    const seq = partingOf(one, other, chains, net)
    for (const certificate of [one, other]) {
      const context = contextOf(certificate.cfg)
      if (!context) throw new FormatError('cfg_unknown')
      const check = checkCertificate(certificate, { net, ...context })
      if (!check.ok) throw new FormatError(check.reason)
    }
    const witnesses = one.attestations
      .map(([witness]) => witness)
      .filter((witness) => other.attestations.some(([both]) => equalBytes(both, witness)))
    return { ok: true, author: one.author, seq, witnesses }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return { ok: false, reason: error.reason }
  }
}

/** The seq at which two certified heads part. */
function partingOf(one: Certificate, other: Certificate, chains: Conflict['chains'], net: Bytes): number {
  if (one.seq === other.seq) {
    if (chains.some((headers) => headers.length > 0)) throw new FormatError('conflict_chain')
    return one.seq
  }
  const [left, right] = [firstOf(one, chains[0], net), firstOf(other, chains[1], net)]
  if (left.seq !== right.seq) throw new FormatError('conflict_chain')
  if (left.prev === null ? right.prev !== null : right.prev === null || !equalBytes(left.prev, right.prev))
    throw new FormatError('conflict_chain')
  if (compareBytes(chains[0][0]!, chains[1][0]!) === 0) throw new FormatError('conflict_same')
  return left.seq
}

/** The first header of a chain that leads to what a certificate certifies. */
function firstOf({ author, seq, id }: Certificate, headers: readonly Uint8Array[], net: Bytes): Header {
  if (headers.length === 0 || headers.length > MAX_CONFLICT_HEADERS) throw new FormatError('chain_length')
  let before: { header: Header; id: Bytes } | null = null
  let first: Header | null = null
  for (const bytes of headers) {
    const header = decodeHeader(bytes)
    const own = recordId(bytes)
    if (!equalBytes(header.author, author)) throw new FormatError('conflict_author')
    if (!equalBytes(isGenesis(header) ? own : header.net, net)) throw new FormatError('net_mismatch')
    const follows: boolean =
      before === null ||
      (header.prev !== null && equalBytes(header.prev, before.id) && header.seq === before.header.seq + 1)
    if (!follows) throw new FormatError('conflict_chain')
    first ??= header
    before = { header, id: own }
  }
  if (before!.header.seq !== seq || !equalBytes(before!.id, id)) throw new FormatError('conflict_chain')
  return first!
}

/** The bytes of `{type: "conflict", chains, certificates}`; each certificate is its own block's bytes. */
export function encodeConflict({ type, certificates, chains }: Conflict): Bytes {
  return encode({ type, chains, certificates: certificates.map(encodeCertificate) })
}

/** Reads a conflict's form, not its truth. Throws FormatError `conflict_form`, or what `decode` and `decodeCertificate` throw. */
export function decodeConflict(bytes: Bytes): Conflict {
  const map = decode(bytes)
  if (!isMap(map) || map['type'] !== 'conflict' || Object.keys(map).length !== 3) throw new FormatError('conflict_form')
  const [one, other] = pair(map['certificates'])
  const [left, right] = pair(map['chains'])
  return {
    type: 'conflict',
    certificates: [decodeCertificate(block(one)), decodeCertificate(block(other))],
    chains: [blocks(left), blocks(right)],
  }
}

function pair(value: Value | undefined): [Value, Value] {
  if (!Array.isArray(value) || value.length !== 2) throw new FormatError('conflict_form')
  return value as [Value, Value]
}

function blocks(value: Value): Bytes[] {
  if (!Array.isArray(value)) throw new FormatError('conflict_form')
  return value.map(block)
}

function block(value: Value): Bytes {
  if (!(value instanceof Uint8Array)) throw new FormatError('conflict_form')
  return value
}
