import type { InstalmentRow, LoanTerms } from '#libs/money'
import { termsInForce, type Agreement, type TermsInForce } from './agreement.js'

/** By the signed rows, with the terms beside them: every state that a fold makes of one record shares both, and nothing changes them. */
const known = new WeakMap<InstalmentRow[], { of: LoanTerms; inForce: TermsInForce }>()

/** By what a loan is folded; worked out once for each agreement. */
export function inForceOf(agreement: Agreement): TermsInForce {
  const { terms, instalments } = agreement
  const before = known.get(instalments)
  if (before?.of === terms) return before.inForce
  const inForce = termsInForce(agreement, agreement.follows)
  known.set(instalments, { of: terms, inForce })
  return inForce
}
