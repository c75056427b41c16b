// The messages of the protocol, their numbers and their bytes: the one place that knows them. The list is append-only: a
// number is never used again and a field never changes. Unknown numbers are ignored, so that newer nodes may say more.

import {
  decodeEntry,
  encodeEntry,
  type Entry,
  ENTRY_BYTES,
  PackedRun,
  readRecord,
  type StoredRecord,
  WireError,
  WireReader,
  WireWriter,
  writeRecord,
  ZERO_32,
} from '#libs/record'

/** The protocol's version. A node says a clear goodbye to one that speaks another. */
export const PROTOCOL_VERSION = 1

/** Records of one log, consecutive from a seq on, as they are written. What is read is a PackedRun. */
export interface SentRun {
  readonly author: Uint8Array
  readonly from: number
  readonly records: readonly StoredRecord[]
}

/** How many records a run has. */
export const lengthOf = (run: SentRun): number => (run instanceof PackedRun ? run.count : run.records.length)

/** Records of one log that are asked for: `count` from seq `from` on. */
export interface Range {
  author: Uint8Array
  from: number
  count: number
}

/** What a peer says it holds of a log. */
export interface Claim {
  author: Uint8Array
  length: number
  head: Uint8Array
}

/** One part of a walk along the tree of entries; `prefix` is a list of nibbles. */
export type WalkStep =
  | { kind: 'root'; hash: Uint8Array }
  /** Bit i of `bitmap`: the child with nibble i has entries; `tags` of those, lowest first (see `tagOf`). */
  | { kind: 'children'; prefix: number[]; bitmap: number; tags: Uint8Array[] }
  /** All entries under a prefix; wants an answer. */
  | { kind: 'list'; prefix: number[]; entries: Entry[] }
  /** Entries under a prefix that the other side lacks or has otherwise; ends the walk there. */
  | { kind: 'answer'; prefix: number[]; entries: Entry[] }

export type Standing = 'stranger' | 'newcomer' | 'admitted' | 'member' | 'refused'

/** A witness's signature over the heads of a few milliseconds, with all of them. */
export interface AttestationBatch {
  cfg: Uint8Array
  witness: Uint8Array
  atMs: number
  /** Ascending by author, 1 to 4,096. */
  heads: { author: Uint8Array; seq: number; id: Uint8Array }[]
  signature: Uint8Array
}

/** A witness's last word under a configuration: it attested an amendment and stops. `heads` is all that it attested last. */
export interface StoppedNotice {
  amendment: Uint8Array
  witness: Uint8Array
  heads: { author: Uint8Array; seq: number; id: Uint8Array }[]
  signature: Uint8Array
}

/** A new key asks witnesses to stop attesting the log that it is to continue. */
export interface FreezeRequest {
  oldKey: Uint8Array
  newKey: Uint8Array
  signature: Uint8Array
}

/** A witness's answer: it attests nothing more of the old log, and the highest record that it attested. */
export interface FrozenNotice {
  oldKey: Uint8Array
  newKey: Uint8Array
  witness: Uint8Array
  attested: { seq: number; id: Uint8Array } | null
  signature: Uint8Array
}

/** What makes the round beside records, each once: of `conflicts` the blocks. */
export type Gossip =
  | ({ name: 'freeze' } & FreezeRequest)
  | ({ name: 'frozen' } & FrozenNotice)
  | { name: 'conflicts'; conflicts: Uint8Array[] }

/** Every message by name, as it is said. */
export interface Messages {
  hello: {
    version: number
    net: Uint8Array
    as: 'member' | 'invite'
    key: Uint8Array
    /** Author of the network's genesis record, where a node that holds nothing begins; 32 zero bytes if unknown. */
    genesis: Uint8Array
    signature: Uint8Array
  }
  /** What the other side is to the speaker. `reason` is a refusal's name or empty. */
  standing: { standing: Standing; reason: string }
  offer: { record: StoredRecord }
  walk: { steps: WalkStep[] }
  announce: { claims: Claim[] }
  want: { request: number; ranges: Range[] }
  /** `last`: nothing more comes for this request; ranges that got no run are not held. */
  records: { request: number; last: boolean; runs: readonly SentRun[] }
  push: { runs: readonly SentRun[] }
  forks: { proofs: Uint8Array[] }
  certificatesWanted: { authors: Uint8Array[] }
  certificates: { certificates: Uint8Array[] }
  attestation: AttestationBatch
  idsWanted: { author: Uint8Array; seqs: number[] }
  ids: { author: Uint8Array; ids: { seq: number; id: Uint8Array }[] }
  ping: { nonce: number }
  pong: { nonce: number }
  bye: { reason: string }
  stopped: StoppedNotice
  /** Suspended records that records of other logs rest on. */
  branches: { branches: Uint8Array[] }
  /** Relays on offer, by their keys: the speaker's own first, then those that it heard of. */
  relays: { keys: Uint8Array[] }
  freeze: FreezeRequest
  frozen: FrozenNotice
  /** Evidence that two heads of one log were both certified. */
  conflicts: { conflicts: Uint8Array[] }
}

/** Every message by name, as it is heard: runs stay packed. */
export interface Heard extends Omit<Messages, 'records' | 'push'> {
  records: { request: number; last: boolean; runs: PackedRun[] }
  push: { runs: PackedRun[] }
}

export type MessageName = keyof Messages
/** A message that was heard, with its name. */
export type ProtocolMessage = { [Name in MessageName]: { name: Name } & Heard[Name] }[MessageName]

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
const STEPS = ['root', 'children', 'list', 'answer'] as const

const CODECS: { readonly [Name in MessageName]: Codec<Messages[Name], Heard[Name]> & { readonly number: number } } = {
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
}

const NAME_OF = new Map<number, MessageName>(
  Object.entries(CODECS).map(([name, { number }]) => [number, name as MessageName]),
)

/** A message's bytes, its number first. */
export function encodeMessage<Name extends MessageName>(name: Name, message: Messages[Name]): Uint8Array {
  const writer = new WireWriter().uint(CODECS[name].number)
  CODECS[name].write(writer, message)
  return writer.finish()
}

/**
 * Reads a message strictly; null when its number is unknown. Throws WireError: what WireReader throws, `choice_unknown`,
 * `version_unknown` (a hello of another version), `walk_prefix`, `walk_children`, and FormatError for a broken entry.
 */
export function decodeMessage(bytes: Uint8Array): ProtocolMessage | null {
  const reader = new WireReader(bytes)
  const name = NAME_OF.get(reader.uint())
  if (name === undefined) return null
  const message = CODECS[name].read(reader)
  reader.end()
  return { name, ...message } as ProtocolMessage
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
  } else {
    to.list(step.entries, (entry) => to.fixed(encodeEntry(entry)))
  }
}

function readStep(from: WireReader): WalkStep {
  const kind = choice(from, STEPS)
  if (kind === 'root') return { kind, hash: from.fixed(32) }
  const prefix = from.list(64, () => from.uint())
  if (prefix.some((nibble) => nibble > 15)) throw new WireError('walk_prefix')
  if (kind !== 'children') {
    return { kind, prefix, entries: from.list(MAX_ITEMS, () => decodeEntry(from.fixed(ENTRY_BYTES))) }
  }
  const bitmap = from.uint()
  if (bitmap > 0xffff || prefix.length > 63) throw new WireError('walk_children')
  const tags: Uint8Array[] = []
  for (let bits = bitmap; bits > 0; bits &= bits - 1) tags.push(from.fixed(TAG_BYTES))
  return { kind, prefix, bitmap, tags }
}
