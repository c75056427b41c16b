// Holds an implementation of the record format against the vectors. It is given the library as it stands on one set of
// primitives, so that both sets are held against the same cases.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { plainKinds } from './plain-kinds.js'
import type { BookItem, Certificate, EntryTree, Run, Value } from '#libs/record'

type Library = typeof import('#libs/record')
type Case = { name: string } & Record<string, unknown>

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const unhex = (text: unknown): Uint8Array => new Uint8Array(Buffer.from(String(text), 'hex'))
const unhexAll = (list: unknown): Uint8Array[] => (list as string[]).map(unhex)
const joinParts = (parts: unknown): Uint8Array =>
  unhex((parts as [string, number][]).map(([part, times]) => part.repeat(times)).join(''))

/** A vector file: each section is a list of cases. */
export function readVectors(name: string): Record<string, Case[]> {
  const path = join(process.cwd(), 'test', 'vectors', `${name}.json`)
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, Case[]>
}

/** One jest test for each case of a section. */
function eachOf(file: string, section: string, check: (one: Case) => void | Promise<void>): void {
  const cases = readVectors(file)[section]
  if (!cases || cases.length === 0) throw new Error(`${file}.json has no ${section}`)
  it.each(cases)(`${section}: $name`, check)
}

/** Declares the tests of every vector file. */
export function checkVectors(record: Library): void {
  describe('values', () => checkValues(record))
  describe('text form', () => checkText(record))
  describe('bodies', () => checkBodies(record))
  describe('headers', () => checkHeaders(record))
  describe('signatures', () => checkSignatures(record))
  describe('runs', () => checkRuns(record))
  describe('forks and branches', () => checkForks(record))
  describe('entries', () => checkEntries(record))
  describe('attestations', () => checkAttestations(record))
  describe('certificates', () => checkCertificates(record))
  describe('conflicts and proofs of finality', () => checkProofs(record))
  describe('hellos and statements', () => checkStatements(record))
  describe('loan books', () => checkBooks(record))
}

function reasonOf(record: Library, act: () => unknown): string | undefined {
  try {
    act()
  } catch (error) {
    if (error instanceof record.FormatError) return error.reason
    throw error
  }
  return undefined
}

/** The value that JSON stands for: bytes are {"$bytes": hex}. */
function fromJson(json: unknown): Value {
  if (Array.isArray(json)) return json.map(fromJson)
  if (typeof json !== 'object' || json === null) return json as Value
  const entries = Object.entries(json)
  if (entries.length === 1 && entries[0]![0] === '$bytes') return unhex(entries[0]![1])
  return Object.fromEntries(entries.map(([key, item]) => [key, fromJson(item)]))
}

function checkValues(record: Library): void {
  eachOf('values', 'valid', (one) => {
    const value = fromJson(one['value'])
    expect(hex(record.encode(value))).toBe(one['hex'])
    expect(record.decode(unhex(one['hex']))).toEqual(value)
  })
  eachOf('values', 'invalid', (one) => {
    expect(reasonOf(record, () => record.decode(unhex(one['hex'])))).toBe(one['reason'])
  })
}

function checkText(record: Library): void {
  eachOf('text-form', 'valid', (one) => {
    expect(record.toText(unhex(one['hex']))).toBe(one['text'])
    expect(hex(record.fromText(String(one['text'])))).toBe(one['hex'])
  })
  eachOf('text-form', 'invalid', (one) => {
    expect(reasonOf(record, () => record.fromText(String(one['text'])))).toBe(one['reason'])
  })
}

function checkBodies(record: Library): void {
  eachOf('bodies', 'valid', (one) => {
    const block = joinParts(one['parts'])
    const { salt, kind, body } = record.decodeBody(block, one['vis'] as 0 | 1)
    expect(hex(salt)).toBe(one['salt'])
    expect(kind).toBe(one['kind'])
    if ('body' in one) expect(body).toEqual(fromJson(one['body']))
    expect(hex(record.encodeBody(salt, body, kind))).toBe(hex(block))
  })
  eachOf('bodies', 'invalid', (one) => {
    const vis = one['vis'] as 0 | 1
    expect(reasonOf(record, () => record.decodeBody(joinParts(one['parts']), vis))).toBe(one['reason'])
  })
}

