// The messages of the protocol, their numbers and their bytes: the one place that knows them. The list is append-only: a
// number is never used again and a field never changes. Unknown numbers are ignored, so that newer nodes may say more.

import {
  decodeEntry,
  encodeEntry,
  ENTRY_BYTES,
  PackedRun,
  readRecord,
  WireError,
  WireReader,
  WireWriter,
  writeRecord,
  ZERO_32,
} from '#libs/record'
import {
  type AttestationBatch,
  type AttestedTree,
  type BriefEntry,
  type Heard,
  type MessageName,
  type Messages,
  PROTOCOL_VERSION,
  type SentRun,
  type Standing,
  type WalkStep,
} from './message-types.js'

interface Codec<Said, Heard> {
  write(writer: WireWriter, message: Said): void
  read(reader: WireReader): Heard
}

/** A hash of the tree of entries, as walks tell it. */
export const TAG_BYTES = 16

const MAX_RANGES = 256
/** Relays that one message tells of. */
export const MAX_RELAYS = 16
const MAX_ITEMS = 16_384
const MAX_HEADS = 4_096
const MAX_RECORDS = 4_096
const STANDINGS: readonly Standing[] = ['stranger', 'newcomer', 'admitted', 'member', 'refused']
const STEPS = ['root', 'children', 'list', 'answer', 'brief'] as const

