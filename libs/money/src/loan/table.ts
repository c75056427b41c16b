/**
 * Making the rows of a loan's table anew from some period on, and keeping charges and chargebacks with the rows that
 * they belong to.
 */
import type { PlainDate } from '../calendar.js'
import { instalmentFees } from '../schedule/charges.js'
import { planBasis, firstPlan } from '../schedule/make.js'
import { max, planRows, sum, type BalanceStep, type Plan, type PlannedRow, type RowStart } from '../schedule/rows.js'
import { emptyRow, type LoanCharge, type LoanRow, type LoanState, type Receipt } from './state.js'

const NOTHING: RowStart = { balance: 0n, size: 0n, credit: 0n, heldBack: 0n }

/** The table's instalments, without rows of other kinds. */
export function instalmentsOf(state: LoanState): LoanRow[] {
  return state.instalments.slice(0, state.instalmentCount)
}

/**
 * Makes the instalments from period `first` on anew. `resize`: equal instalments (or parts) follow from what is owed
 * then; otherwise those in force go on. What has been paid stays paid, and no row owes less.
 */
export function remakeTable(state: LoanState, first: number, resize: boolean): void {
  tryTable(state, first, resize)
  keepPaidInterest(state, first)
}

/** The same, but a row may owe less interest than was paid of it, as long as the payment is still being spread. */
export function tryTable(state: LoanState, first: number, resize: boolean): void {
  const { terms } = state
  for (let k = state.instalments.length; k < first; k++) setRow(state, k, nothingDue(state, k), false)
  const planned = terms.method === 'ownTable' ? signedRows(state) : planRows(planFrom(state, first, resize)).rows
  planned.forEach((row, k) => setRow(state, first + k, row))
  state.instalmentCount = first + planned.length
  for (const row of state.instalments.slice(state.instalmentCount)) clearRow(row)
  placeChargebacks(state)
  arrangeRows(state)
}

/** Interest that was paid stays owed, though less of it would have run. */
export function keepPaidInterest(state: LoanState, first: number): void {
  for (const row of state.instalments.slice(first)) {
    if (row.open.interest >= 0n) continue
    row.interest -= row.open.interest
    row.open.interest = 0n
  }
}

/** Puts the rows in order and every charge with the first instalment due on or after its own due date. */
export function arrangeRows(state: LoanState): void {
  const rows = instalmentsOf(state)
  const levied = state.charges.filter(({ event }) => event !== undefined)
  if (levied.length > 0) {
    for (const row of [...rows, ...state.extras]) row.charges = row.charges.filter(({ event }) => event === undefined)
    for (const charge of levied) {
      const row = rowFor(state, charge.due)
      charge.rowDue = row.due
      row.charges.push(charge)
    }
    for (const row of [...rows, ...state.extras]) openCharges(row)
  }
  if (state.extras.length > 0) state.extras = state.extras.filter(holdsSomething)
  state.rows =
    state.extras.length === 0
      ? rows
      : [...rows, ...state.extras].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
}

/** A row after the last instalment goes when its charges belong to an instalment again. */
function holdsSomething({ kind, principal, interest, charges, receipts }: LoanRow): boolean {
  return kind === 'downPayment' || principal > 0n || interest > 0n || charges.length > 0 || receipts.length > 0
}

/** The first instalment due on or after a day; if there is none, a row of its own. */
export function rowFor(state: LoanState, due: PlainDate): LoanRow {
  const inTable = instalmentsOf(state).find((row) => row.due >= due)
  if (inTable) return inTable
  const other = state.extras.find((row) => row.kind === 'afterwards' && row.due === due)
  if (other) return other
  const row = emptyRow('afterwards', instalmentsOf(state).at(-1)?.due ?? state.terms.startDate, due)
  state.extras.push(row)
  return row
}

/** What is unpaid of a row's fees and penalties follows from its charges. */
export function openCharges(row: LoanRow): void {
  row.open.fee = 0n
  row.open.penalty = 0n
  for (const charge of row.charges) row.open[charge.component] += charge.amount - charge.paid
}

