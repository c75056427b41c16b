/**
 * One event applied to a loan's state: refused by name, or done. Reversals are not here: they fold anew without the
 * event (fold.ts).
 */
import { addParts, COMPONENTS, noParts, type Parts } from '../allocation.js'
import { isAmount } from '../amount.js'
import { isDate } from '../calendar.js'
import { divideRounded } from '../rounding.js'
import { downPayment } from '../schedule/make.js'
import { max, min, sum } from '../schedule/rows.js'
import type { EventRefusal, LoanEvent } from './events.js'
import { endByCancellation, endBySettlement, isDueDate, owedBack } from './ending.js'
import { pay } from './payment.js'
import { pauseInterest, reage, reamortise, reschedule } from './restructure.js'
import { emptyRow, type LoanState, type Movement } from './state.js'
import { arrangeRows, openCharges, periodDueFrom, periodOfDisbursement, remakeTable, rowFor } from './table.js'
import { checkBuyback, checkSale } from './title.js'

type Of<T extends LoanEvent['type']> = Extract<LoanEvent, { type: T }>

/** A loan that was written off is collected as it stands: nothing is added to it, and its table is changed no more. */
const NOT_AFTER_CHARGE_OFF: ReadonlySet<LoanEvent['type']> = new Set([
  ...(['charge', 'reschedule', 'reamortise', 'reage', 'interestPause'] as const),
])

/** A loan that ended early has no table left to change. */
const NOT_AFTER_END: ReadonlySet<LoanEvent['type']> = new Set([
  ...(['cancellation', 'reschedule', 'reamortise', 'reage', 'interestPause'] as const),
])

/** What was paid out after the last instalment is in no table that could be changed. */
const CHANGES_TABLE: ReadonlySet<LoanEvent['type']> = new Set([
  ...(['reschedule', 'reamortise', 'reage', 'interestPause'] as const),
])

/** Null if the event was applied; otherwise why not, and the state is as before. */
export function applyEvent(state: LoanState, event: LoanEvent): EventRefusal | null {
  if (!isDate(event.date)) return 'event_date_invalid'
  if (state.chargedOff && NOT_AFTER_CHARGE_OFF.has(event.type)) return 'loan_charged_off'
  if (state.ended && NOT_AFTER_END.has(event.type)) return 'loan_ended'
  if (state.isOver && CHANGES_TABLE.has(event.type)) return 'no_instalment_left'
  switch (event.type) {
    case 'disbursement':
      return disburse(state, event)
    case 'settlement':
    case 'repayment':
    case 'merchantRefund':
    case 'payoutRefund':
    case 'goodwillCredit':
      return credit(state, event)
    case 'charge':
      return levy(state, event)
    case 'chargeAdjustment':
      return adjustCharge(state, event)
    case 'chargeWaiver':
      return waiveCharge(state, event)
    case 'chargeback':
      return chargeBack(state, event)
    case 'reschedule':
      return needsMoney(state) ?? reschedule(state, event)
    case 'reamortise':
      return needsMoney(state) ?? moving(state, event, () => reamortise(state, event.date))
    case 'reage':
      return needsMoney(state) ?? moving(state, event, () => reage(state, event.date, event))
    case 'interestPause':
      return needsMoney(state) ?? pauseInterest(state, event)
    case 'cancellation':
      return cancel(state, event)
    case 'refund':
      return refund(state, event)
    case 'flag':
      state.flags.add(event.flag)
      return null
    case 'chargeOff':
      return chargeOff(state, event)
    case 'sale':
      return needsMoney(state) ?? checkSale(state, event)
    case 'buyback':
      return needsMoney(state) ?? checkBuyback(state, event)
    case 'reversal':
    case 'undoChargeOff':
      return 'event_not_reversible'
  }
}

