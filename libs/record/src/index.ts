/**
 * The record format of Mutuo (docs/record-format.md) and the byte rules of its protocol (docs/protocol.md). Pure; runs
 * in a browser too.
 */
export { keyPairFromSeed, sha256, sign, verify } from '#primitives'
export { areAscending, type Bytes, compareBytes, concat, equalBytes, MAX_TIME_MS, ZERO_32 } from './bytes.js'
export { FormatError } from './format-error.js'
export { decode, encode } from './codec.js'
export { isMap, MAX_DEPTH, type Value } from './value.js'
export { fromText, toText } from './text-id.js'
export { FIRST_KINDS, isKind, PRIVATE_KIND } from './kind.js'
export { decodeHeader, encodeHeader, type Header, isGenesis, MAX_HEADER_BYTES, MAX_REFS, recordId } from './header.js'
export { decodeBody, encodeBody, MAX_BODY_BYTES, SALT_BYTES } from './body.js'
export { type KeyPair, recordMessage, signHeader, verifyHeader } from './signature.js'
export {
  type CheckedRecord,
  checkRun,
  type LogPosition,
  MAX_UNSIGNED,
  type Run,
  type RunCheck,
  type StoredRecord,
  thinSignatures,
} from './run.js'
export { PackedRun, readRecord, writeRecord } from './packed-run.js'
export { WireError, WireReader, WireWriter } from './wire.js'
export { checkFork, decodeFork, encodeFork, type ForkProof, makeFork, type SignedChain } from './fork.js'
export { type Branch, checkBranch, decodeBranch, encodeBranch } from './branch.js'
export { decodeEntry, encodeEntry, type Entry, ENTRY_BYTES } from './entry.js'
export { EntryTree, type Nibbles } from './entry-tree.js'
export { attestationPath, attestationRoot, AttestationTree, isOnPath, rootFromPath } from './attestation-tree.js'
export { hashesBeside, type LeafWithPath, pathsFrom, type PlacedLeaf } from './shared-paths.js'
export {
  attestationLeaf,
  attestationMessage,
  type AttestationStatement,
  type AttestedHead,
  MAX_TREE_SIZE,
  rememberingVerifier,
  signAttestation,
  verifyAttestation,
} from './attestation.js'
export {
  type Certificate,
  type CertificateAttestation,
  type CertificateContext,
  checkCertificate,
  decodeCertificate,
  encodeCertificate,
} from './certificate.js'
export {
  type CertifiedBranch,
  checkConflict,
  type Conflict,
  type ConflictCheck,
  decodeConflict,
  encodeConflict,
  makeConflict,
  MAX_CONFLICT_HEADERS,
} from './conflict.js'
export {
  checkFinality,
  decodeFinality,
  encodeFinality,
  type FinalityCheck,
  type FinalityProof,
  type KindKnowledge,
  type ProvenConfig,
  type ProvenLog,
  type ProvenRecord,
} from './finality-proof.js'
export { helloMessage, type HelloRole, type HelloStatement, signHello, verifyHello } from './hello.js'
export {
  freezeMessage,
  type FreezeStatement,
  frozenMessage,
  type FrozenStatement,
  stoppedMessage,
  type StoppedStatement,
} from './witness-statement.js'
export {
  type BookItem,
  type BookPart,
  exportCar,
  importCar,
  MAX_SIGNATURE_ITEMS,
  type SignatureItem,
} from './loan-book.js'
