/** Payments and credits: allocated to the table, and where the terms say so, the table made anew by what was paid. */
import { allocate, COMPONENTS, type AllocationRule, type Claim, type Component, type Parts } from '../allocation.js'
import type { PlainDate } from '../calendar.js'
import { min, sum } from '../schedule/rows.js'
import type { LoanCharge, LoanRow, LoanState } from './state.js'
import { keepPaidInterest, periodDueFrom, tryTable } from './table.js'

/** What a payment did. */
export interface Paid {
  parts: Parts
  left: bigint
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

/** Spreads a payment (minor units) over the table as of its day. */
export function pay(state: LoanState, amount: bigint, date: PlainDate): Paid {
  const { recalculation, method } = state.terms
  const current = recalculation && method !== 'flat' ? periodDueFrom(state, date) : -1
  if (current < 0 || current >= state.instalmentCount) return bookAll(state, amount, date, date, state.rows)
  return payRecalculating(state, amount, date, current)
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
    const claims = stays ? claimsAhead(state.rows, row, counted) : state.rows
    const paid = bookAll(state, amount, date, counted, claims, bookings, stays ? row : undefined)
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
 * The claims where money paid ahead stays with the current instalment: before its due date it may take all principal,
 * on it the principal of later ones is taken in its place. Interest of later instalments has not run and can't be paid.
 */
function claimsAhead(rows: readonly LoanRow[], current: LoanRow, date: PlainDate): Claim[] {
  const inAdvance = current.due > date
  const later = rows.filter((row) => row.kind === 'instalment' && row.due > current.due)
  const all = current.open.principal + sum(later.map(({ open }) => open.principal))
  return rows.map((row) => {
    if (row === current) return inAdvance ? { due: row.due, open: { ...row.open, principal: all } } : row
    if (!later.includes(row)) return row
    return { due: row.due, open: { ...row.open, interest: 0n, principal: inAdvance ? 0n : row.open.principal } }
  })
}

/** Allocates and books. `redirect`: the row that principal of later rows is booked to. */
function bookAll(
  state: LoanState,
  amount: bigint,
  date: PlainDate,
  counted: PlainDate,
  claims: readonly Claim[],
  bookings?: Booking[],
  redirect?: LoanRow,
): Paid {
  const { takes, total, left } = allocate(amount, counted, claims, ruleOf(state))
  for (const take of takes) {
    let row = state.rows[take.index]!
    if (redirect && take.component === 'principal' && row.due > redirect.due) row = redirect
    const booking: Booking = { row, component: take.component, amount: take.amount, charges: [] }
    book(state, booking, date, counted)
    bookings?.push(booking)
  }
  return { parts: total, left }
}

function book(
  state: LoanState,
  { row, component, amount, charges }: Booking,
  date: PlainDate,
  counted: PlainDate,
): void {
  row.open[component] -= amount
  if (component === 'principal') state.principalOutstanding -= amount
  if (component === 'principal' || component === 'interest') row.receipts.push({ date, counted, component, amount })
  else {
    // The charges of a row are paid in the order in which they were levied.
    let left = amount
    for (const charge of row.charges) {
      const taken = charge.component === component ? min(charge.amount - charge.paid, left) : 0n
      if (taken <= 0n) continue
      left -= taken
      charge.paid += taken
      charge.receipts.push({ date, counted, component, amount: taken })
      charges.push(charge)
    }
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