function checkHeaders(record: Library): void {
  eachOf('headers', 'valid', (one) => {
    const bytes = unhex(one['hex'])
    const header = record.decodeHeader(bytes)
    expect(header).toEqual(fromJson(one['fields']))
    expect(header).toEqual(record.decode(bytes))
    expect(hex(record.encodeHeader(header))).toBe(one['hex'])
    expect(hex(record.recordId(bytes))).toBe(one['id'])
  })
  eachOf('headers', 'invalid', (one) => {
    expect(reasonOf(record, () => record.decodeHeader(unhex(one['hex'])))).toBe(one['reason'])
  })
}

function checkSignatures(record: Library): void {
  eachOf('signatures', 'hashes', (one) => expect(hex(record.sha256(unhex(one['hex'])))).toBe(one['sha256']))
  eachOf('signatures', 'keys', (one) => {
    const { publicKey, secretKey } = record.keyPairFromSeed(unhex(one['seed']))
    expect(hex(publicKey)).toBe(one['publicKey'])
    expect(hex(secretKey)).toBe(`${String(one['seed'])}${String(one['publicKey'])}`)
  })
  eachOf('signatures', 'signed', (one) => {
    const { publicKey, secretKey } = record.keyPairFromSeed(unhex(one['seed']))
    const message = unhex(one['message'])
    expect(hex(record.sign(message, secretKey))).toBe(one['signature'])
    expect(record.verify(unhex(one['signature']), message, publicKey)).toBe(true)
  })
  eachOf('signatures', 'verified', (one) => {
    const counts = record.verify(unhex(one['signature']), unhex(one['message']), unhex(one['publicKey']))
    expect(counts).toBe(one['valid'])
  })
  eachOf('signatures', 'records', (one) => {
    const header = unhex(one['header'])
    expect(hex(record.recordMessage(header))).toBe(one['message'])
    expect(record.verifyHeader(unhex(one['signature']), header, unhex(one['publicKey']))).toBe(true)
  })
}

function checkRuns(record: Library): void {
  eachOf('runs', 'cases', (one) => {
    const records = (one['records'] as Record<string, string | null>[]).map(({ header, signature, body }) => ({
      header: unhex(header),
      signature: signature === null ? null : unhex(signature),
      body: body === null ? null : unhex(body),
    }))
    const run: Run = { net: unhex(one['net']), author: unhex(one['author']), records }
    const after = one['after'] as { seq: number; id: string; at: number } | undefined
    const check = record.checkRun(run, after && { ...after, id: unhex(after.id) })
    expect(check.ok ? { ok: true, ids: check.records.map(({ id }) => hex(id)) } : check).toEqual(one['check'])
  })
}

function checkForks(record: Library): void {
  const bare = (check: { ok: true; author: Uint8Array; seq: number } | { ok: false; reason: string }) =>
    check.ok ? { ...check, author: hex(check.author) } : check
  eachOf('forks', 'cases', (one) => {
    const proof = record.decodeFork(unhex(one['hex']))
    expect(bare(record.checkFork(proof, unhex(one['net'])))).toEqual(one['check'])
    expect(hex(record.encodeFork(proof))).toBe(one['hex'])
  })
  eachOf('forks', 'malformed', (one) => {
    expect(reasonOf(record, () => record.decodeFork(unhex(one['hex'])))).toBe(one['reason'])
  })
  eachOf('branches', 'cases', (one) => {
    const branch = record.decodeBranch(unhex(one['hex']))
    expect(bare(record.checkBranch(branch, unhex(one['net'])))).toEqual(one['check'])
    expect(hex(record.encodeBranch(branch))).toBe(one['hex'])
  })
  eachOf('branches', 'malformed', (one) => {
    expect(reasonOf(record, () => record.decodeBranch(unhex(one['hex'])))).toBe(one['reason'])
  })
}