/** The first period whose instalment is due on or after a day; −1 if all are due before. */
export function periodDueFrom(state: LoanState, date: PlainDate): number {
  return state.periods.findIndex(({ due }) => due >= date)
}

/** The first period that a disbursement on a day affects: one on a due date belongs to the next. */
export function periodOfDisbursement(state: LoanState, date: PlainDate): number {
  return state.periods.findIndex(({ due }) => due > date)
}

/** All that was paid out, less what was due of it at once. */
export function lentOut(state: LoanState): bigint {
  return sum(state.disbursements.map(({ amount, downPayment }) => amount - downPayment))
}

function planFrom(state: LoanState, first: number, resize: boolean): Plan {
  const { terms, periods } = state
  const from = periods[first]!.from
  const steps = state.disbursements
    .filter(({ apart }) => !apart)
    .map(({ date, amount, downPayment }) => ({ date, amount: amount - downPayment }))
  const before = first === 0 ? 0n : sum(steps.filter(({ date }) => date < from).map(({ amount }) => amount))
  const was = state.instalments[first]?.start ?? state.instalments[first - 1]?.start
  const recalculated = terms.recalculation !== undefined && terms.method !== 'flat'
  return {
    ...planBasis(terms),
    periods: periods.slice(first),
    time: state.time,
    start: {
      balance: before + movedChargebacks(state) - repaidBefore(state, first),
      size: sizeInForce(state, first, resize),
      credit: state.instalments[first]?.start?.credit ?? 0n,
      heldBack: was?.heldBack ?? 0n,
    },
    disbursements: steps
      .filter(({ date }) => first === 0 || date >= from)
      .map(({ date, amount }) => ({ date: date < from ? from : date, amount })),
    resizes: terms.fixedInstalment === undefined && !isSizedAsAgreed(state),
    flatBase: lentOut(state),
    paid: state.instalments.slice(first).map((row) => max(paidPrincipal(row) - row.chargedBack, 0n)),
    paidAhead: recalculated ? (terms.allocation?.inAdvance ?? 'next') : undefined,
    ...(state.agreed ? { principals: state.agreed.slice(first) } : {}),
    ...(recalculated ? { bearingSteps: bearingSteps(state, first) } : {}),
  }
}

function movedChargebacks(state: LoanState): bigint {
  return sum(state.chargebacks.map(({ amount, moved }) => (moved ? amount : 0n)))
}

/** Principal that fell due before a period by the table; what chargebacks reopened is no part of it. */
function repaidBefore(state: LoanState, first: number): bigint {
  return sum(state.instalments.slice(0, first).map(({ principal, chargedBack }) => principal - chargedBack))
}

/** Undefined: sized anew on what is owed. */
function sizeInForce(state: LoanState, first: number, resize: boolean): bigint | undefined {
  const { terms } = state
  if (terms.fixedInstalment !== undefined) return BigInt(terms.fixedInstalment)
  if (!resize) return (state.instalments[first] ?? state.instalments[first - 1])?.start?.size
  return isSizedAsAgreed(state) ? agreedSize(state) : undefined
}

function isSizedAsAgreed({ terms, restructured }: LoanState): boolean {
  return terms.instalmentSizedOn === 'agreedPrincipal' && !restructured
}

/** The instalment of the loan as if all of it had been paid out on the first day. */
function agreedSize(state: LoanState): bigint {
  return planRows(firstPlan(state.terms)).rows[0]!.size
}

/**
 * How the balance that bears interest differs, within a period, from the one on schedule. Principal (and, compounding,
 * interest) of earlier instalments unpaid when the period began bears interest until it was paid, at the latest until
 * the last payment, from when on it counts as repaid on schedule. Principal paid ahead bears none from its payment on.
 */
