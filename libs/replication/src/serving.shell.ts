// Serving a peer: what it asks for is read from the store and sent as fast as it takes it, one request at a time.

import { decodeHeader, encodeBranch, encodeFork, PackedRun, recordId, type StoredRecord } from '#libs/record'
import type { Records } from '#libs/store'
import { certifiedHeads } from './protocol/certified.js'
import { frame } from './protocol/frames.js'
import { encodeMessage, type Range } from './protocol/messages.js'

/** About the bytes of one message; one run may go beyond it. */
export const MESSAGE_BYTES = 262_144
/** The most that a run may take of a message. */
const RUN_BYTES = 900_000
/** About the records that are read at the same time. */
const RECORDS_AT_ONCE = 1_024

/** How a peer is written to. `send` is false when its buffer is full, `drained` waits until it is not. */
export interface Outlet {
  /** About the bytes of one message, of which one run may take more: fewer where it would be long on its way. */
  readonly messageBytes: number
  /** Resolves when so many bytes of records may leave: nodes serve no more in a second than they are set to. */
  turn(bytes: number): Promise<void>
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
  message: (runs: PackedRun[], last: boolean) => Uint8Array,
  hasForks: boolean,
): Promise<void> {
  let runs: PackedRun[] = []
  let bytes = 0
  const flush = async (last: boolean) => {
    if (!outlet.isOpen) return
    const bytesOut = message(runs, last)
    await outlet.turn(bytesOut.length)
    if (!outlet.send(bytesOut)) await outlet.drained()
    runs = []
    bytes = 0
  }
  for (const some of groupsOf(ranges)) {
    if (!outlet.isOpen) return
    for (const { run, admits } of await records.readStretches(net, some, {
      bytes: MESSAGE_BYTES,
      mostBytes: RUN_BYTES,
    })) {
      if (run.count === 0) continue
      if (hasForks) await serveBranches(records, net, run.records, outlet)
      for (const sent of [...(admits ? await companionsOf(records, run) : []), run]) {
        if (bytes + sent.bytes.length > RUN_BYTES) await flush(false)
        runs.push(sent)
        bytes += sent.bytes.length
      }
      if (bytes >= outlet.messageBytes) await flush(false)
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
  for (const heads of certifiedHeads(await records.certificatesOf(net, authors))) {
    if (!outlet.isOpen) return
    if (!outlet.send(frame(encodeMessage('certified', heads)))) await outlet.drained()
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

/** The suspended records that some records name, and those that let in a log which begins with one of them. */
async function serveBranches(
  records: Records,
  net: Uint8Array,
  resting: readonly StoredRecord[],
  outlet: Outlet,
): Promise<void> {
  const named = resting
    .map(({ header }) => decodeHeader(header))
    .flatMap(({ refs, subj }) => (subj ? [...refs, subj] : refs))
  const first = resting.find(({ header }) => decodeHeader(header).seq === 0)
  const admissions = first ? await records.admissionsAside(net, [recordId(first.header)]) : []
  const branches: Uint8Array[] = []
  for (const id of [...admissions, ...named]) {
    const branch = await records.branch(net, id)
    if (branch) branches.push(encodeBranch(branch))
  }
  for (const part of parts(branches)) {
    if (outlet.isOpen) outlet.send(frame(encodeMessage('branches', { branches: part })))
  }
}

async function companionsOf(records: Records, run: PackedRun): Promise<PackedRun[]> {
  const companions = await records.companions(run.records)
  return companions.map(({ author, records: first }) => PackedRun.of(author, 0, first))
}

/** Ranges in groups that are read together. */
function* groupsOf(ranges: readonly Range[]): Generator<Range[]> {
  let group: Range[] = []
  let records = 0
  for (const range of ranges) {
    group.push(range)
    records += range.count
    if (records < RECORDS_AT_ONCE) continue
    yield group
    group = []
    records = 0
  }
  if (group.length > 0) yield group
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
