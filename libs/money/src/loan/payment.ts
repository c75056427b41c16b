/** Payments and credits: allocated to the table, and where the terms say so, the table made anew by what was paid. */
import {
  allocate,
  COMPONENTS,
  DUE_GROUPS,
  noParts,
  type AllocationRule,
  type AllocationStep,
  type Claim,
  type Component,
  type Parts,
} from '../allocation.js'
import type { PlainDate } from '../calendar.js'
import { max, min, sum } from '../schedule/rows.js'
import type { LoanCharge, LoanRow, LoanState } from './state.js'
import { keepPaidInterest, periodDueFrom, tryTable } from './table.js'

/** What a payment did. */
export interface Paid {
  parts: Parts
  left: bigint
}

/** What a payment can be allocated to: a row, or what is said here to be open of it. */
type Target = LoanRow | PartOfRow

interface PartOfRow extends Claim {
  row: LoanRow
  /** One charge of the row, that is due on another side of the payment's day. */
  charge?: LoanCharge
  /** The row that principal is booked to instead. */
  principalTo?: LoanRow
}

/** An amount booked to a row, with what is needed to take it back. */
interface Booking {
  row: LoanRow
  component: Component
  amount: bigint
  /** The charges that it paid, where it is a fee or a penalty. */
  charges: LoanCharge[]
}

/**
 * The rounds after which the interest of a recalculated instalment and what a payment takes of it agree; two are usual.
 */
const MOST_ROUNDS = 8

/** What interest that was paid ahead counts on at a settlement, of rows that are due or not. */
export const EARNED_COMPONENTS: readonly Component[] = ['interest', 'principal', 'fee', 'penalty']
const EARNED_ORDER = EARNED_COMPONENTS.flatMap((component) =>
  DUE_GROUPS.map((group): AllocationStep => `${group}.${component}`),
)

/** Spreads a payment (minor units) over the table as of its day. */
export function pay(state: LoanState, amount: bigint, date: PlainDate): Paid {
  const { recalculation, method } = state.terms
  const current = recalculation && method !== 'flat' && !state.ended ? periodDueFrom(state, date) : -1
  if (current < 0 || current >= state.instalmentCount)
    return bookAll(state, amount, date, date, targetsOf(state, date), [])
  return payRecalculating(state, amount, date, current)
}

/**
 * Spreads interest that was paid for time that does not come: over interest that has run, then principal, then charges.
 * The table has ended by then.
 */
export function payEarned(state: LoanState, interest: bigint, date: PlainDate): Paid {
  const rule: AllocationRule = { order: EARNED_ORDER, perInstalment: false }
  return bookAll(state, interest, date, date, state.rows, [], rule)
}

/** Instalments due before the payment stand; the others are made anew by what has been paid. */
function payRecalculating(state: LoanState, amount: bigint, date: PlainDate, current: number): Paid {
  const counted = state.terms.recalculation!.rest === 'instalment' ? state.periods[current]!.due : date
  const row = state.instalments[current]!
  state.lastCounted = counted
  const ahead = state.terms.allocation?.inAdvance ?? 'next'
  const stays = ahead !== 'next' && ahead !== 'last'
  let before: Paid | undefined
  for (let round = 1; ; round++) {
    const bookings: Booking[] = []
    const targets = targetsOf(state, counted)
    const paid = bookAll(
      state,
      amount,
      date,
      counted,
      stays ? keptAhead(state, targets, row, counted) : targets,
      bookings,
    )
    tryTable(state, current, false)
    if (round === MOST_ROUNDS || (before && sameParts(before.parts, paid.parts))) {
      keepPaidInterest(state, current)
      return paid
    }
    before = paid
    for (const booking of bookings.toReversed()) takeBack(state, booking)
  }
}

/**
 * Rows by due date. A charge is part of its row, unless the two are on different sides of the payment's day: a fee that
 * is due today is not paid in advance because its instalment would be.
 */
function targetsOf(state: LoanState, date: PlainDate): readonly Target[] {
  const isApart = ({ due, rowDue, paid, amount }: LoanCharge) =>
    due <= date && date <= rowDue && due < rowDue && paid < amount
  if (!state.charges.some(isApart)) return state.rows
  const targets = state.rows.flatMap((row): Target[] => {
    const apart = row.charges.filter(isApart)
    const open = { ...row.open }
    const charges = apart.map((charge): PartOfRow => {
      const left = charge.amount - charge.paid
      open[charge.component] -= left
      return { row, charge, due: charge.due, open: { ...noParts(), [charge.component]: left } }
    })
    return [...charges, { row, due: row.due, open }]
  })
  // A row outside of the table, as after a settlement, may be due between a charge and its row.
  return targets.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
}

