/** How a loan ends before its table does: settled by one payment, or given back by a borrower who withdraws. */
import { sumParts, type Parts } from '../allocation.js'
import { startCharges } from '../schedule/charges.js'
import { max, sum } from '../schedule/rows.js'
import { isDate, type PlainDate } from '../calendar.js'
import { pay, type Paid } from './payment.js'
import { interestOwed, earlySettlementFee, settlementOf } from './settlement.js'
import { emptyRow, openOf, receiptsOf, type LoanCharge, type LoanRow, type LoanState } from './state.js'
import { arrangeRows, instalmentsOf, openCharges } from './table.js'

/**
 * Ends the table on a day if `amount` covers what settles the loan then: interest that would have run later, and fees of later
 * instalments, are no longer owed. False if it does not; then it is an ordinary payment.
 */
export function endBySettlement(state: LoanState, event: { id: string; date: PlainDate }, amount: bigint): boolean {
  const { id, date } = event
  if (state.ended || amount < sumParts(settlementOf({ state }, date))) return false
  const fee = earlySettlementFee({ state }, date)
  endRows(
    state,
    state.rows.filter(({ due, kind }) => due > date && kind !== 'downPayment'),
    date,
    date,
  )
  if (fee > 0n) state.charges.push(feeOf(id, date, fee))
  state.ended = { by: 'settlement', due: date }
  arrangeRows(state)
  return true
}

/**
 * Ends the table because the borrower withdraws: principal and interest to the day are due on `due`, nothing else. Fees and
 * penalties that were paid, or deducted from the money lent, count as paid on principal and interest. Returns them and
 * what they went to.
 */
export function endByCancellation(
  state: LoanState,
  on: PlainDate,
  due: PlainDate,
): { givenUp: Pick<Parts, 'fee' | 'penalty'> } & Paid {
  const lent = sum(state.disbursements.map(({ amount }) => amount))
  const deducted = lent > 0n ? startCharges(state.terms.charges, BigInt(state.terms.principal)).deducted : 0n
  const charges = [...new Set([...state.charges, ...state.rows.flatMap((row) => row.charges)])]
  const paidOf = (component: 'fee' | 'penalty') =>
    sum(charges.map((charge) => (charge.component === component ? max(charge.paid - charge.adjusted, 0n) : 0n)))
  const givenUp = { fee: deducted + paidOf('fee'), penalty: paidOf('penalty') }
  for (const charge of charges) Object.assign(charge, { amount: 0n, paid: 0n, receipts: [] })
  endRows(
    state,
    state.rows.filter(({ kind }) => kind !== 'downPayment'),
    on,
    due,
  )
  state.ended = { by: 'cancellation', due }
  arrangeRows(state)
  for (const row of state.rows) openCharges(row)
  return { givenUp, ...pay(state, givenUp.fee + givenUp.penalty, on) }
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

/** What has run or is open of these rows goes into one row due on `due`; what was paid of them stays. */
function endRows(state: LoanState, rows: readonly LoanRow[], on: PlainDate, due: PlainDate): void {
  const principal = sum(rows.map(({ open }) => open.principal))
  const interest = sum(rows.map((row) => interestOwed(row, on)))
  for (const row of rows) {
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
