// Forks: from the seq of a proof on the author's records lie in a side table, and what rests on them has no effect, until a
// certificate says which branch is the log.

import { type Branch, checkFork, equalBytes, type ForkProof } from '#libs/record'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import type { Accepting } from './accepting.js'
import { takeEffect } from './continuing.js'
import { type Held, heldOf, namedBy } from './held.js'
import type { MemoryLog } from './memory-log.js'
import type { StoreState } from './store-state.js'

/** Keeps a proof and applies it; false when it proves nothing or one at its seq is known. */
export function applyFork(store: StoreState, accepting: Accepting, proof: ForkProof): boolean {
  const check = checkFork(proof, store.net)
  if (!check.ok) return false
  const log = store.logToChange(check.author)
  if (log.forks.has(check.seq)) return false
  const suspends = store.parts.suspends(log, check.seq)
  log.forks.set(check.seq, { proof, settled: !suspends })
  if (suspends) truncate(store, accepting, log, check.seq, proof)
  accepting.settle()
  accepting.grown.delete(log)
  return true
}

/** Moves a log's records from a seq on to the side table, with the headers of the proof. */
function truncate(store: StoreState, accepting: Accepting, log: MemoryLog, seq: number, proof: ForkProof): void {
  const moved = log.records.splice(seq)
  for (const { key } of moved) {
    store.byId.delete(key)
    store.suspended.delete(key)
  }
  log.certified = Math.min(log.certified, seq)
  log.disputedFrom = Math.min(log.disputedFrom ?? seq, seq)
  store.disputed.add(log.key)
  keepAside(store, [
    ...moved,
    ...accepting.drop(log, seq),
    ...proof.runs.flatMap(([headers, signature]) => chain(headers, signature)),
  ])
}

/** Keeps records beside their log; of two of one id the more complete one. What rests on them is suspended. */
export function keepAside(store: StoreState, records: readonly Held[]): void {
  for (const held of records) {
    if (store.byId.has(held.key)) continue
    const known = store.side.get(held.key)
    const { header, signature, body } = held.record
    const record = { header, signature: known?.record.signature ?? signature, body: known?.record.body ?? body }
    store.side.set(held.key, known || record.body !== body ? heldOf(record) : held)
  }
  suspendWhatRests(store)
}

/** Puts the headers of checked branches into the side table where their logs forked, settled or not. */
export function keepBranches(store: StoreState, branches: readonly Branch[]): void {
  for (const held of branches.flatMap(({ headers, signature }) => chain(headers, signature))) {
    const lowest = Math.min(...(store.log(held.header.author)?.forks.keys() ?? []))
    if (held.header.seq >= lowest) keepAside(store, [held])
  }
}

/** Settles what can be settled by what is held, and lets continuations take effect, until neither brings the other on. */
export function settleAll(store: StoreState, accepting: Accepting): void {
  do settleDisputes(store, accepting)
  while (store.continuations.size > 0 && takeEffect(store))
}

/** The heads that count may come before the branches that lead to them. */
function settleDisputes(store: StoreState, accepting: Accepting): void {
  for (const key of [...store.disputed]) {
    const log = store.logs.get(key)!
    while (log.disputedFrom !== null && settleFork(store, accepting, log));
    if (log.disputedFrom === null) store.disputed.delete(key)
  }
}

/** A head that counts in a disputed stretch: its branch becomes the log, as far as it is held, up to the next unsettled fork. */
function settleFork(store: StoreState, accepting: Accepting, log: MemoryLog): boolean {
  for (const { seq, id } of headsThatCount(store, log)) {
    const branch = branchTo(store, log, id)
    if (!branch) continue
    goOn(store, accepting, log, seq, branch)
    return true
  }
  return false
}

/** Certified heads, the highest first, then where the log is continued. */
function headsThatCount(store: StoreState, log: MemoryLog): { seq: number; id: Uint8Array }[] {
  const certified = log.apart.filter(({ seq }) => seq >= log.disputedFrom!).sort((a, b) => b.seq - a.seq)
  const continued = [...store.continuations.values()].filter(
    ({ old, afterSeq, isInEffect }) => isInEffect && old === log.key && afterSeq >= log.disputedFrom!,
  )
  return [...certified, ...continued.map(({ afterSeq, afterId }) => ({ seq: afterSeq, id: afterId }))]
}

function goOn(store: StoreState, accepting: Accepting, log: MemoryLog, seq: number, branch: readonly Held[]): void {
  for (const [at, fork] of log.forks) if (at <= seq) fork.settled = true
  const open = [...log.forks].filter(([, { settled }]) => !settled).map(([at]) => at)
  log.disputedFrom = open.length > 0 ? Math.min(...open) : null
  for (const held of branch) {
    if (log.disputedFrom !== null && held.header.seq >= log.disputedFrom) continue
    store.side.delete(held.key)
    accepting.offer(log, held)
  }
  store.suspended.clear()
  suspendWhatRests(store)
  accepting.settle()
}

/** The suspended records that lead from a log's head to one of them, and what follows it; null when some are missing. */
function branchTo(store: StoreState, log: MemoryLog, id: Uint8Array): Held[] | null {
  const branch: Held[] = []
  const certified = store.side.get(keyOf(id))
  for (let held = certified; held; held = held.header.prev ? store.side.get(keyOf(held.header.prev)) : undefined) {
    branch.unshift(held)
    if (held.header.seq > log.records.length) continue
    const head = log.records.at(-1)?.id ?? null
    const { prev } = held.header
    const fits = prev === null ? head === null : head !== null && equalBytes(prev, head)
    if (!fits) return null
    const following = new Map([...store.side.values()].map((of) => [of.header.prev ? keyOf(of.header.prev) : '', of]))
    for (let next = following.get(certified!.key); next; next = following.get(next.key)) branch.push(next)
    return branch
  }
  return null
}

/** A suspended record and what leads from it to the signature that covers it; null when it is not held. */
export function branchFrom(store: StoreState, first: Held): Branch | null {
  const headers: Uint8Array[] = []
  const side = [...store.side.values()]
  for (let held: Held | undefined = first; held && headers.length < 64;) {
    headers.push(held.record.header)
    if (held.record.signature) return { type: 'branch', headers, signature: held.record.signature }
    const { id }: Held = held
    held = side.find(({ header }) => header.prev !== null && equalBytes(header.prev, id))
  }
  return null
}

function suspendWhatRests(store: StoreState): void {
  if (store.side.size === 0) return
  for (let found = true; found;) {
    found = false
    for (const held of store.records()) {
      if (store.suspended.has(held.key)) continue
      if (
        !namedBy(held.header)
          .map(keyOf)
          .some((id) => store.side.has(id) || store.suspended.has(id))
      )
        continue
      store.suspended.add(held.key)
      found = true
    }
  }
}

function chain(headers: readonly Uint8Array[], signature: Uint8Array): Held[] {
  return headers.map((header, i) =>
    heldOf({ header, signature: i === headers.length - 1 ? signature : null, body: null }),
  )
}
