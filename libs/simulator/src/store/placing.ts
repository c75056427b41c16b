// Others' runs: each is checked in itself, compared with what is held, and put up for acceptance. What conflicts with a held
// record at the same place is a fork, and both sides' signatures prove it.

import { decodeHeader, equalBytes, FormatError, type ForkProof, type LogPosition, makeFork } from '#libs/record'
import type { Accepting } from './accepting.js'
import { keepAside } from './disputes.js'
import { type Held, heldOf } from './held.js'
import { chainFrom, type LogRun, type MemoryLog, signedChain } from './memory-log.js'
import type { StoreState } from './store-state.js'

/** Puts up what is new; returns the proofs of forks that were found. */
export function placeRuns(store: StoreState, accepting: Accepting, runs: readonly LogRun[]): ForkProof[] {
  const forks: ForkProof[] = []
  for (const run of runs) {
    const check = store.parts.check({ net: store.net, author: run.author, records: run.records }, anchorOf(run))
    if (!check.ok) {
      accepting.refused.push({ author: run.author, reason: check.reason, provable: check.provable })
      continue
    }
    const records = check.records.map(({ headerBytes: header, signature, body }) => heldOf({ header, signature, body }))
    const log = store.logToChange(run.author)
    const conflict = placeRun(store, accepting, log, records)
    if (conflict === null) continue
    const proof = proofOf(log, records.slice(conflict))
    if (proof) {
      forks.push(proof)
      keepAside(store, records.slice(conflict))
    } else accepting.refused.push({ author: run.author, reason: 'fork_below', provable: false })
  }
  return forks
}

/** A run is checked from its own first record on; how it fits its log is compared afterwards. */
function anchorOf({ records }: LogRun): LogPosition | undefined {
  const first = records[0]
  if (!first) return undefined
  try {
    const { seq, prev } = decodeHeader(first.header)
    return prev === null ? undefined : { seq: seq - 1, id: prev, at: 0 }
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

/** Returns the index of the first record that conflicts with a held one, or null. */
function placeRun(store: StoreState, accepting: Accepting, log: MemoryLog, records: readonly Held[]): number | null {
  const certifiedTo = records.findLastIndex(({ id }) => log.apart.some((certificate) => equalBytes(id, certificate.id)))
  for (const [index, held] of records.entries()) {
    const { seq } = held.header
    if (log.disputedFrom !== null && seq >= log.disputedFrom) {
      // What leads to a certified record always has a place: else who forks could fill it up with another branch.
      const mayKeep = index <= certifiedTo || store.side.has(held.key) || asideOf(store, log) < store.parts.stagedMost
      if (mayKeep) keepAside(store, [held])
      else accepting.refuse(log, 'staging_full')
      continue
    }
    const known = log.records[seq] ?? log.staged.get(seq)
    if (known && known.key !== held.key) return index
    const completes = seq >= log.records.length && known?.record.body === null && held.record.body !== null
    if (!known || completes) accepting.offer(log, held)
  }
  return null
}

/** How many records of a log are in the side table. */
function asideOf(store: StoreState, { author }: MemoryLog): number {
  return [...store.side.values()].filter(({ header }) => equalBytes(header.author, author)).length
}

/** The proof that a log and these records part here; null when they part further below. */
function proofOf(log: MemoryLog, records: readonly Held[]): ForkProof | null {
  const first = records[0]!.header
  const end = records.findIndex(({ record }) => record.signature !== null)
  const held = chainFrom(log, first.seq)
  if (!held || end < 0 || end > 63) return null
  const { prev } = decodeHeader(held[0][0]!)
  const samePrev = prev === null ? first.prev === null : first.prev !== null && equalBytes(prev, first.prev)
  return samePrev ? makeFork(held, signedChain(records.slice(0, end + 1))) : null
}
