/**
 * What verifying leaves of runs: ready rows for COPY, and of each record what acceptance asks, in arrays that move between
 * threads as they are. A batch has one Verified; its runs are stretches of it.
 */

/** Bits of `flags`. */
export const SIGNED = 1
/** It takes more than the order of causes to accept it: the first record of a log that continues another, or a public body that is not there. */
export const SPECIAL = 2
/** A first record that needs nobody to let it in: the network's own. */
export const FOUNDS = 32
/** A first record that waits to be let in, and a record that lets one in. */
export const NEWCOMER = 4
export const ADMITS = 8
/** It names the network, whose fold judges admissions. */
export const OF_NETWORK = 16

/** Of all records of a batch, in the order of its runs. */
export interface Verified {
  /** Ids, 32 bytes each. */
  ids: Uint8Array
  /** Author's clock, ms. */
  ats: Float64Array
  flags: Uint8Array
  /** Rows of `record` in COPY's binary format, with a log number of 0; row i ends at `rowEnds[i]`. */
  rows: Uint8Array
  rowEnds: Uint32Array
  /** What records name outside of their own run, each name once per run: the record, the name, whether it stands in `refs`. */
  nameOf: Uint32Array
  names: Uint8Array
  nameIsRef: Uint8Array
}

/** A run whose hashes, chain and signatures are in order. */
export interface VerifiedRun {
  author: Uint8Array
  /** The seq of its first record. */
  from: number
  count: number
  /** The id before its first record; null when that is the log's first. */
  prev: Uint8Array | null
  /** Where its records begin in the arrays, and where its names do. */
  first: number
  firstName: number
  names: number
}

/** A run that was turned down. `provable`: an honest sender can't have sent it. */
export interface RefusedRun {
  author: Uint8Array
  reason: string
  provable: boolean
}

/** What became of a batch's runs. */
export interface VerifiedBatch {
  verified: Verified
  runs: VerifiedRun[]
  refused: RefusedRun[]
}

/** Bytes that a batch keeps in memory. */
export function sizeOf({ ids, ats, rows, rowEnds, names }: Verified): number {
  return ids.length + ats.byteLength + rows.length + rowEnds.byteLength + 2 * names.length
}

/** A run by itself, in arrays of its own: what is left of a batch when the rest of it is done. */
export function cutOut(of: Verified, run: VerifiedRun, skip: number): { verified: Verified; run: VerifiedRun } {
  const [start, end] = [run.first + skip, run.first + run.count]
  const startRow = start === 0 ? 0 : of.rowEnds[start - 1]!
  let firstName = run.firstName
  while (firstName < run.firstName + run.names && of.nameOf[firstName]! < start) firstName++
  const endName = run.firstName + run.names
  const verified: Verified = {
    ids: of.ids.slice(start * 32, end * 32),
    ats: of.ats.slice(start, end),
    flags: of.flags.slice(start, end),
    rows: of.rows.slice(startRow, of.rowEnds[end - 1]),
    rowEnds: of.rowEnds.slice(start, end).map((rowEnd) => rowEnd - startRow),
    nameOf: of.nameOf.slice(firstName, endName).map((record) => record - start),
    names: of.names.slice(firstName * 32, endName * 32),
    nameIsRef: of.nameIsRef.slice(firstName, endName),
  }
  const cut: VerifiedRun = {
    author: run.author,
    from: run.from + skip,
    count: end - start,
    prev: skip === 0 ? run.prev : of.ids.slice((start - 1) * 32, start * 32),
    first: 0,
    firstName: 0,
    names: endName - firstName,
  }
  return { verified, run: cut }
}
