import { termsInForce, type Agreement, type TermsInForce } from './agreement.js'

const known = new WeakMap<Agreement, TermsInForce>()

/** By what a loan is folded; worked out once for each agreement, which nothing changes after it was made. */
export function inForceOf(agreement: Agreement): TermsInForce {
  let inForce = known.get(agreement)
  if (!inForce) {
    inForce = termsInForce(agreement)
    known.set(agreement, inForce)
  }
  return inForce
}
