/**
 * Changes of a loan's table that its parties agreed on later. Each returns why it can't be, or makes the table anew.
 */
import { isDate, type PlainDate } from '../calendar.js'
import { defaultPeriodYears, regularPeriod, step, type Period } from '../schedule/periods.js'
import { planBasis } from '../schedule/make.js'
import { MAX_INSTALMENTS } from '../schedule/table.js'
import { sum } from '../schedule/rows.js'
import { equalParts } from '../split.js'
import type { Every, InterestPause } from '../terms.js'
import { MAX_RATE_PPM } from '../validation.js'
import type { EventRefusal, Reschedule } from './events.js'
import { receiptsOf, type LoanRow, type LoanState } from './state.js'
import { instalmentsOf, paidPrincipal, periodDueFrom, remakeTable } from './table.js'

/** New dates, a grace, more instalments or another rate from the instalment due on `from`. */
export function reschedule(state: LoanState, event: Reschedule): EventRefusal | null {
  const { periods, terms } = state
  const { newDueDate, principalGraceInstalments: grace = 0, extraInstalments: extra = 0, annualRatePpm } = event
  const first = periods.findIndex(({ due }) => due === event.from)
  if (first < 0) return 'instalment_unknown'
  if (terms.method === 'ownTable') return 'own_table_not_restructured'
  if (newDueDate === undefined && grace === 0 && extra === 0 && annualRatePpm === undefined) return 'reschedule_empty'
  if (!isCount(grace) || !isCount(extra) || periods.length + grace + extra > MAX_INSTALMENTS)
    return 'reschedule_out_of_range'
  if (annualRatePpm !== undefined && !(isCount(annualRatePpm) && annualRatePpm <= MAX_RATE_PPM))
    return 'reschedule_out_of_range'
  if (newDueDate !== undefined && newDueDate <= periods[first]!.from) return 'reschedule_out_of_range'

  const last = periods.at(-1)!
  const added = Array.from({ length: grace + extra }, () => ({
    ...last,
    paysPrincipal: true,
    interest: 'paid' as const,
  }))
  const later: Period[] = []
  let from = periods[first]!.from
  for (const [k, period] of [...periods.slice(first), ...added].entries()) {
    const due = dueAfter(state, event, first, k)
    later.push({
      ...period,
      from,
      due,
      ratePpm: annualRatePpm ?? period.ratePpm,
      paysPrincipal: period.paysPrincipal && k >= grace,
    })
    from = due
  }
  if (state.disbursements.some(({ date }) => date >= from)) return 'reschedule_out_of_range'
  if (instalmentsOf(state).slice(first).some(hasPaidChargeback)) return 'instalment_already_paid'
  setPeriods(state, [...periods.slice(0, first), ...later])
  state.restructured = true
  remakeTable(state, first, grace > 0 || extra > 0 || annualRatePpm !== undefined)
  return null
}

/** Principal that a chargeback reopened was paid again in this row, and can't go to another with the new dates. */
function hasPaidChargeback(row: LoanRow): boolean {
  return row.chargedBack > 0n && paidPrincipal(row) > row.principal - row.chargedBack
}

/** No interest runs for a while: the table is made anew from the first period that the pause touches, at the instalment in force. */
export function pauseInterest(state: LoanState, { from, to }: InterestPause): EventRefusal | null {
  if (state.terms.method === 'ownTable') return 'own_table_not_restructured'
  const { pauses } = state.time
  if (!isDate(from) || !isDate(to) || from >= to) return 'reschedule_out_of_range'
  if (pauses.some((pause) => from < pause.to && pause.from < to)) return 'interest_already_paused'
  const first = state.periods.findIndex(({ due }) => due > from)
  if (first < 0 || first >= state.instalmentCount) return 'no_instalment_left'
  state.time = { ...state.time, pauses: [...pauses, { from, to }] }
  remakeTable(state, first, false)
  return null
}