function checkEntries(record: Library): void {
  eachOf('entries', 'valid', (one) => {
    const { hex: text, name: _, author, head, ...rest } = one
    const entry = record.decodeEntry(unhex(text))
    expect(entry).toEqual({ ...rest, author: unhex(author), head: unhex(head) })
    expect(hex(record.encodeEntry(entry))).toBe(text)
  })
  eachOf('entries', 'invalid', (one) => {
    expect(reasonOf(record, () => record.decodeEntry(unhex(one['hex'])))).toBe(one['reason'])
  })
  eachOf('entry-trees', 'cases', (one) => {
    const entries = unhexAll(one['entries']).map(record.decodeEntry)
    const tree = new record.EntryTree(entries)
    expect(hex(tree.root())).toBe(one['root'])
    for (const { prefix, ...expected } of one['prefixes'] as ({ prefix: number[] } & Record<string, unknown>)[]) {
      expect(setAt(tree, prefix)).toEqual(expected)
    }
    expect([...tree].map((entry) => hex(record.encodeEntry(entry)))).toEqual(one['entries'])
  })
}

function setAt(tree: EntryTree, prefix: number[]): unknown {
  const { bitmap, hashes } = tree.childrenAt(prefix)
  return { count: tree.countAt(prefix), hash: hex(tree.hashAt(prefix)), bitmap, hashes: hashes.map(hex) }
}

function checkAttestations(record: Library): void {
  eachOf('attestations', 'leaves', (one) => {
    const head = { author: unhex(one['author']), seq: Number(one['seq']), id: unhex(one['id']) }
    expect(hex(record.attestationLeaf(head))).toBe(one['hex'])
  })
  eachOf('attestations', 'trees', (one) => {
    const leaves = unhexAll(one['leaves'])
    expect(hex(record.attestationRoot(leaves))).toBe(one['root'])
    for (const [index, path] of (one['paths'] as string[][]).entries()) {
      expect(record.attestationPath(leaves, index).map(hex)).toEqual(path)
      expect(hex(record.rootFromPath(leaves[index]!, index, leaves.length, unhexAll(path)))).toBe(one['root'])
    }
  })
  eachOf('attestations', 'messages', (one) => {
    const statement = {
      net: unhex(one['net']),
      cfg: unhex(one['cfg']),
      atMs: Number(one['atMs']),
      root: unhex(one['root']),
    }
    const { publicKey, secretKey } = record.keyPairFromSeed(unhex(one['seed']))
    expect(hex(record.attestationMessage(statement))).toBe(one['message'])
    expect(hex(record.signAttestation(statement, secretKey))).toBe(one['signature'])
    expect(record.verifyAttestation(unhex(one['signature']), statement, publicKey)).toBe(true)
  })
}

function checkCertificates(record: Library): void {
  eachOf('certificates', 'cases', (one) => {
    const certificate: Certificate = record.decodeCertificate(unhex(one['hex']))
    const context = { net: unhex(one['net']), witnesses: unhexAll(one['witnesses']), quorum: Number(one['quorum']) }
    expect(record.checkCertificate(certificate, context)).toEqual(one['check'])
    expect(hex(record.encodeCertificate(certificate))).toBe(one['hex'])
  })
  eachOf('certificates', 'malformed', (one) => {
    expect(reasonOf(record, () => record.decodeCertificate(unhex(one['hex'])))).toBe(one['reason'])
  })
}

function checkProofs(record: Library): void {
  eachOf('conflicts', 'cases', (one) => {
    const conflict = record.decodeConflict(unhex(one['hex']))
    const context = { witnesses: unhexAll(one['witnesses']), quorum: Number(one['quorum']) }
    const check = record.checkConflict(conflict, unhex(one['net']), () => context)
    const shown = check.ok ? { ...check, author: hex(check.author), witnesses: check.witnesses.map(hex) } : check
    expect(shown).toEqual(one['check'])
    expect(hex(record.encodeConflict(conflict))).toBe(one['hex'])
  })
  eachOf('conflicts', 'malformed', (one) => {
    expect(reasonOf(record, () => record.decodeConflict(unhex(one['hex'])))).toBe(one['reason'])
  })
  eachOf('finality-proofs', 'cases', (one) => {
    const proof = record.decodeFinality(unhex(one['hex']))
    const check = record.checkFinality(proof, plainKinds)
    const shown = check.ok
      ? { ok: true, record: hex(check.record.id), rests: check.rests, cfg: hex(check.cfg) }
      : { ok: false, reason: check.reason }
    expect(shown).toEqual(one['check'])
    expect(hex(record.encodeFinality(proof))).toBe(one['hex'])
  })
  eachOf('finality-proofs', 'malformed', (one) => {
    expect(reasonOf(record, () => record.decodeFinality(unhex(one['hex'])))).toBe(one['reason'])
  })
}

