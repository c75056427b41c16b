/** The smallest rules that a benchmark of the store needs: members, and records of about 400 bytes that stand alone. */
import { type FeatureRules, recordKind } from '#libs/fold'
import {
  type Bytes,
  compareBytes,
  encodeBody,
  encodeHeader,
  fromText,
  keyPairFromSeed,
  recordId,
  type Run,
  sha256,
  signHeader,
  type StoredRecord,
  toText,
  ZERO_32,
} from '#libs/record'
import type { Draft } from '#libs/store'

interface Written {
  written: boolean
}

const once = { apply: (state: Written) => void (state.written = true) }
const anything = { type: 'object' }

export const noteRules: FeatureRules = {
  kinds: [
    recordKind<object>({ name: 'network.created', starts: ['network'], schema: anything, effects: { network: once } }),
    recordKind<object>({
      name: 'identity.created',
      starts: ['identity'],
      schema: anything,
      effects: { identity: once },
    }),
    recordKind<object>({
      name: 'member.admitted',
      belongsTo: ['network'],
      schema: anything,
      effects: { network: once, identity: once },
    }),
    recordKind<object>({ name: 'note.written', starts: ['note'], schema: anything, effects: { note: once } }),
  ],
  types: [
    { name: 'network', rank: 0, initial: () => ({ written: false }) },
    { name: 'identity', rank: 1, initial: () => ({ written: false }) },
    { name: 'note', rank: 10, initial: () => ({ written: false }) },
  ],
}

/** A record of about 400 bytes with its signature. */
export const noteDraft = (n: number): Draft => ({
  kind: 'note.written',
  subj: null,
  refs: [],
  body: { n, text: 'a line of text that is as long as a remark on a payment' },
})

interface Log {
  author: Bytes
  secret: Bytes
  records: StoredRecord[]
  head: Bytes | null
}

/** A network as a peer would send it: `authors` logs of `length` records, all admitted by its founder. */
export function logsOfNotes(authors: number, length: number): { net: string; runs: Run[] } {
  const founder = newLog(1_000_000)
  const at = Date.UTC(2025, 0, 1)
  const net = write(founder, ZERO_32, at, { kind: 'network.created', subj: null, refs: [], body: {} })
  const logs = Array.from({ length: authors }, (_, index) => newLog(1_000_001 + index))
  for (const log of logs) {
    const identity = write(log, net, at, { kind: 'identity.created', subj: null, refs: [], body: {} })
    write(founder, net, at, { kind: 'member.admitted', subj: toText(net), refs: [toText(identity)], body: {} })
    for (let n = 1; n < length; n++) write(log, net, at, noteDraft(n))
  }
  return { net: toText(net), runs: [founder, ...logs].map(({ author, records }) => ({ net, author, records })) }
}

function newLog(n: number): Log {
  const seed = new Uint8Array(32)
  new DataView(seed.buffer).setUint32(0, n)
  const { publicKey, secretKey } = keyPairFromSeed(seed)
  return { author: publicKey, secret: secretKey, records: [], head: null }
}

/** Adds a signed record to a log; returns its id. */
function write(log: Log, net: Bytes, at: number, { kind, subj, refs, body }: Draft): Bytes {
  const block = encodeBody(log.author.subarray(0, 16), body)
  const header = encodeHeader({
    v: 1,
    at,
    net,
    seq: log.records.length,
    vis: 0,
    body: sha256(block),
    kind,
    prev: log.head,
    refs: refs.map(fromText).sort(compareBytes),
    subj: typeof subj === 'string' ? fromText(subj) : null,
    author: log.author,
  })
  log.head = recordId(header)
  log.records.push({ header, signature: signHeader(header, log.secret), body: block })
  return log.head
}
