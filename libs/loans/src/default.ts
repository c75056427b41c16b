/** Default: declared by the lender, and over once the parties have agreed on a change of the table. */
import type { PlainDate } from '#libs/money'
import type { LoanState } from './loan.js'
import { dayOf } from './movement.js'
import { firstOf } from './servicing.js'

/** The declaration that is in force on a day; null when there is none. */
export function defaultOn(loan: LoanState, asOf: PlainDate): { id: string; on: PlainDate; reason: string } | null {
  const agreed = Object.values(loan.changesSettled).filter(
    ({ stage, at }) => stage === 'concluded' && dayOf(at) <= asOf,
  )
  const standing = Object.entries(loan.defaults).filter(
    ([, declared]) => dayOf(declared.at) <= asOf && !agreed.some(({ at }) => at > declared.at),
  )
  const first = firstOf(Object.fromEntries(standing))
  return first && { id: first[0], on: dayOf(first[1].at), reason: first[1].reason }
}
