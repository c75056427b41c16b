/** Where a payer's confirmed payment came from: from what was in transit, if it was said before, else from cash. */
import type { Lines } from '../entry.js'

/**
 * Credits of `arrived` minor units. The answer to a sent payment is final, so all of it leaves transit: what did not arrive
 * was lost on the way, what arrived beyond it came from cash.
 */
export function paidFrom(arrived: bigint, sent: bigint | null): Lines {
  if (sent === null) return { 'asset:cash': -arrived }
  const difference = sent - arrived
  if (difference < 0n) return { 'asset:in-transit': -sent, 'asset:cash': difference }
  return { 'asset:in-transit': -sent, 'expense:lost-in-transit': difference }
}
