/**
 * Logs of loans as lenders and borrowers would have written them: real kinds and bodies, every record signed, valid under the
 * rules. A story is told once, then again and again between pairs of people, with their own ids and keys in it.
 */
import type { Body, FoldRecord } from '#libs/fold'
import {
  compareBytes,
  encodeBody,
  encodeHeader,
  fromText,
  type KeyPair,
  keyPairFromSeed,
  PackedRun,
  recordId,
  sha256,
  signHeader,
  type StoredRecord,
  toText,
  type Value,
} from '#libs/record'
import { LoanStory } from '../../libs/loans/src/testing/loan-story.js'

/** How many logs, how long. */
export interface Shape {
  name: string
  logs: number
  each: number
}

export const SHAPES: readonly Shape[] = [
  { name: '1,000 logs x 100', logs: 1_000, each: 100 },
  { name: '10,000 logs x 10', logs: 10_000, each: 10 },
  { name: '1 log x 100,000', logs: 1, each: 100_000 },
  { name: '10,000 logs x 100', logs: 10_000, each: 100 },
]

/** An author's log while it is written. */
export class SigningLog {
  readonly records: StoredRecord[] = []
  readonly keys: KeyPair
  private head: Uint8Array | null = null
  private at = 0

  constructor(
    private readonly net: Uint8Array,
    seed: Uint8Array,
    secretKey?: Uint8Array,
    /** Where it goes on. */
    private seq = 0,
    head: Uint8Array | null = null,
  ) {
    this.keys = secretKey ? { secretKey, publicKey: secretKey.subarray(32) } : keyPairFromSeed(seed)
    this.head = head
  }

  get author(): Uint8Array {
    return this.keys.publicKey
  }

  /** Signs a record and returns its id. */
  write(kind: string, at: number, subj: Uint8Array | null, refs: Uint8Array[], body: Body): Uint8Array {
    const block = encodeBody(sha256(this.author).subarray(0, 16), body as { [key: string]: Value })
    this.at = Math.max(this.at, at)
    const header = encodeHeader({
      v: 1,
      at: this.at,
      net: this.net,
      seq: this.seq++,
      vis: 0,
      body: sha256(block),
      kind,
      prev: this.head,
      refs: refs.sort(compareBytes),
      subj,
      author: this.author,
    })
    this.records.push({ header, signature: signHeader(header, this.keys.secretKey), body: block })
    this.head = recordId(header)
    return this.head
  }
}

/** Records of two people in the order of causes; `lender` says whose each is. */
interface Told {
  record: FoldRecord
  isLender: boolean
}

interface Story {
  records: Told[]
  keys: { lender: Uint8Array; borrower: Uint8Array }
}

const STORIES: Story[] = [told(false), told(true)]

/** A loan of 36 instalments, paid month by month. `isQuiet`: the borrower says nothing of payments, the lender confirms. */
function told(isQuiet: boolean): Story {
  const story = new LoanStory({ instalments: 36 })
  story.paidOut()
  for (const [date, ...amounts] of story.table) {
    const amount = amounts.reduce((sum, part) => sum + part, 0)
    const sent = isQuiet ? undefined : story.send(story.borrower, amount, date)
    story.confirm(story.lender, amount, date, sent)
  }
  const { lender, borrower } = story
  const records = inCausalOrder(story.records).map((record) => ({ record, isLender: record.author === lender.author }))
  return { records, keys: { lender: lender.key, borrower: borrower.key } }
}

function inCausalOrder(records: readonly FoldRecord[]): FoldRecord[] {
  const left = new Set(records)
  const done = new Set<string>()
  const inside = new Set(records.map(({ id }) => id))
  const ordered: FoldRecord[] = []
  while (left.size > 0) {
    for (const record of left) {
      const earlier = [...left].some((other) => other.author === record.author && other.seq < record.seq)
      const names = record.subj === null ? record.refs : [record.subj, ...record.refs]
      if (earlier || names.some((name) => inside.has(name) && !done.has(name))) continue
      ordered.push(record)
      done.add(record.id)
      left.delete(record)
    }
  }
  return ordered
}

/** As many loans between two people, side by side, as fill the lender's log, and the borrower's unless it is quiet. */
function lend(lender: SigningLog, borrower: SigningLog, each: number, isQuiet: boolean): void {
  const { records, keys } = STORIES[isQuiet ? 1 : 0]!
  const loans = Math.ceil(each / records.filter(({ isLender }) => isLender).length)
  const ids = Array.from({ length: loans }, () => {
    return new Map([
      [toText(keys.lender), lender.author],
      [toText(keys.borrower), borrower.author],
    ])
  })
  const isFull = (log: SigningLog) => log.records.length >= each
  for (const { record, isLender } of records) {
    const log = isLender ? lender : borrower
    for (const known of ids) {
      if (isFull(log)) return
      const subj = record.subj === null ? null : known.get(record.subj)!
      const refs = record.refs.map((ref) => known.get(ref)!)
      known.set(record.id, log.write(record.kind, record.at, subj, refs, withIds(record.body, known)))
    }
  }
}

/** A body with the ids and keys of these people and records instead of those of the story. */
function withIds(body: Body, ids: ReadonlyMap<string, Uint8Array>): Body {
  const map = (value: unknown): unknown => {
    if (value instanceof Uint8Array) return (value.length === 32 && ids.get(toText(value))) || value
    if (Array.isArray(value)) return value.map(map)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, map(inner)]))
  }
  return map(body) as Body
}

/** The logs of a shape, each begun by its author's identity. Of one log the other side's is kept apart, and short. */
export function logsOf(net: string, { logs, each }: Shape): SigningLog[] {
  const isOne = logs === 1
  const people = Array.from({ length: isOne ? 2 : logs }, (_, number) => {
    const seed = sha256(new TextEncoder().encode(`person ${number} of ${logs}`))
    const log = new SigningLog(fromText(net), seed)
    log.write('identity.created', Date.UTC(2026, 0, 1), null, [], { next: sha256(log.author) })
    return log
  })
  for (let pair = 0; pair + 1 < people.length; pair += 2) {
    const [lender, borrower] = [people[pair]!, people[pair + 1]!]
    lend(lender, borrower, each, isOne)
    for (const log of isOne ? [lender] : [lender, borrower]) fill(log, each)
  }
  return people
}

/** What is left is filled with offers. */
function fill(log: SigningLog, each: number): void {
  const { at, body } = new LoanStory().offer
  while (log.records.length < each) log.write('offer.published', at, null, [], body)
}

export const packed = ({ author, records }: SigningLog, from = 0): PackedRun => PackedRun.of(author, from, records)
