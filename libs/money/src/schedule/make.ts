/** From terms to the complete table of instalments, as an agreement writes it out. */
import { MAX_AMOUNT } from '../amount.js'
import { divideToMultiple } from '../rounding.js'
import type { InstalmentRow, RoundingRule, ScheduleTerms, TermsRefusal } from '../terms.js'
import { checkedDueDates, checkMembers } from '../validation.js'
import { instalmentFees } from './charges.js'
import { interestTime, periodsOf, type Period } from './periods.js'
import { planRows, type Plan } from './rows.js'

const TO_THE_UNIT: RoundingRule = { mode: 'halfEven', toMultipleOf: 1 }
const PPM = 1_000_000n

/**
 * Every instalment of the terms: principal sums to the principal lent, the last instalment takes the rest. Refuses by
 * name terms that are out of range or contradict each other, and a schedule that does not amortise. A table may have
 * fewer rows than `instalments` where rounding up repays the principal early.
 */
export function makeSchedule(terms: ScheduleTerms): InstalmentRow[] | TermsRefusal {
  const fault = checkMembers(terms)
  if (fault) return fault
  if (terms.method === 'ownTable') return terms.table!.map((row) => [...row])
  const dates = checkedDueDates(terms)
  if (!Array.isArray(dates)) return dates
  const { rows, amortises } = planRows(firstPlan(terms, periodsOf(terms, dates)))
  const closing = rows.at(-1)!
  const fixed = terms.fixedInstalment
  if (!amortises || (fixed !== undefined && closing.principal + closing.interest > BigInt(fixed)))
    return { refused: 'does_not_amortise' }
  const table = downPaymentRow(terms)
  let total = BigInt(terms.principal)
  for (const { due, principal, interest } of rows) {
    const fees = terms.charges ? instalmentFees(terms.charges, principal + interest) : 0n
    total += interest + fees
    table.push([due, Number(principal), Number(interest), Number(fees)])
  }
  return total > MAX_AMOUNT ? { refused: 'amount_too_large' } : table
}

/** The plan of a loan whose whole principal is paid out on the first day, without its down payment. */
export function firstPlan(terms: ScheduleTerms, periods: readonly Period[] = periodsOf(terms)): Plan {
  const balance = BigInt(terms.principal) - downPayment(terms, BigInt(terms.principal))
  return {
    ...planBasis(terms),
    periods,
    time: interestTime(terms, periods),
    start: {
      balance,
      credit: 0n,
      heldBack: 0n,
      size: terms.fixedInstalment === undefined ? undefined : BigInt(terms.fixedInstalment),
    },
  }
}

/** What a plan takes from the terms whatever the loan's state. */
export function planBasis(
  terms: ScheduleTerms,
): Pick<Plan, 'method' | 'interestRule' | 'instalmentRule' | 'oncePerPeriod'> {
  return {
    method: terms.method === 'ownTable' ? 'annuity' : terms.method,
    interestRule: terms.rounding?.interest ?? TO_THE_UNIT,
    instalmentRule: terms.rounding?.instalment ?? TO_THE_UNIT,
    oncePerPeriod: terms.rounding?.interestOnce,
  }
}

/** The part of a disbursement that is due on its day, in minor units; never more than the disbursement. */
export function downPayment(terms: ScheduleTerms, disbursed: bigint): bigint {
  if (!terms.downPaymentPpm) return 0n
  const { mode, toMultipleOf } = terms.rounding?.instalment ?? TO_THE_UNIT
  const share = divideToMultiple(disbursed * BigInt(terms.downPaymentPpm), PPM, BigInt(toMultipleOf), mode)
  return share < disbursed ? share : disbursed
}

function downPaymentRow(terms: ScheduleTerms): InstalmentRow[] {
  const share = downPayment(terms, BigInt(terms.principal))
  return share > 0n ? [[terms.startDate, Number(share), 0, 0]] : []
}
