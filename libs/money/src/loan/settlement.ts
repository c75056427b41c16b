/** What settles a loan on a day, and the interest that has run until then. Minor units. */
import type { Parts } from '../allocation.js'
import { daysBetween, type PlainDate } from '../calendar.js'
import { divideRounded } from '../rounding.js'
import { sum } from '../schedule/rows.js'
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
 * period, all fees and penalties levied by then, and the fee that was agreed for settling before it is due.
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
  const unpaid = interestRun(row, asOf) - (row.interest - row.open.interest)
  return unpaid > 0n ? unpaid : 0n
}

function interestRun({ interest, from, due }: LoanRow, asOf: PlainDate): bigint {
  return divideRounded(interest * BigInt(daysBetween(from, asOf)), BigInt(daysBetween(from, due)), 'halfEven')
}