/**
 * The targets where money paid ahead stays with the current instalment: before its due date it may take all principal,
 * on it the principal of later ones is booked to it, as far as it was lent by then: what was paid out on that day is of
 * later ones alone. Interest of later instalments has not run and can't be paid.
 */
function keptAhead(
  { disbursements }: LoanState,
  targets: readonly Target[],
  current: LoanRow,
  date: PlainDate,
): readonly Target[] {
  const inAdvance = current.due > date
  const isLater = (target: Target) =>
    chargeOf(target) === undefined && rowOf(target).kind === 'instalment' && rowOf(target).due > current.due
  const later = sum(targets.map((target) => (isLater(target) ? target.open.principal : 0n)))
  const lentSince = disbursements.filter(({ date: on, apart }) => on >= current.due && !apart)
  let room = later - sum(lentSince.map(({ amount, downPayment }) => amount - downPayment))
  return targets.flatMap((target): Target[] => {
    const { due, open } = target
    const row = rowOf(target)
    if (row === current && chargeOf(target) === undefined)
      return [inAdvance ? { row, due, open: { ...open, principal: current.open.principal + later } } : target]
    if (!isLater(target)) return [target]
    const kept = inAdvance ? 0n : max(min(open.principal, room), 0n)
    room -= kept
    const booked: Target = { row, principalTo: current, due, open: { ...open, interest: 0n, principal: kept } }
    const own = inAdvance ? 0n : open.principal - kept
    return own === 0n ? [booked] : [booked, { row, due, open: { ...noParts(), principal: own } }]
  })
}

function rowOf(target: Target): LoanRow {
  return 'row' in target ? target.row : target
}

function chargeOf(target: Target): LoanCharge | undefined {
  return 'row' in target ? target.charge : undefined
}

function bookAll(
  state: LoanState,
  amount: bigint,
  date: PlainDate,
  counted: PlainDate,
  targets: readonly Target[],
  bookings: Booking[],
  rule = ruleOf(state),
): Paid {
  const { takes, total, left } = allocate(amount, counted, targets, rule)
  for (const { index, component, amount: taken } of takes) {
    const target = targets[index]!
    const redirected = component === 'principal' && 'row' in target ? target.principalTo : undefined
    const booking: Booking = { row: redirected ?? rowOf(target), component, amount: taken, charges: [] }
    book(state, booking, date, counted, chargeOf(target))
    bookings.push(booking)
  }
  return { parts: total, left }
}

function book(state: LoanState, booking: Booking, date: PlainDate, counted: PlainDate, only?: LoanCharge): void {
  const { row, component, amount } = booking
  row.open[component] -= amount
  if (component === 'principal') state.principalOutstanding -= amount
  if (component === 'principal' || component === 'interest') {
    row.receipts.push({ date, counted, component, amount })
    return
  }
  // The charges of a row are paid in the order in which they were levied.
  let left = amount
  for (const charge of only ? [only] : row.charges) {
    const taken = charge.component === component ? min(charge.amount - charge.paid, left) : 0n
    if (taken <= 0n) continue
    left -= taken
    charge.paid += taken
    charge.receipts.push({ date, counted, component, amount: taken })
    booking.charges.push(charge)
  }
}

/** The last booking of its row, as if it had not been. */
function takeBack(state: LoanState, { row, component, amount, charges }: Booking): void {
  row.open[component] += amount
  if (component === 'principal') state.principalOutstanding += amount
  if (component === 'principal' || component === 'interest') row.receipts.pop()
  for (const charge of charges) charge.paid -= charge.receipts.pop()!.amount
}

function sameParts(a: Parts, b: Parts): boolean {
  return COMPONENTS.every((component) => a[component] === b[component])
}

function ruleOf({ terms: { allocation } }: LoanState): AllocationRule {
  const rule: AllocationRule = {}
  if (allocation?.order) rule.order = allocation.order
  if (allocation?.perInstalment !== undefined) rule.perInstalment = allocation.perInstalment
  if (allocation?.inAdvance === 'last') rule.inAdvance = 'last'
  return rule
}