function disburse(state: LoanState, event: Of<'disbursement'>): EventRefusal | null {
  const { terms } = state
  if (!isAmount(event.amount) || event.amount === 0) return 'amount_out_of_range'
  const amount = BigInt(event.amount)
  const before = sum(state.disbursements.map((each) => each.amount))
  if (before + amount > BigInt(terms.principal)) return 'disbursed_beyond_principal'
  if (terms.method === 'ownTable' && amount !== BigInt(terms.principal) && !state.ended)
    return 'own_table_disbursed_in_parts'
  const period = periodOfDisbursement(state, event.date)
  const isOver = state.ended !== undefined || state.chargedOff !== undefined || period < 0
  if (isOver && event.dueBack === undefined)
    return state.ended ? 'loan_ended' : state.chargedOff ? 'loan_charged_off' : 'disbursed_after_maturity'
  const share = state.ended?.by === 'cancellation' ? 0n : downPayment(terms, amount)
  const apart = isOver ? { apart: true as const } : {}
  state.disbursements.push({ event: event.id, date: event.date, amount, downPayment: share, ...apart })
  state.principalOutstanding += amount
  move(state, event, 'disbursement', amount, noParts())
  if (share > 0n) payDown(state, event, share)
  if (isOver) {
    state.isOver = true
    owedBack(state, event.date, event.dueBack!, amount - share)
    if (state.chargedOff) writeOffToo(state, event, amount - share)
  } else remakeTable(state, terms.method === 'ownTable' ? 0 : period, true)
  return null
}

/** A loan that was written off is so as a whole: what is paid out later is lost as well, and what comes of it recovered. */
function writeOffToo(state: LoanState, event: Of<'disbursement'>, principal: bigint): void {
  move(state, event, 'chargeOff', principal, { ...noParts(), principal })
}

/** A row of its own, due and paid on the day. */
function payDown(state: LoanState, event: Of<'disbursement'>, share: bigint): void {
  const row = emptyRow('downPayment', event.date, event.date)
  row.principal = share
  row.receipts.push({ date: event.date, counted: event.date, component: 'principal', amount: share })
  state.extras.push(row)
  state.principalOutstanding -= share
  move(state, event, 'downPayment', share, { ...noParts(), principal: share })
}

function credit(
  state: LoanState,
  event: Of<'repayment' | 'merchantRefund' | 'payoutRefund' | 'goodwillCredit' | 'settlement'>,
): EventRefusal | null {
  if (!isAmount(event.amount) || event.amount === 0) return 'amount_out_of_range'
  const refused = needsMoney(state)
  if (refused) return refused
  const amount = BigInt(event.amount)
  const settled = event.type === 'settlement' ? endBySettlement(state, event, amount) : null
  if (settled && settled.interest > 0n) {
    state.overpaid += settled.left
    move(state, event, 'interestCredit', settled.interest, settled.parts, settled.left)
  }
  const { parts, left } = pay(state, amount, event.date)
  state.overpaid += left
  state.payments.set(event.id, { amount, chargedBack: 0n })
  move(state, event, event.type, amount, parts, left)
  return null
}

function levy(state: LoanState, event: Of<'charge'>): EventRefusal | null {
  if (!isDate(event.due)) return 'event_date_invalid'
  if (state.ended?.by === 'cancellation') return 'loan_ended'
  const size = 'amount' in event ? event.amount : event.ppmOfPrincipalAndInterest
  if (!isAmount(size) || size === 0) return 'amount_out_of_range'
  const refused = needsMoney(state)
  if (refused) return refused
  const base = sum(state.rows.map(({ principal, interest }) => principal + interest))
  const amount = 'amount' in event ? BigInt(size) : divideRounded(base * BigInt(size), 1_000_000n, 'halfEven')
  const { id, component, due } = event
  const charge = { event: id, component, due, rowDue: due, amount, paid: 0n, receipts: [], adjusted: 0n }
  state.charges.push(charge)
  arrangeRows(state)
  return null
}

function adjustCharge(state: LoanState, event: Of<'chargeAdjustment'>): EventRefusal | null {
  if (!isAmount(event.amount) || event.amount === 0) return 'amount_out_of_range'
  const charge = state.charges.find((each) => each.event === event.of)
  if (!charge) return 'charge_unknown'
  const amount = BigInt(event.amount)
  if (charge.adjusted + amount > charge.amount) return 'charge_adjusted_beyond_amount'
  charge.adjusted += amount
  const { parts, left } = pay(state, amount, event.date)
  state.overpaid += left
  move(state, event, 'chargeAdjustment', amount, parts, left)
  return null
}

