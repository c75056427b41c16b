/**
 * Terms that are in range each by itself and say nothing together: a member that the others leave without any effect. The money
 * engine would pass over it; people who sign it would not, so nobody publishes or proposes it.
 */
import type { Refusal } from '#libs/fold'
import { checkLoanTerms, downPayment, startCharges, type LoanTerms } from '#libs/money'

/** Members that only serve to make a table. Rows that the parties wrote have no use for them. */
const MAKES_TABLES = [
  ...(['periodYears', 'sizingPeriodYears', 'grace', 'firstDueDate', 'dueOn', 'businessDays'] as const),
  ...(['fixedInstalment', 'downPaymentPpm', 'instalmentSizedOn'] as const),
]

/** Null if a loan can be made of the terms. Refuses by the money engine's names, with the member at `field`. */
export function termsRefusal(terms: LoanTerms): Refusal | null {
  const unsound = checkLoanTerms(terms)
  if (unsound) return { ...unsound }
  const field = contradicting(terms)
  return field === undefined ? null : { refused: 'terms_contradictory', field }
}

/** The member that another one leaves without effect. */
function contradicting(terms: LoanTerms): string | undefined {
  const { method, charges, allocation, grace, recalculation, principal } = terms
  const ahead = allocation?.inAdvance ?? 'next'
  if (!recalculation && ahead !== 'next' && ahead !== 'last') return 'allocation.inAdvance'
  if (recalculation && method === 'flat') return 'recalculation'
  if (method === 'ownTable') {
    if (charges?.some(({ when }) => when === 'eachInstalment')) return 'charges'
    return MAKES_TABLES.find((member) => terms[member] !== undefined)
  }
  if (method === 'bullet' && (grace?.interestPaymentInstalments ?? 0) > 0) return 'grace.interestPaymentInstalments'
  if (method === 'bullet' && (grace?.interestFreeInstalments ?? 0) > 0) return 'grace.interestFreeInstalments'
  if (terms.fixedInstalment !== undefined) {
    if (terms.sizingPeriodYears !== undefined) return 'sizingPeriodYears'
    if (terms.instalmentSizedOn !== undefined) return 'instalmentSizedOn'
  }
  const whole = BigInt(principal)
  return startCharges(charges, whole).deducted + downPayment(terms, whole) >= whole ? 'downPaymentPpm' : undefined
}
