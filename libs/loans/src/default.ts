/** Default: declared by who owns the loan, and over once the parties have agreed on a change of the table, or the arbiter has annulled it. */
import type { PlainDate } from '#libs/money'
import { annulmentOf } from './dispute.js'
import type { LoanState } from './loan.js'
import { byText, dayOf } from './movement.js'
import { isMajority } from './notes/majority.js'

/** A declaration that still stands. */
export interface Declared {
  id: string
  by: string
  on: PlainDate
  reason: string
}

/**
 * The declaration that put the loan in default, as of a day; null when there is none. The servicer's word is enough; of owners it
 * takes as many as are owed the majority of the principal that the agreement asks for.
 */
export function defaultOn(loan: LoanState, asOf: PlainDate): Declared | null {
  const { servicer } = loan.agreement!
  const by = new Set<string>()
  for (const declared of standingDefaults(loan, asOf)) {
    by.add(declared.by)
    if (declared.by === servicer || isMajority(loan, by, declared.on)) return declared
  }
  return null
}

/** Declarations that no change and no ruling has ended by a day, in the order of their writing. */
export function standingDefaults(loan: LoanState, asOf: PlainDate): Declared[] {
  const agreed = Object.values(loan.changesSettled).filter(
    ({ stage, at }) => stage === 'concluded' && dayOf(at) <= asOf,
  )
  const isAnnulled = (id: string) => {
    const annulled = annulmentOf(loan, id)
    return annulled !== null && dayOf(annulled.at) <= asOf
  }
  return Object.entries(loan.defaults)
    .filter(
      ([id, declared]) => dayOf(declared.at) <= asOf && !agreed.some(({ at }) => at > declared.at) && !isAnnulled(id),
    )
    .sort(([a, first], [b, second]) => first.at - second.at || byText(a, b))
    .map(([id, { by, at, reason }]) => ({ id, by, on: dayOf(at), reason }))
}