/** Each message's number, and how it is written and read. */
export const CODECS: {
  readonly [Name in MessageName]: Codec<Messages[Name], Heard[Name]> & { readonly number: number }
} = {
  hello: {
    number: 0,
    write: (to, { version, net, as, key, genesis, signature }) =>
      to
        .uint(version)
        .fixed(net)
        .uint(as === 'member' ? 0 : 1)
        .fixed(key)
        .fixed(genesis)
        .fixed(signature),
    read: (from) => {
      const version = from.uint()
      if (version !== PROTOCOL_VERSION) throw new WireError('version_unknown')
      const net = from.fixed(32)
      const as = choice(from, ['member', 'invite'] as const)
      return { version, net, as, key: from.fixed(32), genesis: from.fixed(32), signature: from.fixed(64) }
    },
  },
  standing: {
    number: 1,
    write: (to, { standing, reason }) => to.uint(STANDINGS.indexOf(standing)).text(reason),
    read: (from) => ({ standing: choice(from, STANDINGS), reason: from.text() }),
  },
  offer: {
    number: 2,
    write: (to, { record }) => writeRecord(to, record),
    read: (from) => ({ record: readRecord(from) }),
  },
  walk: {
    number: 3,
    write: (to, { steps }) => to.list(steps, (step) => writeStep(to, step)),
    read: (from) => ({ steps: from.list(MAX_ITEMS, () => readStep(from)) }),
  },
  announce: {
    number: 4,
    write: (to, { claims }) => to.list(claims, ({ author, length, head }) => to.fixed(author).uint(length).fixed(head)),
    read: (from) => ({
      claims: from.list(MAX_ITEMS, () => ({ author: from.fixed(32), length: from.uint(), head: from.fixed(32) })),
    }),
  },
  want: {
    number: 5,
    write: (to, { request, ranges }) =>
      to.uint(request).list(ranges, ({ author, from, count }) => to.fixed(author).uint(from).uint(count)),
    read: (from) => ({
      request: from.uint(),
      ranges: from.list(MAX_RANGES, () => ({ author: from.fixed(32), from: from.uint(), count: from.uint() })),
    }),
  },
  records: {
    number: 6,
    write: (to, { request, last, runs }) =>
      to
        .uint(request)
        .uint(last ? 1 : 0)
        .list(runs, (run) => writeRun(to, run)),
    read: (from) => ({
      request: from.uint(),
      last: choice(from, [false, true] as const),
      runs: from.list(MAX_RECORDS, () => PackedRun.read(from, MAX_RECORDS)),
    }),
  },
  push: {
    number: 7,
    write: (to, { runs }) => to.list(runs, (run) => writeRun(to, run)),
    read: (from) => ({ runs: from.list(MAX_RECORDS, () => PackedRun.read(from, MAX_RECORDS)) }),
  },
  forks: {
    number: 8,
    write: (to, { proofs }) => to.list(proofs, (proof) => to.block(proof)),
    read: (from) => ({ proofs: from.list(MAX_RANGES, () => from.block()) }),
  },
  certificatesWanted: {
    number: 9,
    write: (to, { authors }) => to.list(authors, (author) => to.fixed(author)),
    read: (from) => ({ authors: from.list(MAX_ITEMS, () => from.fixed(32)) }),
  },
  certificates: {
    number: 10,
    write: (to, { certificates }) => to.list(certificates, (certificate) => to.block(certificate)),
    read: (from) => ({ certificates: from.list(MAX_ITEMS, () => from.block()) }),
  },
  attestation: {
    number: 11,
    write: (to, { cfg, witness, atMs, heads, signature }) =>
      writeHeads(to.fixed(cfg).fixed(witness).uint(atMs), heads).fixed(signature),
    read: (from) => ({
      cfg: from.fixed(32),
      witness: from.fixed(32),
      atMs: from.uint(),
      heads: readHeads(from, MAX_HEADS),
      signature: from.fixed(64),
    }),
  },
  idsWanted: {
    number: 12,
    write: (to, { author, seqs }) => to.fixed(author).list(seqs, (seq) => to.uint(seq)),
    read: (from) => ({ author: from.fixed(32), seqs: from.list(MAX_RANGES, () => from.uint()) }),
  },
  ids: {
    number: 13,
    write: (to, { author, ids }) => to.fixed(author).list(ids, ({ seq, id }) => to.uint(seq).fixed(id)),
    read: (from) => ({
      author: from.fixed(32),
      ids: from.list(MAX_RANGES, () => ({ seq: from.uint(), id: from.fixed(32) })),
    }),
  },
  ping: { number: 14, write: (to, { nonce }) => to.uint(nonce), read: (from) => ({ nonce: from.uint() }) },
  pong: { number: 15, write: (to, { nonce }) => to.uint(nonce), read: (from) => ({ nonce: from.uint() }) },
  bye: { number: 16, write: (to, { reason }) => to.text(reason), read: (from) => ({ reason: from.text() }) },
  stopped: {
    number: 17,
    write: (to, { amendment, witness, heads, signature }) =>
      writeHeads(to.fixed(amendment).fixed(witness), heads).fixed(signature),
    read: (from) => ({
      amendment: from.fixed(32),
      witness: from.fixed(32),
      heads: readHeads(from, MAX_ITEMS),
      signature: from.fixed(64),
    }),
  },
  branches: {
    number: 18,
    write: (to, { branches }) => to.list(branches, (branch) => to.block(branch)),
    read: (from) => ({ branches: from.list(MAX_RANGES, () => from.block()) }),
  },
  relays: {
    number: 19,
    write: (to, { keys }) => to.list(keys, (key) => to.fixed(key)),
    read: (from) => ({ keys: from.list(MAX_RELAYS, () => from.fixed(32)) }),
  },
  freeze: {
    number: 20,
    write: (to, { oldKey, newKey, signature }) => to.fixed(oldKey).fixed(newKey).fixed(signature),
    read: (from) => ({ oldKey: from.fixed(32), newKey: from.fixed(32), signature: from.fixed(64) }),
  },
  frozen: {
    number: 21,
    write: (to, { oldKey, newKey, witness, attested, signature }) =>
      to
        .fixed(oldKey)
        .fixed(newKey)
        .fixed(witness)
        .uint(attested ? attested.seq + 1 : 0)
        .fixed(attested?.id ?? ZERO_32)
        .fixed(signature),
    read: (from) => {
      const keys = { oldKey: from.fixed(32), newKey: from.fixed(32), witness: from.fixed(32) }
      const [length, id] = [from.uint(), from.fixed(32)]
      return { ...keys, attested: length === 0 ? null : { seq: length - 1, id }, signature: from.fixed(64) }
    },
  },
  conflicts: {
    number: 22,
    write: (to, { conflicts }) => to.list(conflicts, (conflict) => to.block(conflict)),
    read: (from) => ({ conflicts: from.list(MAX_RANGES, () => from.block()) }),
  },
  certified: {
    number: 23,
    write: (to, { cfg, heads, trees }) => writeHeads(to.fixed(cfg), heads).list(trees, (tree) => writeTree(to, tree)),
    read: (from) => ({
      cfg: from.fixed(32),
      heads: readHeads(from, MAX_HEADS),
      trees: from.list(MAX_ITEMS, () => readTree(from)),
    }),
  },
  recall: {
    number: 24,
    write: (to, { oldKey, newKey }) => to.fixed(oldKey).fixed(newKey),
    read: (from) => ({ oldKey: from.fixed(32), newKey: from.fixed(32) }),
  },
  recalled: {
    number: 25,
    write: (to, { oldKey, newKey, cfg, isKnown }) =>
      to
        .fixed(oldKey)
        .fixed(newKey)
        .fixed(cfg)
        .uint(isKnown ? 1 : 0),
    read: (from) => ({
      ...{ oldKey: from.fixed(32), newKey: from.fixed(32), cfg: from.fixed(32) },
      isKnown: choice(from, [false, true]),
    }),
  },
}

