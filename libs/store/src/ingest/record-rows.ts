/** Ready rows of `record`: what is done with them without making them anew. */
import { readRow } from '../copy-format.js'
import { type KnownRecord, knownRecordOf } from '../stored-record.js'
import type { WaitingRun } from './lane.js'
import type { Acceptable } from './planning.js'
import { HEADER_CELL, LOG_NUMBER_AT } from './verify.js'

/** The rows of a stretch of a run, with the number of its log in each. */
export function rowsOf({ waiting: { of, run }, from, to }: Acceptable, log: number): Uint8Array {
  const view = new DataView(of.rows.buffer, of.rows.byteOffset)
  const first = run.first + from
  const start = first === 0 ? 0 : of.rowEnds[first - 1]!
  for (let index = first, row = start; index < run.first + to; index++) {
    view.setInt32(row + LOG_NUMBER_AT, log)
    row = of.rowEnds[index]!
  }
  return of.rows.subarray(start, of.rowEnds[run.first + to - 1])
}

/** A stretch of a run as the general way takes it. */
export function recordsOf({ waiting, from, to }: Acceptable): KnownRecord[] {
  return Array.from({ length: to - from }, (_, index) => recordAt(waiting, from + index))
}

/** One record of a run, taken apart. */
export function recordAt({ of, run }: WaitingRun, index: number): KnownRecord {
  const at = run.first + index
  const { cells } = readRow(of.rows, at === 0 ? 0 : of.rowEnds[at - 1]!)
  const id = of.ids.slice(at * 32, at * 32 + 32)
  const [header, signature, body] = cells.slice(HEADER_CELL)
  return knownRecordOf(id, { header: header!, signature: signature!, body: body! })
}
