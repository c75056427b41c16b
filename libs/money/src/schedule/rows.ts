/**
 * The rows of a table: what each period's instalment is made of. One builder for the first table and for every table
 * that is made anew after a disbursement, a payment ahead or a restructuring.
 */
import type { PlainDate } from '../calendar.js'
import { add, reduced, ZERO, type Rational } from '../rational.js'
import { divideRounded, divideToMultiple } from '../rounding.js'
import type { Method, RoundingRule } from '../terms.js'
import { sizingFactor, spanFactor, type InterestTime, type Period } from './periods.js'
import { sizeInstalment } from './sizing.js'

const NOTHING: readonly bigint[] = []
const NO_STEPS: readonly BalanceStep[] = []

/** A change of a balance on a day, in minor units. */
export interface BalanceStep {
  date: PlainDate
  amount: bigint
}

/** Where a row starts from; enough to make it and the later ones anew. Minor units. */
export interface RowStart {
  /** Principal not yet due at the start of the period, without disbursements of that day. */
  balance: bigint
  /** The equal instalment in force (annuity), or the equal part of principal (the other methods). */
  size: bigint
  /** Principal paid ahead that is still to be taken off this row and the next. */
  credit: bigint
  /** Interest of earlier periods that was held back. */
  heldBack: bigint
}

/** What one instalment is made of, in minor units, and where it started from. */
export interface PlannedRow extends RowStart {
  from: PlainDate
  due: PlainDate
  principal: bigint
  interest: bigint
}

/** What principal paid beyond its own instalment does to the ones after it. */
export type PaidAhead = 'next' | 'last' | 'reduceInstalment' | 'reduceCount' | 'nextInstalments'

/** All that the rows of some consecutive periods, up to the last one, follow from. */
export interface Plan {
  method: Exclude<Method, 'ownTable'>
  periods: readonly Period[]
  time: InterestTime
  interestRule: RoundingRule
  /** Round the interest of a period once; default: of each span of unchanged balance. */
  oncePerPeriod?: boolean | undefined
  instalmentRule: RoundingRule
  /** `size` undefined: sized on the balance, disbursements within the first period included. */
  start: Omit<RowStart, 'size'> & { size?: bigint | undefined }
  /** Raise the principal owed, and bear interest, from their date; one on a due date counts from the next period. */
  disbursements?: readonly BalanceStep[]
  /** Size instalments anew from each later period into which a disbursement falls. */
  resizes?: boolean | undefined
  /** Flat interest is computed on this; default: the balance at the start. */
  flatBase?: bigint
  /** Principal of these rows as agreed by other means, in order; the last row still takes the rest. */
  principals?: readonly bigint[]
  /**
   * Changes, within the first period, of the balance that bears interest alone: overdue principal, principal paid
   * ahead.
   */
  bearingSteps?: readonly BalanceStep[]
  /** Principal already paid of the first row and of later ones, in order: no row owes less. */
  paid?: readonly bigint[]
  /**
   * What principal paid in the first row beyond its own does; undefined: nothing, and what was paid ahead goes on
   * bearing interest.
   */
  paidAhead?: PaidAhead | undefined
}

export interface PlannedRows {
  rows: PlannedRow[]
  /** False if more than one row should have paid principal and none but the last could. */
  amortises: boolean
}

/** The rows of the plan. Those that would come after everything is repaid are left out. */
export function planRows(plan: Plan): PlannedRows {
  const { periods, method, paidAhead } = plan
  const lastPaying = periods.findLastIndex((period) => period.paysPrincipal)
  const flatBase = plan.flatBase ?? plan.start.balance
  const paid = plan.paid ?? NOTHING
  const factorOf = wholeFactors(plan.time, (period, time) => spanFactor(period, time))
  let paidLater = sum(paid)
  const reserves = reservesOf(plan)
  let { balance, credit, heldBack } = plan.start
  let size = plan.start.size ?? sizeFrom(plan, 0, balance)
  let reduces = false
  const rows: PlannedRow[] = []

  for (let k = 0; k < periods.length; k++) {
    const period = periods[k]!
    const { from, due } = period
    const disbursed = within(plan.disbursements, period)
    if (k > 0 && disbursed.length > 0 && plan.resizes) size = sizeFrom(plan, k, balance)
    const row: PlannedRow = { from, due, principal: 0n, interest: 0n, balance, size, credit, heldBack }
    const steps = k === 0 && plan.bearingSteps ? [...disbursed, ...plan.bearingSteps] : disbursed
    const bearing = method === 'flat' ? flatBase : k === 0 || !paidAhead ? balance : balance - paidLater
    const own =
      steps.length === 0 || method === 'flat'
        ? timesFactor(plan, bearing, factorOf(period))
        : interestOver(plan, period, bearing, steps)
    for (const { amount } of disbursed) balance += amount
    const holds = period.interest === 'heldBack' && k < periods.length - 1
    const interest = holds ? 0n : own + heldBack
    heldBack = holds ? heldBack + own : 0n

    let principal = 0n
    if (k === lastPaying) principal = balance
    else if (plan.principals) principal = plan.principals[k] ?? 0n
    else if (period.paysPrincipal) {
      const wanted = wantedPrincipal(plan, own, size)
      if (wanted > 0n) {
        reduces = true
        principal = wanted
        if (credit > 0n) {
          const off = min(wanted, credit)
          principal -= off
          credit -= off
        }
      }
    }
    const paidHere = paid[k] ?? 0n
    const ahead = paidHere - principal
    if (ahead > 0n) {
      principal += ahead
      if (paidAhead === 'nextInstalments') credit += ahead
    }
    paidLater -= paidHere
    principal = min(principal, balance - (reserves[k] ?? 0n))
    balance -= principal
    row.principal = principal
    row.interest = interest
    rows.push(row)
    if (ahead > 0n && paidAhead === 'reduceInstalment' && k < lastPaying) size = sizeFrom(plan, k + 1, balance)
    if (balance === 0n && heldBack === 0n && !plan.disbursements?.some(({ date }) => date >= period.due)) break
  }
  const meantToReduce = lastPaying > 0 && periods.some((period, k) => k < lastPaying && period.paysPrincipal)
  const exempt = method === 'interestOnly' || plan.principals !== undefined || plan.start.size !== undefined
  return { rows, amortises: balance === 0n && (reduces || exempt || !meantToReduce || rows.length < 2) }
}

