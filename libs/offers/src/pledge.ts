/**
 * What a lender has promised, and how much its owner allows. A bid or an offer binds nobody, a signature does: a node does not let
 * its owner sign beyond the limit.
 */
import type { Refusal } from '#libs/fold'
import type { LendingLimit, PledgeView } from '#libs/messages'

/** One offer, bid or signature, as it counts. Minor units; ids and keys as text. */
export interface Promised {
  /** The offer, bid or loan. */
  subject: string
  lender: string
  currency: string
  amount: number
  kind: 'offer' | 'bid' | 'signed'
  /** The last instant at which it counts, ms; null: until a record ends it. */
  until: number | null
  /** The bid that a signature stands for: it no longer counts beside it. */
  instead: string | null
}

/** What a command would add, minor units. */
export interface NewPledge {
  currency: string
  amount: number
  as: 'signed' | 'promised'
  /** The offer or bid that it takes the place of, as far as that goes. */
  instead?: string | null
}

/** Those that count at an instant. */
export function counting(promised: readonly Promised[], now: number): Promised[] {
  const signedFor = new Set(promised.flatMap(({ instead }) => instead ?? []))
  return promised.filter(({ subject, until }) => !signedFor.has(subject) && (until === null || now <= until))
}

/** What one lender has promised in a currency at an instant. */
export function pledgedIn(currency: string, promised: readonly Promised[], now: number): Omit<PledgeView, 'limit'> {
  const sumOf = (kind: Promised['kind']) =>
    counting(promised, now).reduce(
      (sum, of) => (of.kind === kind && of.currency === currency ? sum + of.amount : sum),
      0,
    )
  return { currency, signed: sumOf('signed'), bids: sumOf('bid'), offers: sumOf('offer') }
}

/** Whether a lender that has promised all this may promise more. Refuses: pledged_beyond_limit {limit, pledged, left}. */
export function judgeLimit(
  limit: LendingLimit | null,
  promised: readonly Promised[],
  { currency, amount, as, instead }: NewPledge,
  now: number,
): Refusal | null {
  if (!limit || (as === 'promised' && limit.counts === 'signed')) return null
  const { signed, bids, offers } = pledgedIn(currency, promised, now)
  if (limit.counts === 'signed') return beyond(limit, signed, amount)
  const replaced = counting(promised, now).find(({ subject }) => subject === instead)
  // A signature takes the place of all of its bid, and of as much of an offer as it lends.
  const freed = replaced ? (replaced.kind === 'bid' ? replaced.amount : Math.min(replaced.amount, amount)) : 0
  return beyond(limit, signed + bids + offers - freed, amount)
}

function beyond({ amount: limit }: LendingLimit, pledged: number, more: number): Refusal | null {
  if (pledged + more <= limit) return null
  return { refused: 'pledged_beyond_limit', limit, pledged, left: Math.max(0, limit - pledged) }
}
