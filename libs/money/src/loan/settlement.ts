/** What settles a loan on a day, and the interest that has run until then. Minor units. */
import type { Parts } from '../allocation.js'
import { daysBetween, type PlainDate } from '../calendar.js'
import { divideRounded } from '../rounding.js'
import { max, min, sum } from '../schedule/rows.js'
import { EARNED_COMPONENTS } from './payment.js'
import type { LoanRow, LoanState } from './state.js'

/**
 * Interest of the running period as far as it has run by a day, by its share of the days; what is unpaid of it is not
 * looked at.
 */
export function accruedOf({ state }: { state: LoanState }, asOf: PlainDate): bigint {
  const running = state.rows.find((row) => row.kind === 'instalment' && row.from < asOf && asOf < row.due)
  return running ? interestRun(running, asOf) : 0n
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
    parts.interest += interestOwed(row, asOf)
    for (const charge of row.charges)
      if (charge.event !== undefined || row.due <= asOf) parts[charge.component] += charge.amount - charge.paid
  }
  parts.fee += earlySettlementFee({ state }, asOf)
  let ahead = state.ended ? 0n : sum(state.rows.map((row) => interestPaidAhead(row, asOf)))
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

/** Interest of a row that is unpaid and has run by a day. Of an ended loan's last row all of it has. */
export function interestOwed(row: LoanRow, asOf: PlainDate): bigint {
  if (row.due <= asOf || row.kind === 'afterwards') return row.open.interest
  if (row.kind !== 'instalment' || row.from >= asOf) return 0n
  return max(interestRun(row, asOf) - interestPaid(row), 0n)
}

/** Interest that was paid of a row that is not due yet, beyond what has run of it by a day. */
export function interestPaidAhead(row: LoanRow, asOf: PlainDate): bigint {
  if (row.kind !== 'instalment' || row.due <= asOf) return 0n
  return max(interestPaid(row) - interestRun(row, asOf), 0n)
}

function interestPaid({ interest, open }: LoanRow): bigint {
  return interest - open.interest
}

/** By the share of the row's days; interest that is owed only because it was paid once never runs. */
function interestRun({ interest, start, from, due }: LoanRow, asOf: PlainDate): bigint {
  if (asOf <= from) return 0n
  const runs = start ? min(interest, start.interest) : interest
  return divideRounded(runs * BigInt(daysBetween(from, asOf)), BigInt(daysBetween(from, due)), 'halfEven')
}
