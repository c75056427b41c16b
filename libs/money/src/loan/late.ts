/** What being late costs by the terms, as of a day. Nothing here is owed until a charge levies it. */
import { addDays, type PlainDate } from '../calendar.js'
import { yearFraction } from '../daycount.js'
import { divideRounded } from '../rounding.js'
import { max, min, sum } from '../schedule/rows.js'
import type { Loan } from './fold.js'
import { owed, receiptsOf, type LoanRow } from './state.js'
import type { LoanTerms } from './terms.js'

/** What may be charged for one instalment, minor units. */
export interface LateCharge {
  due: PlainDate
  /** The late fee, once the grace days have passed without full payment; what is left of the cap at most. */
  fee: bigint
  /** Penalty interest on its overdue principal from its due date until it was paid or the day asked for, rounded once, half to even. */
  penalty: bigint
}

const PPM = 1_000_000n

/** The instalments that were or are late, oldest first, with what that costs; those for which it costs nothing are left out. */
export function lateChargesOf({ state, terms }: Loan, asOf: PlainDate): LateCharge[] {
  let left = terms.lateFee?.cap === undefined ? undefined : BigInt(terms.lateFee.cap)
  const charges: LateCharge[] = []
  for (const row of state.rows) {
    if (row.due >= asOf) break
    const full = lateFee(row, terms, asOf)
    const fee = left === undefined ? full : min(full, left)
    if (left !== undefined) left -= fee
    const penalty = penaltyInterest(row, terms, asOf)
    if (fee + penalty > 0n) charges.push({ due: row.due, fee, penalty })
  }
  return charges
}

function lateFee(row: LoanRow, { lateFee: fee }: LoanTerms, asOf: PlainDate): bigint {
  if (!fee) return 0n
  const lastDay = addDays(row.due, fee.graceDays ?? 0)
  if (asOf <= lastDay) return 0n
  const unpaid = row.principal + row.interest - paidBy(row, lastDay, ['principal', 'interest'])
  if (unpaid <= 0n) return 0n
  return fee.amount === undefined ? divideRounded(unpaid * BigInt(fee.ppm!), PPM, 'halfEven') : BigInt(fee.amount)
}

/** Σ overdue principal × rate × years, over the spans between payments. */
function penaltyInterest(row: LoanRow, { penaltyRatePpm, dayCount = 'ACT/365F' }: LoanTerms, asOf: PlainDate): bigint {
  if (!penaltyRatePpm) return 0n
  const days = receiptsOf(row).flatMap(({ date }) => (date > row.due && date < asOf ? [date] : []))
  const edges = [row.due, ...new Set(days), asOf].sort()
  let num = 0n
  let den = 1n
  for (let k = 0; k + 1 < edges.length; k++) {
    const overdue = max(owed(row, 'principal') - paidBy(row, edges[k]!, ['principal']), 0n)
    const years = yearFraction(dayCount, edges[k]!, edges[k + 1]!)
    num = num * years.den + overdue * years.num * den
    den *= years.den
  }
  return divideRounded(num * BigInt(penaltyRatePpm), den * PPM, 'halfEven')
}

/** What was paid of some components up to and including a day. */
function paidBy(row: LoanRow, day: PlainDate, components: readonly string[]): bigint {
  return sum(
    receiptsOf(row).map(({ date, component, amount }) => (date <= day && components.includes(component) ? amount : 0n)),
  )
}
