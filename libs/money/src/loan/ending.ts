/** How a loan ends before its table does: settled by one payment, or given back by a borrower who withdraws. */
import { sumParts } from '../allocation.js'
import { startCharges } from '../schedule/charges.js'
import { max, min, sum } from '../schedule/rows.js'
import { isDate, type PlainDate } from '../calendar.js'
import { pay, payEarned, type Paid } from './payment.js'
import { earlySettlementFee, interestOwed, interestPaidAhead, settlementOf } from './settlement.js'
import { emptyRow, openOf, receiptsOf, type GivenUp, type LoanCharge, type LoanRow, type LoanState } from './state.js'
import { arrangeRows, instalmentsOf, openCharges } from './table.js'

/**
 * Ends the table on a day if `amount` covers what settles the loan then: interest that would have run later, and fees of later
 * instalments, are no longer owed; interest that was paid ahead for time that no longer comes counts on what is owed.
 * Returns such interest and what it went to; null if the amount does not cover it, and then it is an ordinary payment.
 */
export function endBySettlement(
  state: LoanState,
  event: { id: string; date: PlainDate },
  amount: bigint,
): ({ interest: bigint } & Paid) | null {
  const { id, date } = event
  if (state.ended || amount < sumParts(settlementOf({ state }, date))) return null
  const fee = earlySettlementFee({ state }, date)
  const interest = endRows(
    state,
    state.rows.filter(({ due, kind }) => due > date && kind !== 'downPayment'),
    date,
    date,
  )
  if (fee > 0n) state.charges.push(feeOf(id, date, fee))
  state.ended = { by: 'settlement', due: date }
  arrangeRows(state)
  return { interest, ...payEarned(state, interest, date) }
}

/**
 * Ends the table because the borrower withdraws: principal and interest to the day are due on `due`, nothing else. Fees and
 * penalties that were paid, or deducted from the money lent, and interest that was paid ahead, count as paid on principal
 * and interest to the day. Returns them and what they went to.
 */
export function endByCancellation(state: LoanState, on: PlainDate, due: PlainDate): { givenUp: GivenUp } & Paid {
  const lent = sum(state.disbursements.map(({ amount }) => amount))
  const deducted = lent > 0n ? startCharges(state.terms.charges, BigInt(state.terms.principal)).deducted : 0n
  const charges = [...new Set([...state.charges, ...state.rows.flatMap((row) => row.charges)])]
  const paidOf = (component: 'fee' | 'penalty') =>
    sum(charges.map((charge) => (charge.component === component ? max(charge.paid - charge.adjusted, 0n) : 0n)))
  const charged = { fee: deducted + paidOf('fee'), penalty: paidOf('penalty') }
  for (const charge of charges) Object.assign(charge, { amount: 0n, paid: 0n, receipts: [] })
  const interest = endRows(
    state,
    state.rows.filter(({ kind }) => kind !== 'downPayment'),
    on,
    due,
  )
  state.ended = { by: 'cancellation', due }
  arrangeRows(state)
  for (const row of state.rows) openCharges(row)
  const givenUp = { ...charged, interest }
  return { givenUp, ...pay(state, givenUp.fee + givenUp.penalty + givenUp.interest, on) }
}

/** Money that comes when there is no table any more is owed in one sum, without interest, on `due` at the earliest. */
export function owedBack(state: LoanState, date: PlainDate, due: PlainDate, amount: bigint): void {
  const latest = state.ended && state.ended.due > due ? state.ended.due : due
  addRow(state, date, latest > date ? latest : date, amount, 0n)
  arrangeRows(state)
}

export function isDueDate(due: string, date: PlainDate): boolean {
  return isDate(due) && due >= date
}

/**
 * What has run or is open of these rows goes into one row due on `due`; what was paid of them stays, but for interest that
 * has not run by `on`: that is returned.
 */
function endRows(state: LoanState, rows: readonly LoanRow[], on: PlainDate, due: PlainDate): bigint {
  const ahead = rows.map((row) => interestPaidAhead(state.rows, row, on))
  const principal = sum(rows.map(({ open }) => open.principal))
  const interest = sum(rows.map((row) => interestOwed(state.rows, row, on)))
  for (const [index, row] of rows.entries()) {
    takeInterestBack(row, ahead[index]!)
    row.principal -= row.open.principal
    row.interest -= row.open.interest
    row.open.principal = 0n
    row.open.interest = 0n
    for (const charge of row.charges) if (charge.event === undefined) charge.amount = charge.paid
    openCharges(row)
  }
  const ended = new Set(rows)
  const kept = instalmentsOf(state).findLastIndex(
    (row) => !ended.has(row) || openOf(row) > 0n || receiptsOf(row).length > 0,
  )
  state.instalmentCount = kept + 1
  addRow(state, on, due, principal, interest)
  return sum(ahead)
}

/** So much of the interest that was paid of a row, from its last receipt back, was never owed. */
function takeInterestBack(row: LoanRow, amount: bigint): void {
  row.interest -= amount
  let left = amount
  for (const receipt of row.receipts.toReversed()) {
    if (receipt.component !== 'interest') continue
    const taken = min(receipt.amount, left)
    receipt.amount -= taken
    left -= taken
  }
  row.receipts = row.receipts.filter((receipt) => receipt.amount > 0n)
}

function addRow(state: LoanState, from: PlainDate, due: PlainDate, principal: bigint, interest: bigint): void {
  if (principal === 0n && interest === 0n) return
  const row = emptyRow('afterwards', from, due)
  row.principal = principal
  row.interest = interest
  row.open = { ...row.open, principal, interest }
  state.extras.push(row)
}

function feeOf(event: string, due: PlainDate, amount: bigint): LoanCharge {
  return { event, component: 'fee', due, rowDue: due, amount, paid: 0n, receipts: [], adjusted: 0n }
}