function checkStatements(record: Library): void {
  const signedBy = (one: Case, message: Uint8Array) => {
    expect(hex(message)).toBe(one['message'])
    expect(hex(record.sign(message, record.keyPairFromSeed(unhex(one['seed'])).secretKey))).toBe(one['signature'])
  }
  eachOf('hellos', 'cases', (one) => {
    const role = one['role'] as 'initiator' | 'responder'
    const [net, handshakeHash, noiseKey] = [one['net'], one['handshakeHash'], one['noiseKey']].map(unhex)
    const statement = { net: net!, handshakeHash: handshakeHash!, noiseKey: noiseKey!, role }
    signedBy(one, record.helloMessage(statement))
    const { publicKey } = record.keyPairFromSeed(unhex(one['seed']))
    expect(record.verifyHello(unhex(one['signature']), statement, publicKey)).toBe(true)
  })
  const keysOf = (one: Case) => ({
    net: unhex(one['net']),
    oldKey: unhex(one['oldKey']),
    newKey: unhex(one['newKey']),
  })
  eachOf('witness-statements', 'freeze', (one) => signedBy(one, record.freezeMessage(keysOf(one))))
  eachOf('witness-statements', 'frozen', (one) => {
    const attested = one['attested'] as { seq: number; id: string } | null
    const statement = { ...keysOf(one), attested: attested && { seq: attested.seq, id: unhex(attested.id) } }
    signedBy(one, record.frozenMessage(statement))
  })
  eachOf('witness-statements', 'stopped', (one) => {
    const root = record.attestationRoot(unhexAll(one['leaves']))
    signedBy(one, record.stoppedMessage({ net: unhex(one['net']), amendment: unhex(one['amendment']), root }))
  })
}

function checkBooks(record: Library): void {
  const read = async (car: Uint8Array): Promise<{ items: unknown[] } | { reason: string }> => {
    const items: unknown[] = []
    try {
      for await (const item of record.importCar(inChunks(car))) items.push(itemToJson(record, item))
      return { items }
    } catch (error) {
      if (error instanceof record.FormatError) return { reason: error.reason }
      throw error
    }
  }
  eachOf('loan-books', 'valid', async (one) => {
    expect(await read(unhex(one['hex']))).toEqual({ items: one['items'] })
  })
  eachOf('loan-books', 'invalid', async (one) => {
    expect(await read(unhex(one['hex']))).toEqual({ reason: one['reason'] })
  })
}

/** The bytes in chunks that cut blocks anywhere. */
export async function* inChunks(bytes: Uint8Array, size = 61): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** What an import yielded, as JSON. */
export function itemToJson(record: Library, item: BookItem): unknown {
  switch (item.type) {
    case 'roots':
      return { type: item.type, ids: item.ids.map(hex) }
    case 'header':
      return { type: item.type, id: hex(item.id), hex: hex(item.bytes) }
    case 'body':
      return { type: item.type, hash: hex(item.hash), hex: hex(item.bytes) }
    case 'signatures':
      return { type: item.type, items: item.items.map((pair) => pair.map(hex)) }
    case 'certificate':
      return { type: item.type, hex: hex(record.encodeCertificate(item)) }
    case 'fork':
      return { type: item.type, hex: hex(record.encodeFork(item)) }
    case 'branch':
      return { type: item.type, hex: hex(record.encodeBranch(item)) }
  }
}
