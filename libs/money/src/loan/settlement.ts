/** What settles a loan on a day, and the interest that has run until then. Minor units. */
import type { Parts } from '../allocation.js'
import { daysBetween, type PlainDate } from '../calendar.js'
import { divideRounded } from '../rounding.js'
import { max, min, sum } from '../schedule/rows.js'
import { EARNED_COMPONENTS } from './payment.js'
import type { LoanRow, LoanState } from './state.js'

/**
 * Interest that is not due yet, as far as it has run by a day: that of the running period by its share of the days, and
 * what was held back of earlier ones; what is unpaid of it is not looked at.
 */
export function accruedOf({ state }: { state: LoanState }, asOf: PlainDate): bigint {
  const open = state.rows.filter(({ kind, due }) => kind === 'instalment' && due > asOf)
  return sum(open.map((row) => interestRun(state.rows, row, asOf)))
}

/**
 * What settles the loan on a day: all principal, interest unpaid of what is due by then and what has run of the current
 * period, all fees and penalties levied by then, and the fee that was agreed for settling before it is due; less interest
 * that was paid ahead for time that does not come then.
 */
export function settlementOf({ state }: { state: LoanState }, asOf: PlainDate): Parts {
  const parts = { penalty: 0n, fee: 0n, interest: 0n, principal: 0n }
  for (const row of state.rows) {
    parts.principal += row.open.principal
    parts.interest += interestOwed(state.rows, row, asOf)
    for (const charge of row.charges)
      if (charge.event !== undefined || row.due <= asOf) parts[charge.component] += charge.amount - charge.paid
  }
  parts.fee += earlySettlementFee({ state }, asOf)
  let ahead = state.ended ? 0n : sum(state.rows.map((row) => interestPaidAhead(state.rows, row, asOf)))
  for (const component of EARNED_COMPONENTS) {
    const covered = min(parts[component], ahead)
    parts[component] -= covered
    ahead -= covered
  }
  return parts
}

/** The fee that the terms ask for principal that is paid back before it is due. */
export function earlySettlementFee({ state }: { state: LoanState }, asOf: PlainDate): bigint {
  const fee = state.terms.earlySettlementFee
  if (!fee || state.ended) return 0n
  const early = sum(state.rows.map(({ due, open }) => (due > asOf ? open.principal : 0n)))
  if (early === 0n) return 0n
  return fee.amount === undefined ? divideRounded(early * BigInt(fee.ppm!), 1_000_000n, 'halfEven') : BigInt(fee.amount)
}

/** Interest of a row of these, in order, that is unpaid and has run by a day. Of an ended loan's last row all of it has. */
export function interestOwed(rows: readonly LoanRow[], row: LoanRow, asOf: PlainDate): bigint {
  if (row.due <= asOf || row.kind === 'afterwards') return row.open.interest
  if (row.kind !== 'instalment') return 0n
  return max(interestRun(rows, row, asOf) - interestPaid(row), 0n)
}

/** Interest that was paid of a row that is not due yet, beyond what has run of it by a day. */
export function interestPaidAhead(rows: readonly LoanRow[], row: LoanRow, asOf: PlainDate): bigint {
  if (row.kind !== 'instalment' || row.due <= asOf) return 0n
  return max(interestPaid(row) - interestRun(rows, row, asOf), 0n)
}

function interestPaid({ interest, open }: LoanRow): bigint {
  return interest - open.interest
}

/**
 * By the share of the row's days, after what was held back for it; interest that is owed only because it was paid once
 * never runs.
 */
function interestRun(rows: readonly LoanRow[], row: LoanRow, asOf: PlainDate): bigint {
  const { interest, start, from, due } = row
  const runs = start ? min(interest, start.interest) : interest
  if (asOf <= from) return min(runs, heldBackBy(rows, row, asOf))
  const heldBack = min(runs, start?.heldBack ?? 0n)
  return heldBack + shareOf(runs - heldBack, from, asOf, due)
}

/** What has run, by a day before a row begins, of the interest that is held back until that row is due. */
function heldBackBy(rows: readonly LoanRow[], row: LoanRow, asOf: PlainDate): bigint {
  const all = row.start?.heldBack ?? 0n
  if (all === 0n || asOf === row.from) return all
  const periods = rows.filter(({ kind }) => kind === 'instalment')
  const running = periods.findIndex(({ from, due }) => from < asOf && asOf <= due)
  if (running < 0) return 0n
  const { from, due, start } = periods[running]!
  const before = start?.heldBack ?? 0n
  const after = periods[running + 1]?.start?.heldBack ?? 0n
  return after < before ? 0n : before + shareOf(after - before, from, asOf, due)
}

function shareOf(amount: bigint, from: PlainDate, asOf: PlainDate, due: PlainDate): bigint {
  return divideRounded(amount * BigInt(daysBetween(from, asOf)), BigInt(daysBetween(from, due)), 'halfEven')
}
