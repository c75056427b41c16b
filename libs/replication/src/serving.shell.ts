// Serving a peer: what it asks for is read from the store and sent as fast as it takes it, one request at a time.

import {
  decodeHeader,
  encodeBranch,
  encodeCertificate,
  encodeFork,
  PRIVATE_KIND,
  recordId,
  type StoredRecord,
  thinSignatures,
} from '#libs/record'
import type { Records } from '#libs/store'
import { frame } from './protocol/frames.js'
import { encodeMessage, type Range, type SentRun } from './protocol/messages.js'

/** About the bytes of one message; one run may go beyond it. */
const MESSAGE_BYTES = 262_144
/** The most that a run may take of a message. */
const RUN_BYTES = 900_000
/** Ranges that are read at the same time. */
const READ_AT_ONCE = 8

/** How a peer is written to. `send` is false when its buffer is full, `drained` waits until it is not. */
export interface Outlet {
  send(bytes: Uint8Array): boolean
  drained(): Promise<void>
  readonly isOpen: boolean
}

/**
 * Answers one request: runs in the order of its ranges, each after the first records of those whom it admits. `hasForks`:
 * the network has disputed logs; what records rest on there goes ahead of them, as branches.
 */
export async function serveRanges(
  records: Records,
  net: Uint8Array,
  ranges: readonly Range[],
  outlet: Outlet,
  message: (runs: SentRun[], last: boolean) => Uint8Array,
  hasForks: boolean,
): Promise<void> {
  let runs: SentRun[] = []
  let bytes = 0
  const flush = async (last: boolean) => {
    if (!outlet.isOpen) return
    if (!outlet.send(message(runs, last))) await outlet.drained()
    runs = []
    bytes = 0
  }
  for (let i = 0; i < ranges.length && outlet.isOpen; i += READ_AT_ONCE) {
    const some = ranges.slice(i, i + READ_AT_ONCE)
    const read = await Promise.all(some.map((range) => readRun(records, net, range)))
    for (const run of read) {
      if (run.records.length === 0) continue
      if (hasForks) await serveBranches(records, net, run.records, outlet)
      for (const sent of [...(await companionsOf(records, run)), run]) {
        const size = bytesOf(sent.records)
        if (bytes + size > RUN_BYTES) await flush(false)
        runs.push(sent)
        bytes += size
      }
      if (bytes >= MESSAGE_BYTES) await flush(false)
    }
  }
  await flush(true)
}

/** The ids that a log has at some places; places beyond it are left out. */
export async function readIds(
  records: Records,
  net: Uint8Array,
  author: Uint8Array,
  seqs: readonly number[],
): Promise<{ seq: number; id: Uint8Array }[]> {
  const read = await Promise.all(
    seqs.map(async (seq) => {
      const [record] = await records.readRange(net, author, seq, 1, 1)
      return record ? [{ seq, id: recordId(record.header) }] : []
    }),
  )
  return read.flat()
}

/** The newest certificates of some logs, in messages. */
export async function serveCertificates(
  records: Records,
  net: Uint8Array,
  authors: readonly Uint8Array[],
  outlet: Outlet,
): Promise<void> {
  const certificates: Uint8Array[] = []
  for (const author of authors) {
    certificates.push(...(await records.certificates(net, author)).map(encodeCertificate))
  }
  for (const part of parts(certificates)) {
    if (!outlet.isOpen) return
    if (!outlet.send(frame(encodeMessage('certificates', { certificates: part })))) await outlet.drained()
  }
}

/** All fork proofs of some logs, in messages. */
export async function serveForks(
  records: Records,
  net: Uint8Array,
  authors: readonly Uint8Array[],
  outlet: Outlet,
): Promise<void> {
  for (const author of authors) {
    for (const proofs of parts((await records.forks(net, author)).map(encodeFork))) {
      if (outlet.isOpen) outlet.send(frame(encodeMessage('forks', { proofs })))
    }
  }
}

/** The suspended records that some records name. */
async function serveBranches(
  records: Records,
  net: Uint8Array,
  resting: readonly StoredRecord[],
  outlet: Outlet,
): Promise<void> {
  const named = resting
    .map(({ header }) => decodeHeader(header))
    .flatMap(({ refs, subj }) => (subj ? [...refs, subj] : refs))
  const branches: Uint8Array[] = []
  for (const id of named) {
    const branch = await records.branch(net, id)
    if (branch) branches.push(encodeBranch(branch))
  }
  for (const part of parts(branches)) {
    if (outlet.isOpen) outlet.send(frame(encodeMessage('branches', { branches: part })))
  }
}

async function readRun(records: Records, net: Uint8Array, { author, from, count }: Range): Promise<SentRun> {
  const held = await records.readRange(net, author, from, count, MESSAGE_BYTES)
  return { author, from, records: thinSignatures(cutToFit(held)).map(withoutPrivateBody) }
}

async function companionsOf(records: Records, run: SentRun): Promise<SentRun[]> {
  const companions = await records.companions(run.records)
  return companions.map(({ author, records: first }) => ({ author, from: 0, records: first }))
}

/** A run that goes on to the next signed record may be too long for a message: it ends at an earlier signed one then. */
function cutToFit(records: StoredRecord[]): StoredRecord[] {
  let bytes = 0
  let end = 0
  for (const [i, record] of records.entries()) {
    bytes += bytesOf([record])
    if (bytes > RUN_BYTES) return records.slice(0, end)
    if (record.signature) end = i + 1
  }
  return records
}

/** A private body goes to the parties only, never to whoever asks for the log. */
function withoutPrivateBody(record: StoredRecord): StoredRecord {
  return record.body && decodeHeader(record.header).kind === PRIVATE_KIND ? { ...record, body: null } : record
}

function bytesOf(records: readonly StoredRecord[]): number {
  return records.reduce((sum, { header, body }) => sum + header.length + (body?.length ?? 0) + 80, 0)
}

function* parts(blocks: readonly Uint8Array[]): Generator<Uint8Array[]> {
  let part: Uint8Array[] = []
  let bytes = 0
  for (const block of blocks) {
    if (part.length > 0 && bytes + block.length > MESSAGE_BYTES) {
      yield part
      part = []
      bytes = 0
    }
    part.push(block)
    bytes += block.length + 5
  }
  if (part.length > 0) yield part
}
