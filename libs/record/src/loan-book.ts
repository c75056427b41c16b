// A loan book that leaves a node: the logs of one network as a CAR file that anyone can verify alone. Written and read
// as a stream.

import { sha256 } from '#primitives'
import { type Branch, decodeBranch, encodeBranch } from './branch.js'
import { areAscending, type Bytes, compareBytes, concatAll } from './bytes.js'
import { type Block, frameBlock, frameRoots, readCar } from './car.js'
import { type Certificate, decodeCertificate, encodeCertificate } from './certificate.js'
import { decode, encode } from './codec.js'
import { isMap, LIST, MAP, type Value } from './value.js'
import { FormatError } from './format-error.js'
import { decodeFork, encodeFork, type ForkProof } from './fork.js'
import { decodeHeader, type Header, recordId } from './header.js'
import type { Run } from './run.js'

/** What an export is made of. Runs may cut a log anywhere; one run's records are consecutive. */
export type BookPart = Run | Certificate | ForkProof | Branch

/** A record's id and its author's signature. */
export type SignatureItem = [id: Uint8Array, signature: Uint8Array]

/** What an import yields, block by block, in whatever order the file has; `roots` comes first. */
export type BookItem =
  | { type: 'roots'; ids: Uint8Array[] }
  | { type: 'header'; id: Uint8Array; bytes: Uint8Array; header: Header }
  | { type: 'body'; hash: Uint8Array; bytes: Uint8Array }
  | { type: 'signatures'; items: SignatureItem[] }
  | Certificate
  | ForkProof
  | Branch

/** Most items in one block of signatures, inclusive. */
export const MAX_SIGNATURE_ITEMS = 512

const CHUNK_BYTES = 65_536

/**
 * Writes a book. `roots` are the ids of the heads, in any order; `parts` must hold each log whole from seq 0 and each
 * certificate, proof and branch once. A body that several headers name is written once, which costs about 100 bytes of
 * memory per body; a private block that is no list at all is left out, since no reader could tell what it is.
 */
export async function* exportCar(
  roots: readonly Bytes[],
  parts: AsyncIterable<BookPart> | Iterable<BookPart>,
): AsyncGenerator<Uint8Array> {
  let chunk = [frameRoots([...roots].sort(compareBytes))]
  let size = chunk[0]!.length
  for await (const block of blocksOf(parts)) {
    for (const part of frameBlock(block)) {
      chunk.push(part)
      size += part.length
    }
    if (size < CHUNK_BYTES) continue
    yield concatAll(chunk)
    chunk = []
    size = 0
  }
  if (size > 0) yield concatAll(chunk)
}

/**
 * Reads a book as a stream. Every block is checked against its CID, and in form: headers, certificates, proofs and
 * branches are decoded strictly; a body is a list whose form its header's `vis` decides. Blocks of unknown type, and
 * headers of another version, are skipped. Chains, signatures and whether the roots are the heads remain to be checked.
 * Throws FormatError with the names of the CAR reader and the decoders, `book_roots`, `book_signatures`, `book_block`.
 */
export async function* importCar(source: AsyncIterable<Bytes>): AsyncGenerator<BookItem> {
  for await (const block of readCar(source)) {
    if ('roots' in block) {
      if (!areAscending(block.roots)) throw new FormatError('book_roots')
      yield { type: 'roots', ids: block.roots }
      continue
    }
    const item = bookItem(block)
    if (item) yield item
  }
}

async function* blocksOf(parts: AsyncIterable<BookPart> | Iterable<BookPart>): AsyncGenerator<Block> {
  const bodies = new Set<string>()
  let signatures: SignatureItem[] = []
  for await (const part of parts) {
    if ('type' in part) {
      yield blockOf(encodePart(part))
      continue
    }
    for (const { header: bytes, signature, body } of part.records) {
      const header: Block = { hash: recordId(bytes), bytes }
      if (body && body[0]! >> 5 === LIST) {
        const block = blockOf(body)
        const key = String.fromCharCode(...block.hash)
        if (!bodies.has(key)) yield block
        bodies.add(key)
      }
      yield header
      if (signature) signatures.push([header.hash, signature])
      if (signatures.length < MAX_SIGNATURE_ITEMS) continue
      yield signatureBlock(signatures)
      signatures = []
    }
  }
  if (signatures.length > 0) yield signatureBlock(signatures)
}

function encodePart(part: Certificate | ForkProof | Branch): Bytes {
  switch (part.type) {
    case 'certificate':
      return encodeCertificate(part)
    case 'fork':
      return encodeFork(part)
    case 'branch':
      return encodeBranch(part)
  }
}

function signatureBlock(items: SignatureItem[]): Block {
  items.sort(([a], [b]) => compareBytes(a, b))
  return blockOf(encode({ type: 'signatures', items }))
}

function blockOf(bytes: Bytes): Block {
  return { hash: sha256(bytes), bytes }
}

function bookItem({ hash, bytes }: Block): BookItem | undefined {
  const major = bytes.length === 0 ? undefined : bytes[0]! >> 5
  if (major === LIST) return { type: 'body', hash, bytes }
  if (major !== MAP) throw new FormatError('book_block')
  if (bytes[1] === 0x61 && bytes[2] === 0x76) return headerItem(hash, bytes)
  const map = decode(bytes)
  if (!isMap(map) || typeof map['type'] !== 'string') throw new FormatError('book_block')
  switch (map['type']) {
    case 'signatures':
      return { type: 'signatures', items: signatureItems(map) }
    case 'certificate':
      return decodeCertificate(bytes)
    case 'fork':
      return decodeFork(bytes)
    case 'branch':
      return decodeBranch(bytes)
    default:
      return undefined
  }
}

function headerItem(id: Bytes, bytes: Bytes): BookItem | undefined {
  try {
    return { type: 'header', id, bytes, header: decodeHeader(bytes) }
  } catch (error) {
    if (error instanceof FormatError && error.reason === 'version_unknown') return undefined
    throw error
  }
}

function signatureItems(map: { [key: string]: Value }): SignatureItem[] {
  const { items } = map
  const isList = Array.isArray(items) && items.length >= 1 && items.length <= MAX_SIGNATURE_ITEMS
  if (!isList || Object.keys(map).length !== 2) throw new FormatError('book_signatures')
  const pairs = items.map((item): SignatureItem => {
    if (!Array.isArray(item) || item.length !== 2) throw new FormatError('book_signatures')
    const [id, signature] = item
    if (!(id instanceof Uint8Array) || id.length !== 32) throw new FormatError('book_signatures')
    if (!(signature instanceof Uint8Array) || signature.length !== 64) throw new FormatError('book_signatures')
    return [id, signature]
  })
  if (!areAscending(pairs.map(([id]) => id))) throw new FormatError('book_signatures')
  return pairs
}