/** Unpaid principal due before `date` goes in equal parts onto the instalments due on or after it. */
export function reamortise(state: LoanState, date: PlainDate): EventRefusal | null {
  if (state.terms.method === 'ownTable') return 'own_table_not_restructured'
  const first = periodDueFrom(state, date)
  if (first < 0 || first >= state.instalmentCount) return 'no_instalment_left'
  const rows = instalmentsOf(state)
  const moved = takePrincipal([...rows.slice(0, first), ...state.extras.filter(({ due }) => due < date)])
  if (moved === 0n) return 'nothing_past_due'
  const parts = equalParts(moved, rows.length - first, planBasis(state.terms).instalmentRule)
  state.agreed = rows.map(
    ({ principal, chargedBack }, k) => principal - chargedBack + (k < first ? 0n : parts[k - first]!),
  )
  setPeriods(state, state.periods.slice(0, rows.length))
  remakeTable(state, first, false)
  return null
}

/**
 * All unpaid principal goes into a new table of equal parts; old rows keep what was paid, and interest that was due.
 */
export function reage(
  state: LoanState,
  date: PlainDate,
  { firstDue, every, instalments }: { firstDue: PlainDate; every: Every; instalments: number },
): EventRefusal | null {
  const { terms } = state
  if (terms.method === 'ownTable') return 'own_table_not_restructured'
  const rows = instalmentsOf(state)
  const kept = rows.filter((row) => row.due < firstDue || receiptsOf(row).length > 0)
  const from = kept.at(-1)?.due ?? terms.startDate
  if (!isCount(instalments) || instalments === 0 || kept.length + instalments > MAX_INSTALMENTS)
    return 'reschedule_out_of_range'
  if (firstDue <= from || firstDue < date) return 'reschedule_out_of_range'
  const moved = takePrincipal([...rows, ...state.extras])
  if (moved === 0n) return 'nothing_outstanding'
  for (const row of rows) if (row.due >= date) dropInterest(row)
  const rate = state.periods.at(-1)!.ratePpm
  const years = defaultPeriodYears(every)
  const added = Array.from({ length: instalments }, (_, k) =>
    regularPeriod(k === 0 ? from : step(firstDue, every, k - 1), step(firstDue, every, k), rate, years),
  )
  for (const chargeback of state.chargebacks) chargeback.moved = true
  for (const row of [...rows, ...state.extras]) row.chargedBack = 0n
  state.agreed = [
    ...kept.map(({ principal }) => principal),
    ...equalParts(moved, instalments, planBasis(terms).instalmentRule),
  ]
  state.instalments = state.instalments.slice(0, kept.length)
  setPeriods(state, [...state.periods.slice(0, kept.length), ...added])
  state.restructured = true
  remakeTable(state, kept.length, false)
  return null
}

/**
 * The due date of the k-th period from `first`: as it was, counted from the new date, or going on after the last one
 * there was.
 */
function dueAfter({ periods, terms }: LoanState, { newDueDate }: Reschedule, first: number, k: number): PlainDate {
  if (newDueDate !== undefined) return step(newDueDate, terms.every, k)
  const known = periods[first + k]
  if (known) return known.due
  const counted = (index: number) =>
    step(terms.firstDueDate ?? terms.startDate, terms.every, index + (terms.firstDueDate ? 0 : 1))
  const last = periods.length - 1
  if (counted(last) === periods[last]!.due) return counted(first + k)
  return step(periods[last]!.due, terms.every, first + k - last)
}

function setPeriods(state: LoanState, periods: Period[]): void {
  state.periods = periods
  state.time = { ...state.time, maturity: periods.at(-1)!.due }
}

/** What is unpaid of the rows' principal is no longer owed with them. */
function takePrincipal(rows: readonly LoanRow[]): bigint {
  const moved = sum(rows.map(({ open }) => open.principal))
  for (const row of rows) {
    row.principal -= row.open.principal
    row.open.principal = 0n
  }
  return moved
}

function dropInterest(row: LoanRow): void {
  row.interest -= row.open.interest
  row.open.interest = 0n
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}
