// The network's quotas: how much of an author's log a node takes in now. All nodes count by the log itself, so they agree;
// what goes beyond waits, and is never refused for good.

/** A day of quotas, in ms. */
export const QUOTA_DAY_MS = 86_400_000

/** What a network's policy allows an author: records whose time is less than a day ago, and bytes in all. */
export interface Quota {
  recordsPerDay: number
  bytesPerAuthor: number
}

/** What is held of a log: bytes of headers and bodies, and how many of its records are less than a day old. */
export interface HeldOfLog {
  bytes: number
  ofToday: number
}

/** A record that wants in. `at`: its time (ms); `bytes`: of header and body. */
export interface Arriving {
  at: number
  bytes: number
  signed: boolean
}

/**
 * How many of these records, which come next in their log, may be taken in at `nowMs`; the last of them is a signed one.
 * Records of the past are not held up, or nobody could catch up: an author that dates its records back has `bytesPerAuthor`
 * to spend, once.
 */
export function passing(records: readonly Arriving[], held: HeldOfLog, quota: Quota, nowMs: number): number {
  let { bytes, ofToday } = held
  let passed = 0
  for (const [index, record] of records.entries()) {
    bytes += record.bytes
    if (record.at > nowMs - QUOTA_DAY_MS) ofToday++
    if (bytes > quota.bytesPerAuthor || ofToday > quota.recordsPerDay) break
    if (record.signed) passed = index + 1
  }
  return passed
}
