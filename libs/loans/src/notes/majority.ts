/** Who of many owners has a say: by the principal that is owed to each. */
import type { PlainDate } from '#libs/money'
import type { LoanState } from '../loan.js'
import { owedByOwner } from './note-standing.js'
import { isWhole, ownersOf } from './title.js'

/** Where the agreement says nothing, ppm. */
const MORE_THAN_HALF = 500_001

/** Whether these owners are owed the majority that the agreement asks for, on a day; where nothing is owed, whether they are all. */
export function isMajority(loan: LoanState, owners: ReadonlySet<string>, asOf: PlainDate): boolean {
  if (isWhole(loan)) return ownersOf(loan).every((owner) => owners.has(owner))
  const owed = owedByOwner(loan, asOf)
  const total = [...owed.values()].reduce((sum, amount) => sum + amount, 0n)
  if (total === 0n) return ownersOf(loan).every((owner) => owners.has(owner))
  let held = 0n
  for (const [owner, amount] of owed) if (owners.has(owner)) held += amount
  return held * 1_000_000n >= BigInt(loan.agreement!.majorityPpm ?? MORE_THAN_HALF) * total
}

/** Whether owners who say no are so many that the others can't be the majority. */
export function isBlocked(loan: LoanState, refusing: ReadonlySet<string>, asOf: PlainDate): boolean {
  const others = new Set(ownersOf(loan).filter((owner) => !refusing.has(owner)))
  return refusing.size > 0 && !isMajority(loan, others, asOf)
}