function waiveCharge(state: LoanState, event: Of<'chargeWaiver'>): EventRefusal | null {
  const charge = state.charges.find((each) => each.event === event.of)
  if (!charge) return 'charge_unknown'
  charge.amount = charge.paid
  openCharges(rowFor(state, charge.due))
  return null
}

function chargeBack(state: LoanState, event: Of<'chargeback'>): EventRefusal | null {
  if (!isAmount(event.amount) || event.amount === 0) return 'amount_out_of_range'
  const payment = state.payments.get(event.of)
  if (!payment) return 'payment_unknown'
  const amount = BigInt(event.amount)
  if (payment.chargedBack + amount > payment.amount) return 'charged_back_beyond_payment'
  payment.chargedBack += amount
  giveBack(state, event, amount)
  return null
}

function refund(state: LoanState, event: Of<'refund'>): EventRefusal | null {
  if (!isAmount(event.amount) || event.amount === 0) return 'amount_out_of_range'
  const refused = needsMoney(state)
  if (refused) return refused
  giveBack(state, event, BigInt(event.amount))
  return null
}

/** Money goes back to the borrower: overpaid money first, the rest is owed again. */
function giveBack(state: LoanState, event: Of<'chargeback' | 'refund'>, amount: bigint): void {
  const covered = min(state.overpaid, amount)
  const reopened = amount - covered
  state.overpaid -= covered
  state.principalOutstanding += reopened
  if (reopened > 0n) {
    state.chargebacks.push({ date: event.date, amount: reopened })
    const period = periodDueFrom(state, event.date)
    if (state.terms.recalculation && period >= 0 && !state.ended) remakeTable(state, period, false)
    else reopen(state, event.date, reopened)
  }
  move(state, event, event.type, amount, { ...noParts(), principal: reopened }, covered)
}

/** Null also before any money came: then nothing is owed. */
function cancel(state: LoanState, event: Of<'cancellation'>): EventRefusal | null {
  if (!isDueDate(event.due, event.date)) return 'event_date_invalid'
  const { givenUp, parts, left } = endByCancellation(state, event.date, event.due)
  const credited = givenUp.fee + givenUp.penalty + givenUp.interest
  state.overpaid += left
  if (credited === 0n) return null
  move(state, event, 'cancellation', credited, parts, left)
  state.movements.at(-1)!.givenUp = givenUp
  return null
}

function reopen(state: LoanState, date: string, amount: bigint): void {
  const row = rowFor(state, date)
  row.principal += amount
  row.open.principal += amount
  row.chargedBack += amount
  arrangeRows(state)
}

function chargeOff(state: LoanState, event: Of<'chargeOff'>): EventRefusal | null {
  if (state.chargedOff) return 'already_charged_off'
  const open = addParts(...state.rows.map((row) => row.open))
  const amount = COMPONENTS.reduce((all, component) => all + open[component], 0n)
  if (amount === 0n) return 'nothing_outstanding'
  move(state, event, 'chargeOff', amount, open)
  state.chargedOff = { on: event.date, event: event.id }
  return null
}

/** A change of the table that moves principal between its rows shows how much it moved. */
function moving(
  state: LoanState,
  event: Of<'reamortise' | 'reage'>,
  change: () => EventRefusal | null,
): EventRefusal | null {
  const due = (due: string) => event.type === 'reage' || due < event.date
  const moved = sum(state.rows.filter((row) => due(row.due)).map(({ open }) => max(open.principal, 0n)))
  const refused = change()
  if (!refused) move(state, event, event.type, moved, { ...noParts(), principal: moved })
  return refused
}

function needsMoney(state: LoanState): EventRefusal | null {
  return state.disbursements.length === 0 ? 'not_disbursed' : null
}

function move(
  state: LoanState,
  event: LoanEvent,
  type: Movement['type'],
  amount: bigint,
  parts: Parts,
  overpaid = 0n,
): void {
  state.movements.push({
    event: event.id,
    date: event.date,
    type,
    amount,
    parts,
    overpaid,
    balance: state.principalOutstanding,
    chargedOff: state.chargedOff !== undefined,
    fraud: state.flags.has('fraud'),
  })
}
