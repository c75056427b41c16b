/**
 * How long one must wait before trying again to sign in. Every try counts before it is looked at, so that tries made at the
 * same moment don't slip through; a right one takes its count back.
 */

/** Tries so far, and when (ms) the last one was. */
export interface Tries {
  readonly count: number
  readonly at: number
}

const FREE_TRIES = 5
const LONGEST_WAIT_MS = 15 * 60_000
/** After this long without a try nothing is remembered. */
export const FORGET_AFTER_MS = 24 * 3_600_000

const BURST = 60
const DRAIN_PER_SECOND = 1

/** What a try does: it may go on, with the count to keep, or must wait (ms, at least 1). */
export type TryOutcome = { readonly tries: Tries } | { readonly waitMs: number }

/** For one name: five tries, then a wait of 1 s that doubles with each further try, up to 15 minutes. */
export function tryName(before: Tries | null, now: number): TryOutcome {
  if (!before || now - before.at >= FORGET_AFTER_MS) return { tries: { count: 1, at: now } }
  const over = before.count - FREE_TRIES
  const wait = over < 0 ? 0 : Math.min(1_000 * 2 ** over, LONGEST_WAIT_MS)
  const waitMs = before.at + wait - now
  return waitMs > 0 ? { waitMs } : { tries: { count: before.count + 1, at: now } }
}

/** For all names together: a bucket that holds 60 tries and drains one a second. */
export function tryAny(before: Tries | null, now: number): TryOutcome {
  const drained = before ? Math.floor(((now - before.at) / 1_000) * DRAIN_PER_SECOND) : 0
  const held = Math.max(0, (before?.count ?? 0) - drained)
  if (before && held >= BURST) return { waitMs: Math.max(1, before.at + (drained + 1) * 1_000 - now) }
  // Time that did not drain a whole try yet stays on the clock of the bucket.
  const at = before && held > 0 ? before.at + drained * 1_000 : now
  return { tries: { count: held + 1, at } }
}
