/** The terms of a loan: what its table follows from, and how it is served afterwards. */
import { isAllocationOrder, type AllocationStep } from '../allocation.js'
import { isAmount } from '../amount.js'
import type { PaidAhead } from '../schedule/rows.js'
import type { ScheduleTerms, TermsRefusal } from '../terms.js'
import { checkTerms } from '../validation.js'

/** Terms of service; every one has a plain default. */
export interface ServicingTerms {
  /**
   * With several disbursements the equal instalment is sized on what was paid out (the default), or on the agreed
   * principal.
   */
  instalmentSizedOn?: 'disbursed' | 'agreedPrincipal'
  allocation?: {
    /** All twelve steps; default: oldest first, penalty, fee, interest, principal. */
    order?: AllocationStep[]
    /** Default true: one instalment after the other. */
    perInstalment?: boolean
    /**
     * What is paid beyond what is due: pays the next or the last instalments, or, where the loan is recalculated,
     * changes later ones.
     */
    inAdvance?: PaidAhead
  }
  arrears?: { graceDays?: number; amount?: number }
  /** Absent: the signed table stands whatever is paid when. */
  recalculation?: {
    /** Payments count from their day, or from the next due date. */
    rest: 'day' | 'instalment'
    /** Overdue interest bears interest as overdue principal does. */
    compounding?: boolean
  }
}

export type LoanTerms = ScheduleTerms & ServicingTerms

/** Why loan terms are refused. */
export type LoanTermsRefusal =
  | TermsRefusal
  | { refused: 'allocation_order_incomplete' | 'arrears_out_of_range' | 'servicing_unknown'; field: string }

export const PAID_AHEAD: readonly PaidAhead[] = ['next', 'last', 'reduceInstalment', 'reduceCount', 'nextInstalments']

/** A loan may tolerate a year. */
export const MAX_GRACE_DAYS = 366

/** Null if a loan can be folded under these terms. */
export function checkLoanTerms(terms: LoanTerms): LoanTermsRefusal | null {
  const { allocation, arrears, recalculation, instalmentSizedOn } = terms
  if (allocation?.order && !isAllocationOrder(allocation.order))
    return { refused: 'allocation_order_incomplete', field: 'allocation.order' }
  if (allocation?.inAdvance && !PAID_AHEAD.includes(allocation.inAdvance))
    return { refused: 'servicing_unknown', field: 'allocation.inAdvance' }
  const days = arrears?.graceDays ?? 0
  if (!isAmount(days) || days > MAX_GRACE_DAYS) return { refused: 'arrears_out_of_range', field: 'arrears.graceDays' }
  if (!isAmount(arrears?.amount ?? 0)) return { refused: 'arrears_out_of_range', field: 'arrears.amount' }
  if (recalculation && !['day', 'instalment'].includes(recalculation.rest))
    return { refused: 'servicing_unknown', field: 'recalculation.rest' }
  if (instalmentSizedOn && !['disbursed', 'agreedPrincipal'].includes(instalmentSizedOn))
    return { refused: 'servicing_unknown', field: 'instalmentSizedOn' }
  if (recalculation && terms.method === 'ownTable') return { refused: 'terms_contradictory', field: 'recalculation' }
  return checkTerms(terms)
}