/** For each period: what must be left after its row, so that no later row owes less than was already paid of it. */
function reservesOf({ paid, periods, disbursements }: Plan): readonly bigint[] {
  if (!paid || paid.every((amount) => amount === 0n)) return NOTHING
  const reserves = periods.map(() => 0n)
  for (let k = periods.length - 2; k >= 0; k--) {
    const added = sum(within(disbursements, periods[k + 1]!).map(({ amount }) => amount))
    reserves[k] = max((paid[k + 1] ?? 0n) + reserves[k + 1]! - added, 0n)
  }
  return reserves
}

/** The equal instalment (annuity) or the equal part of principal from the period `k` of the plan on. */
function sizeFrom(plan: Plan, k: number, balance: bigint): bigint {
  const paying = plan.periods.slice(k).filter((period) => period.paysPrincipal)
  if (paying.length === 0 || plan.method === 'interestOnly' || plan.method === 'bullet') return 0n
  const first = plan.periods[k]!
  const sized = balance + sum(within(plan.disbursements, first).map(({ amount }) => amount))
  if (plan.method !== 'annuity') return divideRounded(sized, BigInt(paying.length), 'halfEven')
  return sizeInstalment(sized, paying.map(wholeFactors(plan.time, sizingFactor)), plan.instalmentRule)
}

/** What a row before the last would repay: the rest of the instalment, the equal part, or nothing. */
function wantedPrincipal(plan: Plan, interest: bigint, size: bigint): bigint {
  switch (plan.method) {
    case 'annuity':
      return size - interest
    case 'equalPrincipal':
      return size
    case 'flat':
      return roundBy(size + interest, 1n, plan.instalmentRule) - interest
    case 'interestOnly':
    case 'bullet':
      return 0n
  }
}

/** Interest of a period in which the balance changes, rounded for each span of unchanged balance, or once. */
function interestOver(plan: Plan, period: Period, opening: bigint, steps: readonly BalanceStep[]): bigint {
  if (period.interest === 'free') return 0n
  const spans: Rational[] = []
  let balance = opening
  let from = period.from
  const close = (to: PlainDate) => {
    const { num, den } = spanFactor(period, plan.time, from, to)
    spans.push({ num: max(balance, 0n) * num, den })
  }
  for (const { date, amount } of netByDate(steps)) {
    if (date > from && amount !== 0n) {
      if (date >= period.due) break
      close(date)
      from = date
    }
    balance += amount
  }
  close(period.due)
  const whole = spans.length > 1 && plan.oncePerPeriod ? [spans.reduce(add)] : spans
  return sum(whole.map(({ num, den }) => roundBy(num, den, plan.interestRule)))
}

/** Interest of a whole period on an unchanged balance. */
function timesFactor(plan: Plan, balance: bigint, { num, den }: Rational): bigint {
  return num === 0n || balance <= 0n ? 0n : roundBy(balance * num, den, plan.interestRule)
}

/** Factors of whole periods in their order; one that is like the period before is not worked out again. */
function wholeFactors(time: InterestTime, factorOf: (period: Period, time: InterestTime) => Rational) {
  let last: Period | undefined
  let factor: Rational = ZERO
  return (period: Period): Rational => {
    const alike = last?.years === period.years && last.ratePpm === period.ratePpm && last.interest === period.interest
    if (!alike || time.dayCount || time.pauses.length > 0) factor = reduced(factorOf(period, time))
    last = period
    return factor
  }
}

/** One step for each date, ascending. */
function netByDate(steps: readonly BalanceStep[]): readonly BalanceStep[] {
  if (steps.length < 2) return steps
  const net = new Map<PlainDate, bigint>()
  for (const { date, amount } of steps) net.set(date, (net.get(date) ?? 0n) + amount)
  return [...net].map(([date, amount]) => ({ date, amount })).sort((a, b) => (a.date < b.date ? -1 : 1))
}

/** Disbursements that fall into a period: from its first day to the day before it is due. */
function within(steps: readonly BalanceStep[] | undefined, period: Period): readonly BalanceStep[] {
  return steps?.filter(({ date }) => date >= period.from && date < period.due) ?? NO_STEPS
}

function roundBy(num: bigint, den: bigint, rule: RoundingRule): bigint {
  if (rule.toMultipleOf === 1) return divideRounded(num, den, rule.mode)
  return divideToMultiple(num, den, BigInt(rule.toMultipleOf), rule.mode)
}

export function sum(amounts: readonly bigint[]): bigint {
  let total = 0n
  for (const amount of amounts) total += amount
  return total
}

export function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

export function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
