/** The terms of a loan: what its table follows from, and how it is served afterwards. */
import { isAllocationOrder, type AllocationStep } from '../allocation.js'
import { isAmount } from '../amount.js'
import type { PaidAhead } from '../schedule/rows.js'
import type { ScheduleTerms, TermsRefusal } from '../terms.js'
import { checkTerms, MAX_RATE_PPM } from '../validation.js'

/** A fixed amount in minor units, or a share in parts per million: exactly one of them. */
export interface AmountOrShare {
  amount?: number
  ppm?: number
}

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
  /** What may be charged for an instalment that is not paid in full `graceDays` after it was due; in all no more than `cap`. */
  lateFee?: AmountOrShare & { graceDays?: number; cap?: number }
  /** Interest on overdue principal beside the loan's own, parts per million a year, by the loan's day count or ACT/365F. */
  penaltyRatePpm?: number
  /** What settling early costs; a share is of the principal that is not yet due. */
  earlySettlementFee?: AmountOrShare
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
  | {
      refused: 'allocation_order_incomplete' | 'arrears_out_of_range' | 'charge_out_of_range' | 'servicing_unknown'
      field: string
    }

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
  for (const field of ['lateFee', 'earlySettlementFee'] as const)
    if (terms[field] && !isAmountOrShare(terms[field])) return { refused: 'charge_out_of_range', field }
  const { graceDays: feeDays = 0, cap = 0 } = terms.lateFee ?? {}
  if (!isAmount(feeDays) || feeDays > MAX_GRACE_DAYS || !isAmount(cap))
    return { refused: 'charge_out_of_range', field: 'lateFee' }
  if (!isAmount(terms.penaltyRatePpm ?? 0) || (terms.penaltyRatePpm ?? 0) > MAX_RATE_PPM)
    return { refused: 'rate_out_of_range', field: 'penaltyRatePpm' }
  if (recalculation && !['day', 'instalment'].includes(recalculation.rest))
    return { refused: 'servicing_unknown', field: 'recalculation.rest' }
  if (instalmentSizedOn && !['disbursed', 'agreedPrincipal'].includes(instalmentSizedOn))
    return { refused: 'servicing_unknown', field: 'instalmentSizedOn' }
  if (recalculation && terms.method === 'ownTable') return { refused: 'terms_contradictory', field: 'recalculation' }
  return checkTerms(terms)
}

function isAmountOrShare({ amount, ppm }: AmountOrShare): boolean {
  if ((amount === undefined) === (ppm === undefined)) return false
  return isAmount(amount ?? ppm) && (ppm ?? 0) <= 1_000_000
}
