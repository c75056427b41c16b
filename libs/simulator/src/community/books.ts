// What a node's records come to: every fold, its digest, and the books of every loan.

import { digestOf, foldWorld, type World } from '#libs/fold'
import { accountParts } from '#libs/ledger'
import type { LoanState } from '#libs/loans'
import { journalOf } from '#libs/payments'
import { sha256, concat } from '#libs/record'
import { rules } from '#libs/rules'
import { keyOf } from '../../../replication/src/testing/virtual-protocol.js'
import type { spokenIn } from '../store/continuing.js'
import type { MemoryStore } from '../store/memory-store.js'

/** All folds over what is accepted, as `speaks` has it said; what rests on disputed records has no effect. */
export function worldOf(store: MemoryStore, speaks: typeof spokenIn): World {
  const records = [...store.records()]
  const suspended = new Set(records.filter(({ key }) => store.suspended.has(key)).map(({ fold }) => fold.id))
  return foldWorld(
    records.flatMap((held) => speaks(store, held) ?? []),
    rules,
    suspended,
  )
}

/** SHA-256 over (subject, digest), ascending, as hexadecimal. */
export function digestOfWorld({ folded }: World): string {
  const parts = [...folded].sort(([a], [b]) => (a < b ? -1 : 1))
  return keyOf(sha256(concat(...parts.flatMap(([key, { state }]) => [new TextEncoder().encode(key), digestOf(state)]))))
}

/** The loans of a world. */
export function loansOf({ folded }: World): LoanState[] {
  const loans = [...folded.values()].filter(({ type }) => type === 'loan').map(({ state }) => state as LoanState)
  return loans.filter(({ agreement, outcome }) => agreement !== null && outcome?.stage === 'concluded')
}

/** What is wrong with the books of a loan; null when entries balance and each side owes what the other may claim. */
export function bookFault(loan: LoanState, journal: typeof journalOf): string | null {
  const entries = journal(loan)
  const totals = new Map<string, bigint>()
  for (const { id, postings } of entries) {
    if (postings.reduce((sum, { amount }) => sum + amount, 0n) !== 0n) return `entry ${id} does not balance`
    for (const { account, amount } of postings) {
      const { detail } = accountParts(account)!
      totals.set(detail, (totals.get(detail) ?? 0n) + amount)
    }
  }
  const mirrored = ['principal', 'overpayment'].every((thing) => {
    return (totals.get(`${thing}-receivable`) ?? 0n) === -(totals.get(`${thing}-payable`) ?? 0n)
  })
  return mirrored ? null : `receivable and payable of loan ${loan.id} differ`
}
