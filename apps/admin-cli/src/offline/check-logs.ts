/** Whether the logs of a book are whole, authentic, and rest on nothing that is missing. Pure. */
import type { Body, FoldRecord } from '#libs/fold'
import {
  type CheckedRecord,
  checkBranch,
  checkFork,
  checkRun,
  decodeBody,
  decodeHeader,
  FormatError,
  isGenesis,
  recordId,
  toText,
} from '#libs/record'
import type { Book, BookHeader } from './book.js'

/** What the logs hold once they are checked. */
export interface CheckedLogs {
  /** The network's id; null when the book has no genesis or several. */
  readonly net: Uint8Array | null
  /** Authentic records by author, ascending by seq. */
  readonly logs: ReadonlyMap<string, readonly CheckedRecord[]>
  /** The same as folds see them. */
  readonly records: readonly FoldRecord[]
  /** Ids of records that rest on a suspended branch. */
  readonly suspended: ReadonlySet<string>
}

/** Checks all of it; each thing wrong is a sentence for `problem`. */
export function checkLogs(book: Book, problem: (sentence: string) => void): CheckedLogs {
  const net = networkOf(book)
  if (net === null) {
    problem('the file does not hold exactly one network: a genesis record is missing or there are several')
    return { net, logs: new Map(), records: [], suspended: new Set() }
  }
  const logs = new Map<string, CheckedRecord[]>()
  for (const [author, headers] of book.logs) {
    const records = checkLog(net, author, headers, book, problem)
    if (records.length > 0) logs.set(author, records)
  }
  checkRoots(book, problem)
  const side = checkSideTable(book, net, problem)
  const records = [...logs.values()].flat().map(foldRecord)
  checkNothingMissing(records, side, problem)
  return { net, logs, records, suspended: restingOn(side, records) }
}

function networkOf(book: Book): Uint8Array | null {
  const genesis = [...book.logs.values()].flat().filter(({ header }) => isGenesis(header))
  return genesis.length === 1 ? genesis[0]!.idBytes : null
}

/** One log from its first record on: chain, header rules, body hashes and forms, signatures. */
function checkLog(
  net: Uint8Array,
  author: string,
  headers: readonly BookHeader[],
  book: Book,
  problem: (sentence: string) => void,
): CheckedRecord[] {
  const inOrder = [...headers].sort((a, b) => a.header.seq - b.header.seq)
  const records = inOrder.map(({ id, bytes, header }) => ({
    header: bytes,
    signature: book.signatures.get(id) ?? null,
    body: book.bodies.get(toText(header.body)) ?? null,
  }))
  const check = checkRun({ net, author: inOrder[0]!.header.author, records }, undefined)
  if (!check.ok) {
    const at = inOrder[check.index]
    problem(`log of ${author}: record ${at?.id ?? ''} (seq ${at?.header.seq ?? '?'}): ${check.reason}`)
    return []
  }
  for (const { id, header, body } of check.records) {
    if (header.vis === 0 && body === null) problem(`record ${toText(id)}: its public body is missing`)
  }
  return check.records
}

function checkRoots(book: Book, problem: (sentence: string) => void): void {
  const heads = [...book.logs.values()].map((log) => log.reduce((a, b) => (b.header.seq > a.header.seq ? b : a)).id)
  const roots = new Set(book.roots)
  for (const head of heads) if (!roots.delete(head)) problem(`the head ${head} is not among the roots`)
  for (const root of roots) problem(`the root ${root} is not the head of a log`)
}

/** Proofs and branches; returns the ids of the branches' records. */
function checkSideTable(book: Book, net: Uint8Array, problem: (sentence: string) => void): Set<string> {
  for (const proof of book.forks) {
    const check = checkFork(proof, net)
    if (!check.ok) problem(`a fork proof proves nothing: ${check.reason}`)
  }
  const side = new Set<string>()
  for (const branch of book.branches) {
    const check = checkBranch(branch, net)
    if (!check.ok) problem(`a branch is not authentic: ${check.reason}`)
    else for (const header of branch.headers) side.add(toText(recordId(header)))
  }
  for (const branch of book.branches) {
    const first = branch.headers[0]
    const author = first && toText(decodeHeader(first).author)
    const proven = book.forks.some((proof) => {
      const check = checkFork(proof, net)
      return check.ok && toText(check.author) === author
    })
    if (!proven) problem(`a branch of ${author ?? 'nobody'} comes without a proof that its log forked`)
  }
  return side
}

function checkNothingMissing(
  records: readonly FoldRecord[],
  side: ReadonlySet<string>,
  problem: (sentence: string) => void,
): void {
  const held = new Set(records.map(({ id }) => id))
  for (const { id, subj, refs } of records)
    for (const named of subj === null ? refs : [subj, ...refs])
      if (!held.has(named) && !side.has(named)) problem(`record ${id} rests on ${named}, which the file does not hold`)
}

/** Records that name a suspended one, or one that does, and so on. */
function restingOn(side: ReadonlySet<string>, records: readonly FoldRecord[]): Set<string> {
  const suspended = new Set<string>()
  for (let found = side.size > 0; found;) {
    found = false
    for (const { id, subj, refs } of records) {
      if (suspended.has(id)) continue
      const named = subj === null ? refs : [subj, ...refs]
      if (!named.some((of) => side.has(of) || suspended.has(of))) continue
      suspended.add(id)
      found = true
    }
  }
  return suspended
}

/** A record as folds see it; a private one shows its own kind when its body is there. */
function foldRecord({ id, header, body }: CheckedRecord): FoldRecord {
  const textId = toText(id)
  const opened = body === null ? null : openBody(body, header.vis)
  return {
    id: textId,
    net: isGenesis(header) ? textId : toText(header.net),
    author: toText(header.author),
    seq: header.seq,
    at: header.at,
    kind: opened?.kind ?? header.kind,
    vis: header.vis,
    subj: header.subj === null ? null : toText(header.subj),
    refs: header.refs.map((ref) => toText(ref)),
    body: (opened?.body ?? null) as Body,
  }
}

/** Null for a private body that is no body block: what needs it is void, the record stays authentic. */
function openBody(block: Uint8Array, vis: 0 | 1): { kind?: string; body: Body } | null {
  try {
    return decodeBody(block, vis)
  } catch (error) {
    if (error instanceof FormatError) return null
    throw error
  }
}
