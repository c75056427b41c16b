// An attestation: a witness's signature over the heads that it accepted, and nothing else at their seq.

import { sign, verify } from '#primitives'
import { type Bytes, concat, domain, MAX_TIME_MS, requireLength, u64 } from './bytes.js'
import { FormatError } from './format-error.js'

/** The head of one log that a witness attests. */
export interface AttestedHead {
  author: Uint8Array
  seq: number
  id: Uint8Array
}

/** What one attestation signs. */
export interface AttestationStatement {
  net: Uint8Array
  /** Id of the genesis or amendment in force. */
  cfg: Uint8Array
  /** The witness's clock, ms since the Unix epoch. */
  atMs: number
  /** Root of the RFC 6962 tree over the leaves of the attested heads, ascending by author. */
  root: Uint8Array
}

/** Most leaves under one attestation, inclusive. */
export const MAX_TREE_SIZE = 4096

const ATTEST = domain('mutuo/attest/1')

/** The leaf of a head: author ‖ seq (u64 big-endian) ‖ id, 72 bytes. Throws FormatError `length`, `integer_range`. */
export function attestationLeaf({ author, seq, id }: AttestedHead): Bytes {
  requireLength(author, 32, 'author')
  requireLength(id, 32, 'id')
  return concat(author, u64(seq), id)
}

/** The bytes that a witness signs: `mutuo/attest/1` ‖ 0x00 ‖ net ‖ cfg ‖ atMs (u64 big-endian) ‖ root. */
export function attestationMessage({ net, cfg, atMs, root }: AttestationStatement): Bytes {
  requireLength(net, 32, 'net')
  requireLength(cfg, 32, 'cfg')
  requireLength(root, 32, 'root')
  if (atMs > MAX_TIME_MS) throw new FormatError('at_range')
  return concat(ATTEST, net, cfg, u64(atMs), root)
}

export function signAttestation(statement: AttestationStatement, secretKey: Bytes): Bytes {
  return sign(attestationMessage(statement), secretKey)
}

export function verifyAttestation(signature: Bytes, statement: AttestationStatement, witness: Bytes): boolean {
  return verify(signature, attestationMessage(statement), witness)
}

/** The same for many heads, of which one signature covers many: what was found of it is remembered. */
export function rememberingVerifier(): typeof verifyAttestation {
  const found = new Map<string, boolean>()
  return (signature, statement, witness) => {
    const key = concat(signature, witness, attestationMessage(statement)).join()
    const known = found.get(key)
    const isValid = known ?? verifyAttestation(signature, statement, witness)
    if (known === undefined) found.set(key, isValid)
    return isValid
  }
}
