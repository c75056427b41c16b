// A certificate: attestations of one head by a quorum of the network's witnesses. It covers all records below it.

import { areAscending, type Bytes, equalBytes, MAX_TIME_MS } from './bytes.js'
import { attestationLeaf, MAX_TREE_SIZE, verifyAttestation } from './attestation.js'
import { rootFromPath } from './attestation-tree.js'
import { decode, encode } from './codec.js'
import { isMap, type Value } from './value.js'
import { FormatError } from './format-error.js'

/** One witness's part: its key, its clock, the place of the head's leaf in its tree, the audit path, its signature. */
export type CertificateAttestation = [
  witness: Uint8Array,
  atMs: number,
  treeSize: number,
  leafIndex: number,
  path: Uint8Array[],
  signature: Uint8Array,
]

/** Any valid certificate for (cfg, author, seq) is as good as another. */
export interface Certificate {
  type: 'certificate'
  /** Id of the genesis or amendment whose witnesses signed. */
  cfg: Uint8Array
  author: Uint8Array
  seq: number
  id: Uint8Array
  /** Ascending by witness; at least the quorum, at most all. */
  attestations: CertificateAttestation[]
}

/** What a certificate is checked against: the network, and the witnesses and quorum that its `cfg` names. */
export interface CertificateContext {
  net: Uint8Array
  witnesses: Uint8Array[]
  quorum: number
}

/**
 * Whether every attestation of a certificate is valid and there are enough of them. The caller picks the witnesses by
 * `cfg`, and compares `id` with its log. `verify`: one that remembers, for many certificates (`rememberingVerifier`).
 * Reasons: `certificate_form`, `quorum`, `witness_order`, `witness_unknown`, `at_range`, `tree_size`, `leaf_index`,
 * `path_length`, `length`, `integer_range`, `signature_invalid`.
 */
export function checkCertificate(
  certificate: Certificate,
  { net, witnesses, quorum }: CertificateContext,
  verify = verifyAttestation,
): { ok: true } | { ok: false; reason: string } {
  try {
    const { cfg, attestations } = certificate
    const leaf = attestationLeaf(certificate)
    if (attestations.length < quorum || attestations.length > witnesses.length) throw new FormatError('quorum')
    if (!areAscending(attestations.map(([witness]) => witness))) throw new FormatError('witness_order')
    for (const [witness, atMs, treeSize, leafIndex, path, signature] of attestations) {
      if (!witnesses.some((known) => equalBytes(known, witness))) throw new FormatError('witness_unknown')
      if (atMs < 0 || atMs > MAX_TIME_MS) throw new FormatError('at_range')
      if (treeSize < 1 || treeSize > MAX_TREE_SIZE) throw new FormatError('tree_size')
      const root = rootFromPath(leaf, leafIndex, treeSize, path)
      if (!verify(signature, { net, cfg, atMs, root }, witness)) throw new FormatError('signature_invalid')
    }
    return { ok: true }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return { ok: false, reason: error.reason }
  }
}

/** The bytes of a certificate, with exactly its keys. */
export function encodeCertificate({ type, cfg, author, seq, id, attestations }: Certificate): Bytes {
  return encode({ type, cfg, author, seq, id, attestations })
}

/** Reads a certificate's form, not its truth. Throws FormatError `certificate_form`, or what `decode` throws. */
export function decodeCertificate(bytes: Bytes): Certificate {
  const map = decode(bytes)
  if (!isMap(map) || map['type'] !== 'certificate' || Object.keys(map).length !== 6) refuseForm()
  const { cfg, author, seq, id, attestations } = map
  if (!Array.isArray(attestations)) refuseForm()
  return {
    type: 'certificate',
    cfg: bytesOf(cfg, 32),
    author: bytesOf(author, 32),
    seq: natural(seq),
    id: bytesOf(id, 32),
    attestations: attestations.map(attestation),
  }
}

function attestation(value: Value): CertificateAttestation {
  if (!Array.isArray(value) || value.length !== 6) refuseForm()
  const [witness, atMs, treeSize, leafIndex, path, signature] = value
  if (!Array.isArray(path)) refuseForm()
  return [
    bytesOf(witness, 32),
    natural(atMs),
    natural(treeSize),
    natural(leafIndex),
    path.map((element) => bytesOf(element, 32)),
    bytesOf(signature, 64),
  ]
}

function bytesOf(value: Value | undefined, length: number): Bytes {
  if (!(value instanceof Uint8Array) || value.length !== length) refuseForm()
  return value
}

function natural(value: Value | undefined): number {
  if (typeof value !== 'number' || value < 0) refuseForm()
  return value
}

function refuseForm(): never {
  throw new FormatError('certificate_form')
}