function bearingSteps(state: LoanState, first: number): BalanceStep[] {
  const { from } = state.periods[first]!
  const until = state.lastCounted
  const steps: BalanceStep[] = []
  const compounding = state.terms.recalculation?.compounding ?? false
  const counts = ({ component }: Receipt) => component === 'principal' || (compounding && component === 'interest')
  if (until !== undefined && until > from) {
    for (const row of state.instalments.slice(0, first)) {
      let overdue = row.principal + (compounding ? row.interest : 0n)
      const paid = row.receipts.filter(counts)
      for (const { counted, amount } of paid) if (counted <= from) overdue -= amount
      if (overdue <= 0n) continue
      steps.push({ date: from, amount: overdue })
      for (const { counted, amount } of paid) {
        if (counted <= from || counted >= until) continue
        steps.push({ date: counted, amount: -amount })
        overdue -= amount
      }
      steps.push({ date: until, amount: -overdue })
    }
  }
  for (const row of state.instalments.slice(first))
    for (const { component, counted, amount } of row.receipts)
      if (component === 'principal') steps.push({ date: counted > from ? counted : from, amount: -amount })
  for (const { date, amount, moved } of state.chargebacks) if (!moved && date > from) steps.push({ date, amount })
  return steps
}

function signedRows(state: LoanState): PlannedRow[] {
  return state.terms.table!.map(([due, principal, interest], k) => ({
    from: state.periods[k]!.from,
    due,
    principal: BigInt(principal),
    interest: BigInt(interest),
    ...NOTHING,
  }))
}

/** The row of a period that was over before anything was paid out, or after all of it was repaid: it bears no fees. */
function nothingDue(state: LoanState, index: number): PlannedRow {
  const { from, due } = state.periods[index]!
  return { from, due, principal: 0n, interest: 0n, ...NOTHING }
}

function setRow(state: LoanState, index: number, planned: PlannedRow, bearsFees = true): void {
  const row = (state.instalments[index] ??= emptyRow('instalment', planned.from, planned.due))
  const paid = { principal: paidPrincipal(row), interest: row.interest - row.open.interest }
  row.from = planned.from
  row.due = planned.due
  row.start = planned
  row.principal = planned.principal
  row.chargedBack = 0n
  row.interest = planned.interest
  row.open.principal = row.principal - paid.principal
  row.open.interest = row.interest - paid.interest
  if (bearsFees) setFees(state, index, row)
}

/** Fees that come with every instalment stand for as long as its row does. */
function setFees(state: LoanState, index: number, row: LoanRow): void {
  const { terms } = state
  const signed = terms.method === 'ownTable' ? BigInt(terms.table![index]![3]) : undefined
  const amount = signed ?? instalmentFees(terms.charges, row.principal + row.interest)
  const planned = row.charges.find(({ event }) => event === undefined)
  if (planned) planned.amount = max(amount, planned.paid)
  else if (amount > 0n) row.charges.unshift(plannedFee(row.due, amount))
  if (row.charges.length > 0) openCharges(row)
}

function plannedFee(due: PlainDate, amount: bigint): LoanCharge {
  return { component: 'fee', due, rowDue: due, amount, paid: 0n, receipts: [], adjusted: 0n }
}

function clearRow(row: LoanRow): void {
  row.principal = paidPrincipal(row)
  row.interest -= row.open.interest
  row.chargedBack = 0n
  row.open = { penalty: 0n, fee: 0n, interest: 0n, principal: 0n }
  row.charges = []
}

/** Principal that a chargeback reopened is owed with the first instalment due on or after its day. */
function placeChargebacks(state: LoanState): void {
  if (state.chargebacks.length === 0) return
  for (const row of [...instalmentsOf(state), ...state.extras]) {
    row.principal -= row.chargedBack
    row.open.principal -= row.chargedBack
    row.chargedBack = 0n
  }
  for (const { date, amount, moved } of state.chargebacks) {
    if (moved) continue
    const row = rowFor(state, date)
    row.principal += amount
    row.open.principal += amount
    row.chargedBack += amount
  }
}

export function paidPrincipal(row: LoanRow): bigint {
  return row.principal - row.open.principal
}
