// Deterministic keys, headers and logs for the vectors. Seeds and salts are counted up, never random.

import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import {
  concat,
  decodeHeader,
  encode,
  encodeBody,
  type Header,
  type KeyPair,
  keyPairFromSeed,
  recordId,
  recordMessage,
  sha256,
  signHeader,
  type StoredRecord,
  type Value,
} from '#libs/record'

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
export const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
export const fill = (byte: number, length = 32): Uint8Array => new Uint8Array(length).fill(byte)
/** 32 bytes that look like an id, different for each n. */
export const idOf = (n: number): Uint8Array => sha256(ascii(`id ${n}`))

export const seedOf = (n: number): Uint8Array => fill(n)
export const keyOf = (n: number): KeyPair => keyPairFromSeed(seedOf(n))

export const EMPTY_BODY = encodeBody(fill(0x5a, 16), {})
/** 2026-01-01T00:00:00Z. */
export const START_MS = 1_767_225_600_000

/** Fields of a header as any values, so that wrong ones can be written too. */
export type RawHeader = { [key in keyof Header]: Value }

/** A plain public header at seq 1 of key 1's log in the network `idOf(0)`. */
export function sampleFields(changes: Partial<RawHeader> = {}): RawHeader {
  return {
    v: 1,
    at: START_MS,
    net: idOf(0),
    seq: 1,
    vis: 0,
    body: sha256(EMPTY_BODY),
    kind: 'offer.published',
    prev: idOf(1),
    refs: [],
    subj: null,
    author: keyOf(1).publicKey,
    ...changes,
  }
}

/** The bytes of a header without any check but the codec's. */
export const rawHeader = (changes: Partial<RawHeader> = {}): Uint8Array => encode(sampleFields(changes))

export interface Log {
  net: Uint8Array
  author: Uint8Array
  headers: Uint8Array[]
  /** Every header's own signature. */
  signatures: Uint8Array[]
}

/** A log of `count` records from seq 0 by key `n`; `change` may alter any record's fields before it is chained. */
export function makeLog(n: number, count: number, change: (seq: number) => Partial<RawHeader> = () => ({})): Log {
  return extendLog({ net: idOf(0), author: keyOf(n).publicKey, headers: [], signatures: [] }, n, count, change)
}

/** The log of key `n` whose seq 0 creates the network. */
export function makeGenesisLog(n: number, count: number): Log {
  const genesis = rawHeader({
    seq: 0,
    net: fill(0),
    kind: 'network.created',
    prev: null,
    author: keyOf(n).publicKey,
  })
  const net = recordId(genesis)
  const log = {
    net,
    author: keyOf(n).publicKey,
    headers: [genesis],
    signatures: [signHeader(genesis, keyOf(n).secretKey)],
  }
  return extendLog(log, n, count - 1)
}

/** The log with `count` further records. */
export function extendLog(
  log: Log,
  n: number,
  count: number,
  change: (seq: number) => Partial<RawHeader> = () => ({}),
): Log {
  const { publicKey, secretKey } = keyOf(n)
  const headers = [...log.headers]
  const signatures = [...log.signatures]
  for (let i = 0; i < count; i++) {
    const seq = headers.length
    const last = headers[seq - 1]
    const header = rawHeader({
      at: START_MS + seq * 1000,
      net: log.net,
      seq,
      kind: seq === 0 ? 'identity.created' : 'offer.published',
      prev: last ? recordId(last) : null,
      author: publicKey,
      ...change(seq),
    })
    headers.push(header)
    signatures.push(signHeader(header, secretKey))
  }
  return { ...log, headers, signatures }
}

/** Records `from` to `to` (exclusive) as stored; `signed` says which seqs keep their signature. */
export function recordsOf(
  log: Log,
  from: number,
  to: number,
  signed: (seq: number) => boolean = () => true,
  body: (seq: number) => Uint8Array | null = () => EMPTY_BODY,
): StoredRecord[] {
  return log.headers.slice(from, to).map((header, i) => ({
    header,
    signature: signed(from + i) ? log.signatures[from + i]! : null,
    body: body(from + i),
  }))
}

/** Where a log stands after its record `seq`. */
export function positionAt(log: Log, seq: number): { seq: number; id: Uint8Array; at: number } {
  const header = log.headers[seq]!
  return { seq, id: recordId(header), at: decodeHeader(header).at }
}

const { Point } = ed25519
export const ORDER = Point.Fn.ORDER

export const littleEndian = (bytes: Uint8Array): bigint =>
  [...bytes].reduceRight((value, byte) => value * 256n + BigInt(byte), 0n)

export function scalarBytes(value: bigint): Uint8Array {
  const bytes = new Uint8Array(32)
  for (let i = 0; i < 32; i++) bytes[i] = Number((value >> BigInt(8 * i)) & 0xffn)
  return bytes
}

/** Ed25519 by hand: any key point, any R and, to the challenge that follows, the S of a chosen nonce. */
export function signByHand(options: {
  seed: Uint8Array
  nonce: bigint
  message: Uint8Array
  keyTorsion?: string
  torsion?: string
  encodedR?: Uint8Array
}): { publicKey: Uint8Array; signature: Uint8Array } {
  const { scalar } = ed25519.utils.getExtendedPublicKey(options.seed)
  const torsion = (text?: string) => (text ? Point.fromHex(text) : Point.ZERO)
  const publicKey = Point.BASE.multiply(scalar).add(torsion(options.keyTorsion)).toBytes()
  const base = options.nonce === 0n ? Point.ZERO : Point.BASE.multiply(options.nonce)
  const encodedR = options.encodedR ?? base.add(torsion(options.torsion)).toBytes()
  const challenge = littleEndian(sha512(concat(encodedR, publicKey, options.message))) % ORDER
  const signature = concat(encodedR, scalarBytes((options.nonce + challenge * scalar) % ORDER))
  return { publicKey, signature }
}

/** The challenge of a signature, mod 8 interesting where a key has a part of small order. */
export function challengeOf(signature: Uint8Array, publicKey: Uint8Array, message: Uint8Array): bigint {
  return littleEndian(sha512(concat(signature.subarray(0, 32), publicKey, message))) % ORDER
}

/** A valid signature over a header with a nonce of our choice: the same statement signed twice. */
export function signAgain(header: Uint8Array, n: number): Uint8Array {
  return signByHand({ seed: seedOf(n), nonce: 987_654_321n, message: recordMessage(header) }).signature
}
