// The walk: two nodes find the logs in which they differ, with little to say where they agree. One side says its root;
// from then on each message answers the last, one level of the tree at a time, down to lists of at most 16 entries.
// Each step says only what is so now, so a walk needs no memory and a log may change while it goes on.

import { compareBytes, concat, type Entry, type EntryTree, equalBytes, sha256, WireError, ZERO_32 } from '#libs/record'
import { type BriefEntry, TAG_BYTES, type WalkStep } from './messages.js'

/** Sets of at most this many entries are sent as a list. */
const LIST_ENTRIES = 16

/** How a walk begins. */
export function firstStep(tree: EntryTree): WalkStep {
  return { kind: 'root', hash: tree.root() }
}

/** What to say to a step, and the entries that it showed to differ, as the other side has them. */
export interface WalkAnswer {
  steps: WalkStep[]
  theirs: (Entry | BriefEntry)[]
}

/**
 * Answers one step. `session`: the handshake hash of the connection, which both sides know. Throws WireError `walk_entries` for
 * entries that are out of order or not under their prefix.
 */
export function answerStep(tree: EntryTree, step: WalkStep, session: Uint8Array): WalkAnswer {
  switch (step.kind) {
    case 'root': {
      if (equalBytes(step.hash, tree.root())) return { steps: [], theirs: [] }
      return { steps: [own(tree, [], equalBytes(step.hash, ZERO_32), session)], theirs: [] }
    }
    case 'children':
      return { steps: differingChildren(tree, step, session), theirs: [] }
    case 'list': {
      requireInOrder(step.prefix, step.entries)
      const mine = tree.entriesAt(step.prefix)
      const lacking = differing(mine, step.entries)
      const steps: WalkStep[] = lacking.length ? [{ kind: 'answer', prefix: step.prefix, entries: lacking }] : []
      return { steps, theirs: differing(step.entries, mine) }
    }
    case 'answer':
      requireInOrder(step.prefix, step.entries)
      return { steps: [], theirs: step.entries.filter((entry) => !isHeld(tree, entry)) }
    case 'brief':
      requireInOrder(step.prefix, step.entries)
      return { steps: [], theirs: step.entries }
  }
}

/**
 * A hash as it is told to the other side: half as long, and keyed by the connection. What collides in the one has to be found
 * while a connection lasts, so that nobody can prepare sets of entries that look alike.
 */
function tagOf(hash: Uint8Array, session: Uint8Array): Uint8Array {
  return sha256(concat(session, hash)).subarray(0, TAG_BYTES)
}

/** What this side has under a prefix where the other side has something else, or nothing. */
function own(tree: EntryTree, prefix: number[], theirsIsEmpty: boolean, session: Uint8Array): WalkStep {
  if (theirsIsEmpty) return { kind: 'brief', prefix, entries: tree.entriesAt(prefix) }
  if (tree.countAt(prefix) <= LIST_ENTRIES) return { kind: 'list', prefix, entries: tree.entriesAt(prefix) }
  const { bitmap, hashes } = tree.childrenAt(prefix)
  return { kind: 'children', prefix, bitmap, tags: hashes.map((hash) => tagOf(hash, session)) }
}

function differingChildren(
  tree: EntryTree,
  { prefix, bitmap, tags }: WalkStep & { kind: 'children' },
  session: Uint8Array,
): WalkStep[] {
  const steps: WalkStep[] = []
  let used = 0
  for (let nibble = 0; nibble < 16; nibble++) {
    const theirs = bitmap & (1 << nibble) ? tags[used++]! : null
    const child = [...prefix, nibble]
    const mine = tree.hashAt(child)
    const isEmpty = equalBytes(mine, ZERO_32)
    const isSame = theirs === null ? isEmpty : !isEmpty && equalBytes(theirs, tagOf(mine, session))
    if (!isSame) steps.push(own(tree, child, theirs === null, session))
  }
  return steps
}

/** Those of `some` that `others` lack or have otherwise. */
function differing(some: readonly Entry[], others: readonly Entry[]): Entry[] {
  const byAuthor = new Map(others.map((entry) => [entry.author.join(), entry]))
  return some.filter((entry) => {
    const other = byAuthor.get(entry.author.join())
    return !other || !isSame(entry, other)
  })
}

function isHeld(tree: EntryTree, entry: Entry): boolean {
  const mine = tree.get(entry.author)
  return mine !== undefined && isSame(mine, entry)
}

function isSame(a: Entry, b: Entry): boolean {
  const sameNumbers = a.length === b.length && a.finalLength === b.finalLength && a.forked === b.forked
  return sameNumbers && equalBytes(a.head, b.head)
}

function requireInOrder(prefix: readonly number[], entries: readonly Pick<Entry, 'author'>[]): void {
  entries.forEach(({ author }, index) => {
    const before = entries[index - 1]
    const under = prefix.every((nibble, depth) => ((author[depth >> 1]! >> (depth % 2 ? 0 : 4)) & 15) === nibble)
    if (!under || (before && compareBytes(before.author, author) >= 0)) throw new WireError('walk_entries')
  })
}