function choice<T>(from: WireReader, choices: readonly T[]): T {
  const index = from.uint()
  if (index >= choices.length) throw new WireError('choice_unknown')
  return choices[index]!
}

function writeRun(to: WireWriter, run: SentRun): void {
  if (run instanceof PackedRun) run.write(to)
  else PackedRun.of(run.author, run.from, run.records).write(to)
}

function writeHeads(to: WireWriter, heads: AttestationBatch['heads']): WireWriter {
  return to.list(heads, ({ author, seq, id }) => to.fixed(author).uint(seq).fixed(id))
}

function readHeads(from: WireReader, most: number): AttestationBatch['heads'] {
  return from.list(most, () => ({ author: from.fixed(32), seq: from.uint(), id: from.fixed(32) }))
}

/** Numbers that ascend, each by what is between it and the one before. */
function writeTree(to: WireWriter, { witness, atMs, size, signature, leaves, hashes }: AttestedTree): void {
  let before = { head: -1, index: -1 }
  to.fixed(witness).uint(atMs).uint(size).fixed(signature)
  to.list(leaves, (leaf) => {
    to.uint(leaf.head - before.head - 1).uint(leaf.index - before.index - 1)
    before = leaf
  })
  to.list(hashes, (hash) => to.fixed(hash))
}

function readTree(from: WireReader): AttestedTree {
  let before = { head: -1, index: -1 }
  return {
    witness: from.fixed(32),
    atMs: from.uint(),
    size: from.uint(),
    signature: from.fixed(64),
    leaves: from.list(MAX_HEADS, () => {
      before = { head: before.head + 1 + from.uint(), index: before.index + 1 + from.uint() }
      return before
    }),
    hashes: from.list(MAX_ITEMS, () => from.fixed(32)),
  }
}

function writeStep(to: WireWriter, step: WalkStep): void {
  to.uint(STEPS.indexOf(step.kind))
  if (step.kind === 'root') {
    to.fixed(step.hash)
    return
  }
  to.list(step.prefix, (nibble) => to.uint(nibble))
  if (step.kind === 'children') {
    to.uint(step.bitmap)
    for (const tag of step.tags) to.fixed(tag)
  } else if (step.kind === 'brief') {
    to.list(step.entries, ({ author, length, finalLength, forked }) =>
      to
        .fixed(author)
        .uint(length)
        .uint(finalLength)
        .uint(forked ? 1 : 0),
    )
  } else {
    to.list(step.entries, (entry) => to.fixed(encodeEntry(entry)))
  }
}

function readStep(from: WireReader): WalkStep {
  const kind = choice(from, STEPS)
  if (kind === 'root') return { kind, hash: from.fixed(32) }
  const prefix = from.list(64, () => from.uint())
  if (prefix.some((nibble) => nibble > 15)) throw new WireError('walk_prefix')
  if (kind === 'brief') return { kind, prefix, entries: from.list(MAX_ITEMS, () => readBrief(from)) }
  if (kind !== 'children') {
    return { kind, prefix, entries: from.list(MAX_ITEMS, () => decodeEntry(from.fixed(ENTRY_BYTES))) }
  }
  const bitmap = from.uint()
  if (bitmap > 0xffff || prefix.length > 63) throw new WireError('walk_children')
  const tags: Uint8Array[] = []
  for (let bits = bitmap; bits > 0; bits &= bits - 1) tags.push(from.fixed(TAG_BYTES))
  return { kind, prefix, bitmap, tags }
}

function readBrief(from: WireReader): BriefEntry {
  const entry = { author: from.fixed(32), length: from.uint(), finalLength: from.uint() }
  if (entry.length === 0 || entry.finalLength > entry.length) throw new WireError('walk_entries')
  return { ...entry, forked: choice(from, [false, true] as const) }
}
