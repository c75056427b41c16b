// One log as a node in memory holds it.

import type { Certificate, Entry, ForkProof, Run, SignedChain } from '#libs/record'
import type { Held } from './held.js'

/** Consecutive records of one log. */
export type LogRun = Omit<Run, 'net'>

/** A run that was turned down. `provable`: an honest sender can't have sent it. */
export interface Refused {
  author: Uint8Array
  reason: string
  provable: boolean
}

export interface MemoryLog {
  author: Uint8Array
  key: string
  /** Accepted, from seq 0 on. */
  records: Held[]
  /** What waits, by seq. */
  staged: Map<number, Held>
  /** Of those that certify what is accepted the newest, by configuration. */
  certificates: Map<string, Certificate>
  /** Those of records that are not accepted here: still to come, or on another branch. */
  apart: Certificate[]
  /** Records below are certified, as far as they are accepted. */
  certified: number
  /** Proofs of forks by seq. */
  forks: Map<number, { proof: ForkProof; settled: boolean }>
  /** Records from this seq on are suspended; null when no fork is unsettled. */
  disputedFrom: number | null
}

export function newLog(author: Uint8Array, key: string): MemoryLog {
  const nothing = { records: [], staged: new Map(), forks: new Map(), certificates: new Map(), apart: [] }
  return { author, key, ...nothing, certified: 0, disputedFrom: null }
}

/** A copy that can be changed by itself. */
export function copyOf(log: MemoryLog): MemoryLog {
  const forks = new Map([...log.forks].map(([seq, fork]) => [seq, { ...fork }]))
  const { records, staged, certificates, apart } = log
  const copied = {
    records: [...records],
    staged: new Map(staged),
    certificates: new Map(certificates),
    apart: [...apart],
  }
  return { ...log, ...copied, forks }
}

/** What a node says of a log; null of one without accepted records. */
export function entryOf({ author, records, certified, forks }: MemoryLog): Entry | null {
  const head = records.at(-1)?.id
  const finalLength = Math.min(certified, records.length)
  return head ? { author, length: records.length, head, finalLength, forked: forks.size > 0 } : null
}

/** The highest certificate of what is accepted; null when there is none. */
export function newestCertificate({ certificates }: MemoryLog): Certificate | null {
  let newest: Certificate | null = null
  for (const certificate of certificates.values())
    if (newest === null || certificate.seq > newest.seq) newest = certificate
  return newest
}

/** What a log holds from a seq on, accepted, then staged, up to the first signature; null without one. */
export function chainFrom(log: MemoryLog, seq: number): SignedChain | null {
  const chain: Held[] = []
  for (let at = seq; chain.length < 64; at++) {
    const held = log.records[at] ?? log.staged.get(at)
    if (!held) return null
    chain.push(held)
    if (held.record.signature) return signedChain(chain)
  }
  return null
}

/** Consecutive records, the last one signed, as one side of a proof. */
export function signedChain(chain: readonly Held[]): SignedChain {
  return [chain.map(({ record }) => record.header), chain.at(-1)!.record.signature!]
}
